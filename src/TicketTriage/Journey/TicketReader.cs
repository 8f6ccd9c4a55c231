using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Journey;

/// <summary>Reads a ticket as its helpdesk has it now. A webhook is only a hint; this is the truth.</summary>
public sealed class TicketReader(LoopGuard guard, IOptions<JourneyOptions> options)
{
    public async Task<TicketReading> ReadAsync(IHelpdesk helpdesk, ClaimedTicket claim, CancellationToken cancellationToken)
    {
        using var step = TicketSteps.Begin(TicketSteps.Read, claim.Id);
        var ticket = await helpdesk.FindTicketAsync(claim.Id.Number, cancellationToken);
        if (ticket is null)
        {
            return new TicketReading(null, [], "The helpdesk does not have this ticket (any more).");
        }

        if (WhyNothing(ticket) is { } why)
        {
            return new TicketReading(ticket, [], why);
        }

        if (guard.IsOwnVersion(claim, ticket))
        {
            return new TicketReading(ticket, [], "This version of the ticket is decided already.");
        }

        var comments = await ListCommentsAsync(helpdesk, claim.Id, cancellationToken);
        step.Succeed();
        return new TicketReading(ticket, comments, NothingToDo: null);
    }

    public Task<IReadOnlyList<HelpdeskComment>> ListCommentsAsync(IHelpdesk helpdesk, TicketId id, CancellationToken cancellationToken) =>
        helpdesk.ListCommentsAsync(id.Number, options.Value.MostComments, cancellationToken);

    /// <summary>Decides by the ticket alone whether there is anything to do.</summary>
    private static string? WhyNothing(HelpdeskTicket ticket) => ticket switch
    {
        { Status: HelpdeskStatus.Closed } => "The ticket is closed.",
        { Status: HelpdeskStatus.Solved } => "The ticket is solved.",
        { Status: HelpdeskStatus.Deleted } => "The ticket was deleted.",
        { Status: HelpdeskStatus.Spam } => "The ticket was marked as spam.",
        _ => null,
    };
}

/// <summary>What was read from the helpdesk, or why there is nothing to do.</summary>
public sealed record TicketReading(HelpdeskTicket? Ticket, IReadOnlyList<HelpdeskComment> Comments, string? NothingToDo)
{
    /// <summary>Nobody has to work on it any more.</summary>
    public bool HasEnded => Ticket is null || Ticket.Status.IsEnd();
}
