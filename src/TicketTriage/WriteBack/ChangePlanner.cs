using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>Loads what <see cref="ChangePlan"/> needs, lets it decide, and adds the note.</summary>
public sealed class ChangePlanner(
    GroupList groups, WriteBackLedger ledger, IOptions<WriteBackOptions> writeBack, IOptions<RoutingOptions> routing)
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
        var last = claim.ContentHash is null ? null : await ledger.FindLastAppliedAsync(claim.Id, cancellationToken);
        var plan = ChangePlan.Make(ticket, triage, known, routing.Value, last, writeBack.Value);
        var note = TriageNote.Write(triage, plan.Kept, restore, writeBack.Value.TeamLanguage);
        return plan.Change with { PrivateNoteHtml = note };
    }
}
