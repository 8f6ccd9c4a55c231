using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TicketTriage.Host.Access;

/// <summary>Believes a reverse proxy that signs what it says. Each request is looked at anew: a role ends with the proxy's word.</summary>
internal sealed class ProxyHandler(
    IOptions<AccessOptions> access, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Proxy";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var settings = access.Value.Proxy;
        if (settings.Header is not { Length: > 0 } header || Request.Headers[header].ToString() is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        var validated = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(settings.Secret ?? "")),
            ValidateIssuer = false,
            ValidAudience = settings.Audience,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
        });
        if (!validated.IsValid)
        {
            return AuthenticateResult.Fail("The proxy's token is not valid.");
        }

        var claims = validated.ClaimsIdentity.Claims;
        var holder = ClaimedRole.Find(claims, settings.NameClaim, settings.RoleClaim, settings.Roles, print: "proxy");
        return holder is null
            ? AuthenticateResult.Fail("The proxy's token gives no role that opens anything here.")
            : AuthenticateResult.Success(new AuthenticationTicket(holder.ToPrincipal(SchemeName), SchemeName));
    }

    /// <summary>A token was sent and does not hold: mostly it has expired while its owner was typing.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        !Refusals.IsForPerson(Request) ? Refusals.WriteUnauthorizedAsync(Context)
        : KeptForm.IsSent(Request) ? Refusals.KeepFormAsync(Context, signIn: "/")
        : Refusals.WriteEndedAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.WriteForbiddenAsync(Context);
}
