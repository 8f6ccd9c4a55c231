using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Intake;

/// <summary>A delivery that was found genuine.</summary>
/// <param name="IsOwn">True where this service's own user caused it.</param>
public sealed record AcceptedDelivery(string Helpdesk, IncomingDelivery Delivery, bool IsOwn)
{
    /// <summary>The trace that it arrived in, as W3C's traceparent, so that the journey can be found from it; else <see langword="null"/>.</summary>
    public string? Trace { get; init; }
}
