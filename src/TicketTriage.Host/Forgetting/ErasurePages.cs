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
        routes.MapGet("/erasure", (HelpdeskDirectory helpdesks) => Page(helpdesks, ErasureForm.Empty, erased: null, refused: null))
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
        var sent = new ErasureForm(form["helpdesk"].ToString(), form["requester"].ToString(), form["tickets"].ToString(), form["words"].ToString());
        context.Response.Headers.CacheControl = "no-store";
        if (requester.Length is 0 or > MostCharacters && tickets.Count == 0 && words.Length == 0)
        {
            return Page(helpdesks, sent, erased: null, "Say whom to erase: by id, by address, by their tickets, or by words.");
        }

        if (form["sure"] != "yes")
        {
            return Page(helpdesks, sent, erased: null, "Nothing was erased: say that you are sure.");
        }

        try
        {
            return Page(
                helpdesks,
                ErasureForm.Empty,
                await desk.EraseAsync(
                    form["helpdesk"].ToString(), requester, tickets, words, context.User.Identity?.Name ?? "somebody", cancellationToken),
                refused: null);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException
            or HelpdeskRefusedException or HelpdeskAwayException)
        {
            return Page(helpdesks, sent, erased: null, WithoutParameter(e));
        }
    }

    private static IReadOnlyList<string> Split(string numbers) =>
        [.. numbers.Split((char[])[' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    // The framework adds the parameter's name, which is nothing for people.
    private static string WithoutParameter(Exception e) =>
        e is ArgumentException { ParamName: { Length: > 0 } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    private static RazorComponentResult<ErasurePage> Page(
        HelpdeskDirectory helpdesks, ErasureForm sent, ErasureCertificate? erased, string? refused) =>
        new(new { Helpdesks = helpdesks.Names, Sent = sent, Erased = erased, Refused = refused })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}

/// <summary>Whom to erase, as it was typed.</summary>
public sealed record ErasureForm(string Helpdesk, string Requester, string Tickets, string Words)
{
    public static ErasureForm Empty { get; } = new("", "", "", "");
}
