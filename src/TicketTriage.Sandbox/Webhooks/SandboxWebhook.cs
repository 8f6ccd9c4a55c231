using TicketTriage.Sandbox.Freshdesk;
using TicketTriage.Sandbox.Zendesk;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>A webhook as an administrator sets it up.</summary>
/// <param name="Target">Where it posts to.</param>
/// <param name="Secret">The key that signs its bodies at Zendesk; at Freshdesk the value of its header. Empty for neither.</param>
public sealed record SandboxWebhook(Uri Target, string Secret = SandboxCredentials.WebhookSecret)
{
    /// <summary>Default the usual of the vendor: an event subscription at Zendesk, ids in a free form at Freshdesk.</summary>
    public WebhookKind? Kind { get; init; }

    /// <summary>What it is told of. An event subscription is also told by its <see cref="Subscriptions"/>. Default everything.</summary>
    public WebhookOccasions Occasions { get; init; } = WebhookOccasions.All;

    /// <summary>The body of a <see cref="WebhookKind.Template"/>, with placeholders such as <c>{{ticket.id}}</c>.</summary>
    public string Template { get; init; } = "{}";

    /// <summary>Headers beside the vendor's own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The event types it is subscribed to, such as <c>zen:event-type:ticket.created</c>; <see langword="null"/> for all. A trigger
    /// ignores it.
    /// </summary>
    public IReadOnlyList<string>? Subscriptions { get; init; }

    /// <summary>What the account calls it where it was set up by the API; a later one of the same id takes its place.</summary>
    internal string? Id { get; init; }

    /// <summary>The conditions of the trigger that calls it; <see langword="null"/> for none.</summary>
    internal TriggerConditions? Conditions { get; init; }

    /// <summary>The events of the rule that calls it; <see langword="null"/> for a new ticket's, which has none.</summary>
    internal RuleEvents? Events { get; init; }

    /// <summary>How long one answer may take. Default 12 seconds, the vendor's.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(12);
}

/// <summary>The ways in which the vendors report changes; a webhook is one of them.</summary>
public enum WebhookKind
{
    /// <summary>Zendesk's fixed envelope, one for each thing that an edit changed.</summary>
    EventSubscription,

    /// <summary>A body that an administrator of Zendesk wrote, one for each edit: here the ids and the time, as texts.</summary>
    Trigger,

    /// <summary>Freshdesk's simple form: chosen fields in display words, below the name <c>freshdesk_webhook</c>.</summary>
    SimpleRule,

    /// <summary>Freshdesk's advanced form: a body that an administrator wrote, here ids and the event, as texts.</summary>
    AdvancedRule,

    /// <summary>As <see cref="AdvancedRule"/>, with the subject and an unquoted event put in: no JSON any more.</summary>
    BrokenRule,

    /// <summary>The webhook's own <see cref="SandboxWebhook.Template"/>.</summary>
    Template,
}

/// <summary>What a webhook is told of.</summary>
[Flags]
public enum WebhookOccasions
{
    None = 0,
    Creation = 1,
    CustomerUpdate = 2,

    /// <summary>Also what comes in by the API: its user is an agent.</summary>
    AgentUpdate = 4,
    All = Creation | CustomerUpdate | AgentUpdate,
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

    /// <summary>
    /// The pause before a delivery is repeated where the target named none; Freshdesk waits this long, then 6 and 12 times as long, for
    /// its 5, 30 and 60 minutes. Default one second.
    /// </summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);
}
