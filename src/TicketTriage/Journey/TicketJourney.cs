using Microsoft.Extensions.Options;
using TicketTriage.Drafting;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Journey;

/// <summary>
/// The way of a ticket through the rooms, in order. Safe to begin again from the top at any point: what was sent is settled first,
/// and what is decided already is not decided twice.
/// </summary>
public sealed class TicketJourney(
    HelpdeskDirectory helpdesks,
    TicketReader reader,
    Understander understander,
    GroupList groups,
    HelpdeskWriter writer,
    WriteBackLedger ledger,
    TicketQueue queue,
    PolicyBook policies,
    IOptions<WriteBackOptions> writeBack,
    TimeProvider clock)
{
    /// <summary>How often somebody may be faster before the ticket is left alone for a moment.</summary>
    private const int MostConflicts = 3;

    public async Task RunAsync(ClaimedTicket claim, CancellationToken cancellationToken)
    {
        var helpdesk = helpdesks.Get(claim.Id.Helpdesk);
        if (claim.OpenTriage is { } open && await writer.SettleAsync(helpdesk, claim, open, cancellationToken))
        {
            return;
        }

        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var reading = await reader.ReadAsync(helpdesk, claim, cancellationToken);
            if (reading.Ticket is not { } ticket || reading.NothingToDo is not null)
            {
                await SkipAsync(claim, reading.Ticket?.Stamp, reading.NothingToDo, cancellationToken);
                return;
            }

            var clean = TicketCleaner.Clean(ticket, reading.Comments, claim.Id);
            if (clean.ContentHash == claim.ContentHash)
            {
                await SkipAsync(claim, ticket.Stamp, "The customer has said nothing new.", cancellationToken);
                return;
            }

            var (triage, restore) = await DecideAsync(ticket, clean, cancellationToken);
            var change = await PlanAsync(helpdesk, claim, ticket, triage, restore, cancellationToken);
            if (await writer.WriteAsync(helpdesk, claim, triage, change, claim.OpenTriage, cancellationToken))
            {
                return;
            }
        }

        throw new HelpdeskAwayException("The ticket is being changed by others just now.", retryAfter: null, mayHaveArrived: false);
    }
}
