using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Access;

internal static class AccessServices
{
    /// <summary>Picks the key in the header where a request has one, else the cookie.</summary>
    private const string KeyOrCookie = "KeyOrCookie";

    private static readonly TimeSpan SignInLifetime = TimeSpan.FromHours(12);

    /// <summary>Adds keys, sign-in and roles. What names no policy of its own is open to <see cref="Roles.Admin"/> only.</summary>
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<AccessOptions>()
            .BindConfiguration(AccessOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton(services =>
            new StoredKeys(services.GetService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<SignInLinks>();
        builder.Services.AddSingleton<FirstSignIn>();
        builder.Services.AddTrustedProxies();
        builder.AddFaultPages();
        builder.HideAddresses();
        builder.Services.AddSingleton<DistributedContextPropagator, CallersTrace>();
        SignInKeys.Add(builder);
        builder.Services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "TicketTriage.Form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        var settings = builder.Configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        var authentication = builder.Services.AddAuthentication(KeyOrCookie)
            .AddPolicyScheme(KeyOrCookie, displayName: null, choice => choice.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? ApiKeyHandler.SchemeName
                : settings.Proxy.Header is { Length: > 0 } header && context.Request.Headers.ContainsKey(header) ? ProxyHandler.SchemeName
                : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, ProxyHandler>(ProxyHandler.SchemeName, configureOptions: null)
            .AddCookie(cookie => Configure(cookie, settings.OpenIdConnect));
        if (settings.OpenIdConnect.IsUsed)
        {
            OpenIdSignIn.Add(authentication, settings.OpenIdConnect);
        }

        builder.Services.AddAuthorization(Configure);
        builder.Services.AddRateLimiter(Paces.Configure);
    }

    /// <summary>Puts the check before everything that is mapped, and maps the sign-in.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SafeHeaders>();
        app.UseFaultPages();
        app.UsePageFiles();
        // Said here, it comes after the files: else what is mapped below for every path would hide them.
        app.UseRouting();
        app.UseAuthentication();
        // Between the two: how much a form may hold depends on who sends it, and whoever has to sign in anew sends one too.
        app.UseMiddleware<FormSizes>();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapSignIn();
        app.MapLook();

        // What leads nowhere is nobody's secret. Without this the rule for what names no policy would ask for a key first.
        app.MapFallback("/{**path}", () => Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: "Nothing is here."))
            .AllowAnonymous();
    }

    private static void Configure(CookieAuthenticationOptions cookie, OpenIdConnectSettings openId)
    {
        cookie.Cookie.Name = "TicketTriage";
        cookie.Cookie.HttpOnly = true;
        // Whoever comes back from a provider comes from another site, and would be sent there again without the cookie.
        cookie.Cookie.SameSite = openId.IsUsed ? SameSiteMode.Lax : SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = SignInLifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.LogoutPath = "/sign-out";
        cookie.ReturnUrlParameter = SignInDoor.ReturnTo;
        cookie.Events.OnValidatePrincipal = RefuseWithdrawnAsync;
        cookie.Events.OnRedirectToAccessDenied = context => Refusals.WriteForbiddenAsync(context.HttpContext);
        var redirect = cookie.Events.OnRedirectToLogin;
        cookie.Events.OnRedirectToLogin = context =>
            !Refusals.IsForPerson(context.Request) ? Refusals.WriteUnauthorizedAsync(context.HttpContext)
            : KeptForm.IsSent(context.Request) ? Refusals.KeepFormAsync(context.HttpContext)
            : redirect(context);
    }

    /// <summary>A cookie is as good as the key that it was given for.</summary>
    private static async Task RefuseWithdrawnAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var holder = context.Principal is { } principal ? KeyHolder.Find(principal) : null;
        if (holder is null
            || !(services.GetRequiredService<KeyRing>().Knows(holder)
                || services.GetRequiredService<SignInLinks>().Knows(holder)
                || IsOfProvider(holder, services.GetRequiredService<IOptions<AccessOptions>>().Value.OpenIdConnect)
                || await services.GetRequiredService<StoredKeys>().KnowsAsync(holder, context.HttpContext.RequestAborted)))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }

    private static bool IsOfProvider(KeyHolder holder, OpenIdConnectSettings settings) =>
        settings.IsUsed && holder.Print == OpenIdSignIn.PrintOf(settings);

    private static void Configure(AuthorizationOptions authorization)
    {
        foreach (var role in (string[])[.. Roles.All, Roles.Anyone, Roles.Auditor])
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(Roles.ThatOpen(role)));
        }

        authorization.FallbackPolicy = authorization.GetPolicy(Roles.Admin);
        authorization.DefaultPolicy = authorization.FallbackPolicy ?? authorization.DefaultPolicy;
    }
}
