using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Forgetting;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Forgetting;

/// <summary><c>/erasure</c>: forgets one person, and shows the certificate this once.</summary>
internal static class ErasurePages
{
    private const int MostCharacters = 500;

    public static void MapErasurePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/erasure", (HelpdeskDirectory helpdesks) => Page(helpdesks, erased: null, refused: null))
            .RequireAuthorization(Roles.Admin);
        routes.MapPost("/erasure", EraseAsync).RequireAuthorization(Roles.Admin).AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> EraseAsync(
        HttpContext context, ErasureDesk desk, HelpdeskDirectory helpdesks, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var requester = form["requester"].ToString().Trim();
        var tickets = Split(form["tickets"].ToString());
        var words = form["words"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        context.Response.Headers.CacheControl = "no-store";
        if (requester.Length is 0 or > MostCharacters && tickets.Count == 0 && words.Length == 0)
        {
            return Page(helpdesks, erased: null, "Say whom to erase: by id, by address, by their tickets, or by words.");
        }

        if (form["sure"] != "yes")
        {
            return Page(helpdesks, erased: null, "Nothing was erased: say that you are sure.");
        }

        try
        {
            return Page(
                helpdesks,
                await desk.EraseAsync(
                    form["helpdesk"].ToString(), requester, tickets, words, context.User.Identity?.Name ?? "somebody", cancellationToken),
                refused: null);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException
            or HelpdeskRefusedException or HelpdeskAwayException)
        {
            return Page(helpdesks, erased: null, e.Message);
        }
    }

    private static IReadOnlyList<string> Split(string numbers) =>
        [.. numbers.Split((char[])[' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static RazorComponentResult<ErasurePage> Page(HelpdeskDirectory helpdesks, ErasureCertificate? erased, string? refused) =>
        new(new { Helpdesks = helpdesks.Names, Erased = erased, Refused = refused })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
