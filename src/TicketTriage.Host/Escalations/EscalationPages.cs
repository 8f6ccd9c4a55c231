using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Escalations;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Escalations;

/// <summary>
/// <c>/escalations</c>: what nobody has taken, what is in hands, and what became of the rest. Taking one is also on the page of the day and
/// on the ticket's own; both forms lead back to the page that they were on.
/// </summary>
internal static class EscalationPages
{
    private const string Path = "/escalations";
    private const int MostInList = 80;

    public static void MapEscalationPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequireAuthorization(Roles.Agent);
        routes.MapPost($"{Path}/{{id:guid}}/acknowledge", TakeAsync).RequireAuthorization(Roles.Agent).AddEndpointFilter<FormGuard>();
        routes.MapPost($"{Path}/{{id:guid}}/outcome", CorrectAsync).RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> ShowAsync(EscalationRecords records, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await records.ListAsync(onlyOpen: false, ticket: null, MostInList, cancellationToken);
        return new RazorComponentResult<EscalationsPage>(new { Escalations = found, Now = clock.GetUtcNow() });
    }

    private static async Task<IResult> TakeAsync(
        Guid id, HttpContext context, EscalationLedger escalations, TimeProvider clock, Words words, CancellationToken cancellationToken)
    {
        var back = await ReadBackAsync(context, cancellationToken);
        return await escalations.AcknowledgeAsync(
            id, AcknowledgedHow.Command, context.User.Identity?.Name ?? "somebody", clock.GetUtcNow(), cancellationToken)
            ? Results.LocalRedirect(back)
            : Message(
                words["Somebody was faster"],
                words["It is taken, raised to another level, or over. The page shows how it stands now."],
                back);
    }

    private static async Task<IResult> CorrectAsync(
        Guid id, HttpContext context, EscalationLedger escalations, Words words, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var back = await ReadBackAsync(context, cancellationToken);
        if (!Enum.TryParse<EscalationOutcome>(form["outcome"], ignoreCase: true, out var outcome) || !Enum.IsDefined(outcome))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: words["Choose one of the outcomes of the list."]);
        }

        bool? lowerLevelCould = bool.TryParse(form["lowerLevelCould"], out var could) ? could : null;
        return await escalations.CorrectAsync(id, outcome, lowerLevelCould, context.User.Identity?.Name ?? "somebody", cancellationToken)
            ? Results.LocalRedirect(back)
            : Message(words["It is not over yet"], words["What it was good for can be said once what caused it is over."], back);
    }

    private static async Task<string> ReadBackAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var back = (await context.Request.ReadFormAsync(cancellationToken))[SignInDoor.ReturnTo].ToString();
        return SignInDoor.IsOurs(back) ? back : Path;
    }

    private static RazorComponentResult<MessagePage> Message(string title, string message, string back) =>
        new(new { Title = title, Message = message, Tone = "busy", Here = Path, Back = back })
        {
            StatusCode = StatusCodes.Status409Conflict,
        };
}
