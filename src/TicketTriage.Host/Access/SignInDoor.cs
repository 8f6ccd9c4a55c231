using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Access;

/// <summary><c>/sign-in</c>: a key, or a one-time link, for a cookie.</summary>
internal static class SignInDoor
{
    /// <summary>Where a person wanted to go before being sent here.</summary>
    public const string ReturnTo = "return";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context) => Page(context.Request.Query[ReturnTo], isRefused: false)).AllowAnonymous();
        routes.MapGet("/sign-in/{token}", OpenLinkAsync).AllowAnonymous();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().AddEndpointFilter<FormGuard>();
        routes.MapPost("/sign-out", SignOut).AllowAnonymous().AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> SignInAsync(HttpContext context, KeyRing keys, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var returnTo = form[ReturnTo].ToString();
        return keys.Find(form["key"].ToString().Trim()) is { } holder
            ? await LetInAsync(context, holder, returnTo)
            : Page(returnTo, isRefused: true);
    }

    private static async Task<IResult> OpenLinkAsync(HttpContext context, string token, SignInLinks links) =>
        links.Take(token) is { } holder ? await LetInAsync(context, holder, returnTo: "/") : Page(returnTo: null, isRefused: true);

    private static IResult SignOut() =>
        Results.SignOut(new AuthenticationProperties { RedirectUri = "/sign-in" }, [CookieAuthenticationDefaults.AuthenticationScheme]);

    private static async Task<IResult> LetInAsync(HttpContext context, KeyHolder holder, string returnTo)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(scheme, holder.ToPrincipal(scheme));
        return Results.LocalRedirect(IsOurs(returnTo) ? returnTo : "/");
    }

    // "//elsewhere" and "/\elsewhere" are other sites to a browser.
    private static bool IsOurs(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\');

    private static RazorComponentResult<SignInPage> Page(string? returnTo, bool isRefused) =>
        new(new { ReturnTo = returnTo ?? "", IsRefused = isRefused })
        {
            StatusCode = isRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        };
}
