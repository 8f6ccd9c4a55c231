using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Journey;

/// <summary>Reads a ticket as its helpdesk has it now. A webhook is only a hint; this is the truth.</summary>
public sealed class TicketReader(IOptions<JourneyOptions> options)
{
    public async Task<TicketReading> ReadAsync(IHelpdesk helpdesk, ClaimedTicket claim, CancellationToken cancellationToken)
    {
        var ticket = await helpdesk.FindTicketAsync(claim.Id.Number, cancellationToken);
        if (ticket is null)
        {
            return new TicketReading(null, [], "The helpdesk does not have this ticket (any more).");
        }

        if (WhyNothing(ticket, claim) is { } why)
        {
            return new TicketReading(ticket, [], why);
        }

        var comments = await helpdesk.ListCommentsAsync(claim.Id.Number, options.Value.MostComments, cancellationToken);
        return new TicketReading(ticket, comments, NothingToDo: null);
    }

    /// <summary>Decides by the ticket alone whether there is anything to do.</summary>
    internal static string? WhyNothing(HelpdeskTicket ticket, ClaimedTicket claim) => ticket switch
    {
        { Status: HelpdeskStatus.Closed } => "The ticket is closed.",
        { Status: HelpdeskStatus.Solved } => "The ticket is solved.",
        { Status: HelpdeskStatus.Deleted } => "The ticket was deleted.",
        { Status: HelpdeskStatus.Spam } => "The ticket was marked as spam.",
        _ when ticket.Stamp == claim.Stamp => "This version of the ticket is decided already.",
        _ => null,
    };
}

/// <summary>What was read from the helpdesk, or why there is nothing to do.</summary>
public sealed record TicketReading(HelpdeskTicket? Ticket, IReadOnlyList<HelpdeskComment> Comments, string? NothingToDo);
