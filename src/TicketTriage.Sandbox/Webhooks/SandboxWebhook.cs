namespace TicketTriage.Sandbox.Webhooks;

/// <summary>A webhook as an administrator sets it up.</summary>
/// <param name="Target">Where it posts to.</param>
/// <param name="Secret">The key that signs its bodies.</param>
public sealed record SandboxWebhook(Uri Target, string Secret = SandboxCredentials.WebhookSecret)
{
    public WebhookKind Kind { get; init; } = WebhookKind.EventSubscription;

    /// <summary>
    /// The event types it is subscribed to, such as <c>zen:event-type:ticket.created</c>; <see langword="null"/> for all. A trigger
    /// ignores it.
    /// </summary>
    public IReadOnlyList<string>? Subscriptions { get; init; }

    /// <summary>How long one answer may take. Default 12 seconds, the vendor's.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(12);
}

/// <summary>The two ways in which Zendesk reports changes; a webhook is one or the other.</summary>
public enum WebhookKind
{
    /// <summary>The vendor's fixed envelope, one for each thing that an edit changed.</summary>
    EventSubscription,

    /// <summary>A body that an administrator wrote, one for each edit: here the ids and the time, as texts.</summary>
    Trigger,
}

/// <summary>How well webhooks work.</summary>
public sealed record WebhookPlan
{
    /// <summary>False drops every event, as an open circuit breaker does; only the incremental export can find them then.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>The share of deliveries that are sent twice, in [0, 1].</summary>
    public double DoubledShare { get; init; }

    /// <summary>Holds each delivery back by a random time up to this, so that they overtake each other.</summary>
    public TimeSpan ShuffledWithin { get; init; }

    /// <summary>The pause before a delivery is repeated where the target named none. Default one second.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);
}
