using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Escalations;
using TicketTriage.Host.Access;
using TicketTriage.Host.Api;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Escalations;

/// <summary>
/// <c>/acknowledge/{token}</c>: whoever has a message says that they have what it tells of. Looking changes nothing, since mail scanners
/// follow links; the button does. The other ways are in <see cref="EscalationApi"/>.
/// </summary>
internal static class EscalationDoors
{
    public static void MapEscalations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/{AcknowledgeLinks.Path}/{{token}}", ShowAsync).AllowAnonymous();
        // The token is the secret: whoever could have a browser send this form without a person's will would have to know it.
        routes.MapPost($"/{AcknowledgeLinks.Path}/{{token}}", TakeAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapGet("/api/escalations", EscalationApi.ListAsync).RequireAuthorization(Roles.Agent);
        routes.MapGet("/api/escalations/statistics", EscalationApi.CountAsync).RequireAuthorization(Roles.Lead);
        routes.MapPost("/api/escalations/replies", EscalationApi.ReplyAsync).RequireAuthorization(Roles.Agent);
        routes.MapPost("/api/escalations/{id:guid}/acknowledge", EscalationApi.AcknowledgeAsync).RequireAuthorization(Roles.Agent);
        routes.MapPost("/api/escalations/{id:guid}/outcome", EscalationApi.CorrectAsync).RequireAuthorization(Roles.Lead);
    }

    private static async Task<IResult> ShowAsync(
        string token, AcknowledgeLinks links, NoticeLedger notices, CancellationToken cancellationToken)
    {
        var lines = await links.ReadAsync(token, cancellationToken) is { } message
            ? await notices.FindLinesAsync(message, cancellationToken)
            : [];
        return Page(lines, taken: null);
    }

    private static async Task<IResult> TakeAsync(
        string token,
        HttpContext context,
        AcknowledgeLinks links,
        NoticeLedger notices,
        EscalationLedger escalations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await links.ReadAsync(token, cancellationToken) is not { } message
            || await notices.FindLinesAsync(message, cancellationToken) is not { Count: > 0 } lines)
        {
            return Page([], taken: null);
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        TicketId? only = form["number"].ToString() is { Length: > 0 } number ? new TicketId(form["helpdesk"].ToString(), number) : null;
        var by = await notices.FindRecipientAsync(message, cancellationToken) ?? "somebody";
        var taken = await escalations.AcknowledgeMessageAsync(
            message, only, AcknowledgedHow.Link, by, clock.GetUtcNow(), cancellationToken);
        return Page(lines, taken.Count);
    }

    private static RazorComponentResult<AcknowledgePage> Page(IReadOnlyList<MessageLine> lines, int? taken) =>
        new(new { Lines = lines, Taken = taken })
        {
            StatusCode = lines.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound,
        };
}
