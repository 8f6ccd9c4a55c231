using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TicketTriage.Host.Access;

/// <summary>
/// Sign-in by OpenID Connect: the code flow with PKCE, by the framework's own handler, which validates the token. What comes of it is a
/// cookie like any other, for an hour: then the provider is asked again whether the person still has the role.
/// </summary>
internal static class OpenIdSignIn
{
    /// <summary>Where the provider sends people back to; to be registered there.</summary>
    public const string CallbackPath = "/sign-in/openid/callback";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static void Add(AuthenticationBuilder authentication, OpenIdConnectSettings settings) =>
        authentication.AddOpenIdConnect(options => Configure(options, settings));

    public static string PrintOf(OpenIdConnectSettings settings) => ClaimedRole.PrintOf(
    [
        settings.Authority?.ToString(),
        settings.ClientId,
        settings.RoleClaim,
        .. settings.Roles.OrderBy(role => role.Key).Select(role => $"{role.Key}={role.Value}"),
    ]);

    /// <summary>Begins the way to the provider.</summary>
    public static IResult Begin(string? returnTo) => Results.Challenge(
        new AuthenticationProperties { RedirectUri = returnTo is not null && SignInDoor.IsOurs(returnTo) ? returnTo : "/" },
        [OpenIdConnectDefaults.AuthenticationScheme]);

    private static void Configure(OpenIdConnectOptions options, OpenIdConnectSettings settings)
    {
        options.Authority = settings.Authority?.ToString();
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.RequireHttpsMetadata = settings.Authority?.IsLoopback != true;
        options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.CallbackPath = CallbackPath;
        options.Scope.Add("email");
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnTokenValidated = context => TakeAsync(context, settings);
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/sign-in?refused=provider");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task TakeAsync(TokenValidatedContext context, OpenIdConnectSettings settings)
    {
        var claims = context.Principal?.Claims ?? Enumerable.Empty<Claim>();
        if (ClaimedRole.Find(claims, settings.NameClaim, settings.RoleClaim, settings.Roles, PrintOf(settings)) is not { } holder)
        {
            context.Fail("The provider gives no role that opens anything here.");
            return;
        }

        await SignInDoor.RecordAsync(context.HttpContext, holder, "provider");
        context.Principal = holder.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        if (context.Properties is { } properties)
        {
            properties.ExpiresUtc = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + Lifetime;
            properties.AllowRefresh = false;
        }
    }
}
