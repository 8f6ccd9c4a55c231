namespace TicketTriage.Helpdesks.Webhooks;

/// <summary>What a delivery says, once its signature was found good. A hint, never the truth: the ticket is read from the helpdesk.</summary>
/// <param name="Key">Names the delivery among all of its helpdesk; covered by the signature, so that a repeat can't pass for a new one.</param>
/// <param name="TicketNumber">The ticket it is about.</param>
/// <param name="EventType">The vendor's name of the event; <c>trigger</c> for a body that an administrator wrote.</param>
/// <param name="ActorId">Who caused it, where the body says so.</param>
public sealed record IncomingDelivery(string Key, string TicketNumber, string EventType, string? ActorId)
{
    /// <summary>
    /// True where the ticket's service level clocks have changed: that concerns the watch also where a change of this service was the cause.
    /// </summary>
    public bool TellsOfServiceLevels { get; init; }
}
