using System.Security.Claims;

namespace TicketTriage.Host.Access;

/// <summary>Somebody who has shown a key or a link.</summary>
/// <param name="Name">The key's name in the configuration.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Print">Tells the key from another of the same name, and doesn't give it away.</param>
internal sealed record KeyHolder(string Name, string Role, string Print)
{
    private const string PrintClaim = "print";

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, Name), new(ClaimTypes.Role, Role), new(PrintClaim, Print)], scheme));

    /// <returns><see langword="null"/> where the principal was not made here.</returns>
    public static KeyHolder? Find(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Name) is { } name
        && principal.FindFirstValue(ClaimTypes.Role) is { } role
        && principal.FindFirstValue(PrintClaim) is { } print
            ? new KeyHolder(name, role, print)
            : null;
}
