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

    /// <summary>True for a form that somebody has filled in; no request is longer than a page can hold.</summary>
    public static bool IsForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.ContentLength > 0;

    /// <summary>A session ended while somebody was typing: a mere way to the sign-in would lose it.</summary>
    public static async Task KeepFormAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await new RazorComponentResult<EndedPage>(new
        {
            Path = context.Request.Path + context.Request.QueryString,
            Fields = (IReadOnlyList<(string, string)>)[.. form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))],
        })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        }.ExecuteAsync(context);
    }

    public static Task WriteForbiddenAsync(HttpContext context) => IsForPerson(context.Request)
        ? new RazorComponentResult<RefusedPage> { StatusCode = StatusCodes.Status403Forbidden }.ExecuteAsync(context)
        : Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: "Not for this role",
            detail: $"The key '{context.User.Identity?.Name}' doesn't have the role that this asks for.").ExecuteAsync(context);
}
