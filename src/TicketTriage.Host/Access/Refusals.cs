using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Access;

/// <summary>How those are answered who may not come in: a program with problem details (RFC 9457), a person with a page.</summary>
internal static class Refusals
{
    /// <summary>True where a person opens a page in a browser, who is better sent to the sign-in than told a status.</summary>
    public static bool IsForPerson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html")
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);

    public static Task WriteUnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: "Sign-in needed",
            detail: "Send a key of Access:ApiKeys as 'Authorization: Bearer <key>'.").ExecuteAsync(context);
    }

    /// <summary>A session ended while somebody was typing: a mere way to the sign-in would lose it.</summary>
    /// <param name="signIn">Where one signs in anew.</param>
    public static async Task KeepFormAsync(HttpContext context, string signIn = "/sign-in")
    {
        await new RazorComponentResult<EndedPage>(new
        {
            Path = context.Request.Path + context.Request.QueryString,
            SignIn = signIn,
            Form = await KeptForm.ReadAsync(context.Request, context.RequestAborted),
        })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        }.ExecuteAsync(context);
    }

    /// <summary>A page was asked for with the word of a proxy that doesn't hold any more: the proxy signs in anew, not we.</summary>
    public static Task WriteEndedAsync(HttpContext context) => FaultPages.PageOf(
        StatusCodes.Status401Unauthorized,
        "Reload this page to sign in anew. If it comes back, your account has no role here: tell whoever runs the service.")
        .ExecuteAsync(context);

    /// <summary>A form of a person is shown again: their role may be another than when they began to type.</summary>
    public static async Task WriteForbiddenAsync(HttpContext context)
    {
        if (!IsForPerson(context.Request))
        {
            await Results.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                title: "Not for this role",
                detail: $"The key '{context.User.Identity?.Name}' doesn't have the role that this asks for.").ExecuteAsync(context);
            return;
        }

        await new RazorComponentResult<RefusedPage>(new
        {
            Form = KeptForm.IsSent(context.Request) ? await KeptForm.ReadAsync(context.Request, context.RequestAborted) : null,
        })
        {
            StatusCode = StatusCodes.Status403Forbidden,
        }.ExecuteAsync(context);
    }
}
