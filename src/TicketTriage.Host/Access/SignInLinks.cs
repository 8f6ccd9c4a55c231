using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TicketTriage.Host.Access;

/// <summary>Links that sign in whoever opens them first. They, and the sign-ins that came of them, end with the process.</summary>
internal sealed class SignInLinks(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (string Role, DateTimeOffset Until)> open = new();
    private readonly string print = NewToken();

    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="lifetime">How long it waits for somebody to open it; ten minutes where nothing is said.</param>
    /// <returns>A path on this service.</returns>
    public string Create(string role, TimeSpan? lifetime = null)
    {
        if (!Roles.All.Contains(role))
        {
            throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role.");
        }

        var token = NewToken();
        open[token] = (role, clock.GetUtcNow() + (lifetime ?? Lifetime));
        return $"/sign-in/{token}";
    }

    /// <summary>Uses the link up.</summary>
    /// <returns><see langword="null"/> where it was never made, is used up, or too old.</returns>
    public KeyHolder? Take(string token) =>
        open.TryRemove(token, out var link) && clock.GetUtcNow() < link.Until ? new KeyHolder("one-time link", link.Role, print) : null;

    public bool Knows(KeyHolder holder) => holder.Print == print;

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
