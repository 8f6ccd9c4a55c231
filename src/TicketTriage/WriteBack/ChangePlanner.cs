using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>Loads what <see cref="ChangePlan"/> needs, lets it decide, and adds the note.</summary>
public sealed class ChangePlanner(
    GroupList groups,
    WriteBackLedger ledger,
    FeedbackLinks feedback,
    TaxonomyInForce taxonomy,
    IOptions<WriteBackOptions> writeBack,
    IOptions<RoutingOptions> routing)
{
    /// <param name="restore">Puts the values back where the record has placeholders: the note stays within the helpdesk.</param>
    public async Task<HelpdeskChange> PlanAsync(
        IHelpdesk helpdesk,
        ClaimedTicket claim,
        HelpdeskTicket ticket,
        Triage triage,
        Func<string, string> restore,
        CancellationToken cancellationToken)
    {
        var known = await groups.OfAsync(helpdesk, cancellationToken);
        var options = writeBack.Value;
        var abilities = options.SetFields ? await helpdesk.FindAbilitiesAsync(cancellationToken) : new HelpdeskAbilities();
        var last = claim.ContentHash is null ? null : await ledger.FindLastAppliedAsync(claim.Id, cancellationToken);
        var skills = await FindSkillsAsync(helpdesk, ticket, triage, last, cancellationToken);
        var plan = ChangePlan.Make(
            ticket, triage, abilities, TriageNote.SummaryText(triage, restore), known, routing.Value, skills, last, options);
        var links = await feedback.CreateAsync(triage.Id, cancellationToken);
        return plan.Change with
        {
            PrivateNoteHtml = TriageNote.Write(
                triage, plan.Kept, restore, options.TeamLanguage, taxonomy.Current.Content, links, options.FoldNote),
            SummaryHtml = abilities.HasSummary ? TriageNote.SummaryHtml(triage, restore) : null,
        };
    }

    /// <summary>Asks only where there is a skill to give, or one of ours to take back.</summary>
    private async Task<IReadOnlyList<string>?> FindSkillsAsync(
        IHelpdesk helpdesk, HelpdeskTicket ticket, Triage triage, AppliedChange? last, CancellationToken cancellationToken) =>
        routing.Value.ModeOf(helpdesk.Name) == RoutingMode.Skills && (triage.Route.Skills.Count > 0 || last?.Skills is { Count: > 0 })
            ? await helpdesk.ListSkillsOfTicketAsync(ticket.Number, cancellationToken)
            : null;
}
