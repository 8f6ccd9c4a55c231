using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary>Reads the key of <c>Authorization: Bearer</c>.</summary>
internal sealed partial class ApiKeyHandler(
    KeyRing keys, StoredKeys stored, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var presented = header[Bearer.Length..].Trim();
        var holder = keys.Find(presented) ?? await stored.FindAsync(presented, Context.RequestAborted);
        if (holder is null)
        {
            UnknownKey(Logger, Request.Path);
            return AuthenticateResult.Fail("The key is not known.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(holder.ToPrincipal(SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.WriteUnauthorizedAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.WriteForbiddenAsync(Context);

    [LoggerMessage(LogLevel.Warning, "A request for {Path} showed a key that is not known.")]
    private static partial void UnknownKey(ILogger logger, string path);
}
