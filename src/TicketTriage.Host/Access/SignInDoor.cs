using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TicketTriage.Audits;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Access;

/// <summary><c>/sign-in</c>: a key, or a one-time link, for a cookie.</summary>
internal static class SignInDoor
{
    /// <summary>Where a person wanted to go before being sent here.</summary>
    public const string ReturnTo = "return";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context, IOptions<AccessOptions> options) =>
            Page(
                context.Request.Query[ReturnTo],
                context.Request.Query.ContainsKey("refused") ? Refusal.ByProvider : Refusal.None,
                options))
            .AllowAnonymous();
        routes.MapGet("/sign-in/openid", (HttpContext context, IOptions<AccessOptions> options) => options.Value.OpenIdConnect.IsUsed
            ? OpenIdSignIn.Begin(context.Request.Query[ReturnTo])
            : Results.LocalRedirect("/sign-in")).AllowAnonymous();
        routes.MapGet("/sign-in/{token}", OpenLinkAsync).AllowAnonymous().RequireRateLimiting(Paces.SignIn);
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().AddEndpointFilter<FormGuard>().RequireRateLimiting(Paces.SignIn);
        routes.MapPost("/sign-out", SignOut).AllowAnonymous().AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, KeyRing keys, StoredKeys stored, IOptions<AccessOptions> options, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var returnTo = form[ReturnTo].ToString();
        var key = form["key"].ToString().Trim();
        return (keys.Find(key) ?? await stored.FindAsync(key, cancellationToken)) is { } holder
            ? await LetInAsync(context, holder, returnTo)
            : Page(returnTo, Refusal.OfKey, options);
    }

    private static async Task<IResult> OpenLinkAsync(
        HttpContext context, string token, SignInLinks links, IOptions<AccessOptions> options) =>
        links.Take(token) is { } holder ? await LetInAsync(context, holder, returnTo: "/") : Page(returnTo: null, Refusal.OfKey, options);

    private static IResult SignOut() =>
        Results.SignOut(new AuthenticationProperties { RedirectUri = "/sign-in" }, [CookieAuthenticationDefaults.AuthenticationScheme]);

    private static async Task<IResult> LetInAsync(HttpContext context, KeyHolder holder, string returnTo)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await RecordAsync(context, holder, "key or link");
        await context.SignInAsync(scheme, holder.ToPrincipal(scheme));
        return Results.LocalRedirect(IsOurs(returnTo) ? returnTo : "/");
    }

    /// <summary>Writes a sign-in into the audit, where there is a database; whoever can't be written down isn't let in.</summary>
    internal static Task RecordAsync(HttpContext context, KeyHolder holder, string how) =>
        context.RequestServices.GetService<AuditLedger>() is { } audit
            ? audit.AddAsync(
                "", AuditActions.SignedIn, holder.Name, $"role {holder.Role}", $$"""{"how":"{{how}}"}""", context.RequestAborted)
            : Task.CompletedTask;

    // "//elsewhere" and "/\elsewhere" are other sites to a browser.
    internal static bool IsOurs(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\');

    private static RazorComponentResult<SignInPage> Page(string? returnTo, Refusal refusal, IOptions<AccessOptions> options) =>
        new(new { ReturnTo = returnTo ?? "", Refusal = refusal, HasProvider = options.Value.OpenIdConnect.IsUsed })
        {
            StatusCode = refusal == Refusal.OfKey ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        };
}

/// <summary>Why somebody stands before the door again.</summary>
public enum Refusal
{
    None = 0,
    OfKey,
    ByProvider,
}
