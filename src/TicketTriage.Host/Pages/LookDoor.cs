using TicketTriage.Host.Access;

namespace TicketTriage.Host.Pages;

/// <summary><c>POST /look</c>: the switches for language and colours.</summary>
internal static class LookDoor
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public static void MapLook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/look", ChangeAsync).AllowAnonymous().AddEndpointFilter<FormGuard>();

    private static async Task<IResult> ChangeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form["language"].ToString() is "de" or "en")
        {
            Keep(context, Look.LanguageCookie, form["language"].ToString());
        }

        switch (form["theme"].ToString())
        {
            case "light" or "dark":
                Keep(context, Look.ThemeCookie, form["theme"].ToString());
                break;
            case "browser":
                context.Response.Cookies.Delete(Look.ThemeCookie);
                break;
        }

        var back = form[SignInDoor.ReturnTo].ToString();
        return Results.LocalRedirect(SignInDoor.IsOurs(back) ? back : "/");
    }

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = Kept,
            IsEssential = true,
        });
}
