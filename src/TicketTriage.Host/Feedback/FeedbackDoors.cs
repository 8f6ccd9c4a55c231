using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Feedback;

/// <summary>
/// <c>/feedback/{token}</c>: an agent says whether a note was useful. Looking changes nothing, since scanners follow links; the button does,
/// and once.
/// </summary>
internal static class FeedbackDoors
{
    public static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/{FeedbackLinks.Path}/{{token}}", ShowAsync).AllowAnonymous();
        // The token is the secret: whoever could have a browser send this form without a person's will would have to know it.
        routes.MapPost($"/{FeedbackLinks.Path}/{{token}}", GiveAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(
        string token, FeedbackLinks links, FeedbackLedger ledger, CancellationToken cancellationToken) =>
        await links.ReadAsync(token, cancellationToken) is var (triage, isUseful)
            ? Page(isUseful, await ledger.IsGivenAsync(triage, cancellationToken) ? FeedbackOutcome.GivenBefore : null)
            : Page(isUseful: false, FeedbackOutcome.UnknownNote);

    private static async Task<IResult> GiveAsync(
        string token, FeedbackLinks links, FeedbackLedger ledger, TimeProvider clock, CancellationToken cancellationToken) =>
        await links.ReadAsync(token, cancellationToken) is var (triage, isUseful)
            ? Page(isUseful, await ledger.GiveAsync(triage, isUseful, clock.GetUtcNow(), cancellationToken))
            : Page(isUseful: false, FeedbackOutcome.UnknownNote);

    private static RazorComponentResult<FeedbackPage> Page(bool isUseful, FeedbackOutcome? outcome) =>
        new(new { IsUseful = isUseful, Outcome = outcome })
        {
            StatusCode = outcome == FeedbackOutcome.UnknownNote ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
        };
}
