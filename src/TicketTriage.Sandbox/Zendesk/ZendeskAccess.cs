using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Who may come in: OAuth client credentials, or the older e-mail address with API token.</summary>
internal sealed class ZendeskAccess(SandboxOptions options)
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(2);

    private readonly TimeProvider clock = options.TimeProvider;
    private readonly ConcurrentDictionary<string, Grant> grants = new();
    private readonly string basic =
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}/token:{options.ApiToken}"));

    public Pass Check(string? authorization)
    {
        if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) == true)
        {
            return authorization[6..].Trim() == basic ? Pass.ReadAndWrite : Pass.None;
        }

        if (authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) != true
            || !grants.TryGetValue(authorization[7..].Trim(), out var grant)
            || grant.EndsAt <= clock.GetUtcNow())
        {
            return Pass.None;
        }

        return grant.Pass;
    }

    public Answer GrantToken(ReadOnlyMemory<byte> body)
    {
        JsonElement asked;
        try
        {
            using var document = JsonDocument.Parse(body);
            asked = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ZendeskRefusal.OAuth(StatusCodes.Status400BadRequest, "invalid_request", "The body is not JSON.");
        }

        if (Read(asked, "grant_type") != "client_credentials")
        {
            return ZendeskRefusal.OAuth(StatusCodes.Status400BadRequest, "unsupported_grant_type", "Only client_credentials are granted.");
        }

        if (Read(asked, "client_id") != options.ClientId || Read(asked, "client_secret") != options.ClientSecret)
        {
            return ZendeskRefusal.OAuth(StatusCodes.Status401Unauthorized, "invalid_client", "Client id and secret don't belong together.");
        }

        TimeSpan? life = null;
        if (asked.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind != JsonValueKind.Null)
        {
            life = seconds.TryGetInt32(out var asked32) ? TimeSpan.FromSeconds(asked32) : TimeSpan.Zero;
            if (life <= ShortestLife || life >= LongestLife)
            {
                return ZendeskRefusal.OAuth(
                    StatusCodes.Status400BadRequest, "invalid_request", "expires_in lies between 300 and 172800 seconds, both excluded.");
            }
        }

        var scope = Read(asked, "scope") ?? "read";
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var pass = scope.Split(' ').Any(word => word is "write" or "tickets:write") ? Pass.ReadAndWrite : Pass.Read;
        grants[token] = new(pass, life is { } limited ? clock.GetUtcNow() + limited : DateTimeOffset.MaxValue);
        var granted = new TokenAnswer(token, "bearer", scope, (int?)life?.TotalSeconds);
        return Answer.Json(granted, ZendeskJson.Default.TokenAnswer, StatusCodes.Status201Created);
    }

    public void Withdraw() => grants.Clear();

    private static string? Read(JsonElement asked, string name) =>
        asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private sealed record Grant(Pass Pass, DateTimeOffset EndsAt);
}

/// <summary>How far a caller may go.</summary>
internal enum Pass
{
    None,
    Read,
    ReadAndWrite,
}
