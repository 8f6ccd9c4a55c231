namespace TicketTriage.Helpdesks.Webhooks;

/// <summary>What came of checking and reading a delivery.</summary>
public sealed record DeliveryVerdict
{
    private DeliveryVerdict() { }

    /// <summary>The delivery, when it is genuine and readable.</summary>
    public IncomingDelivery? Delivery { get; private init; }

    public DeliveryOutcome Outcome { get; private init; }

    /// <summary>Why not, for the log and the answer; never a secret, never customer text.</summary>
    public string? Reason { get; private init; }

    public static DeliveryVerdict Genuine(IncomingDelivery delivery) => new() { Outcome = DeliveryOutcome.Genuine, Delivery = delivery };

    public static DeliveryVerdict NotGenuine(string reason) => new() { Outcome = DeliveryOutcome.NotGenuine, Reason = reason };

    public static DeliveryVerdict Unreadable(string reason) => new() { Outcome = DeliveryOutcome.Unreadable, Reason = reason };

    /// <summary>Genuine, but about nothing that is triaged here, such as a user or an organisation.</summary>
    public static DeliveryVerdict OfNoConcern(string reason) => new() { Outcome = DeliveryOutcome.OfNoConcern, Reason = reason };
}

public enum DeliveryOutcome
{
    /// <summary>Signature missing, wrong, doubled or stale: answered with 401 and nothing more.</summary>
    NotGenuine = 0,
    Unreadable,
    OfNoConcern,
    Genuine,
}
