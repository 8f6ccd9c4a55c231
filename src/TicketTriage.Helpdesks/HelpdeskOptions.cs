namespace TicketTriage.Helpdesks;

/// <summary>One helpdesk: the keys under <c>Helpdesks:&lt;name&gt;</c>.</summary>
public sealed record HelpdeskOptions
{
    /// <summary>The section that holds a child for each helpdesk.</summary>
    public const string Section = "Helpdesks";

    /// <summary>The vendor.</summary>
    public HelpdeskKind Kind { get; init; }

    /// <summary>
    /// The helpdesk's address, such as <c>https://acme.zendesk.com</c> or <c>https://acme.freshdesk.com</c>; plain http only for loopback.
    /// </summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>OAuth client credentials: the default way into Zendesk.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>With <see cref="ApiToken"/>: Zendesk's older way, which it ends on 30 April 2027.</summary>
    public string? Email { get; init; }

    /// <summary>Zendesk's, with <see cref="Email"/>; at Freshdesk the API key of an agent, and all that is needed.</summary>
    public string? ApiToken { get; init; }

    /// <summary>The secret that signs Zendesk's webhooks, and stands in a header of Freshdesk's.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>The secret before; it counts while a new one is being rolled out.</summary>
    public string? PreviousWebhookSecret { get; init; }

    /// <summary>How far a webhook's signed time may lie from now, either way. Default 15 minutes: a repeated delivery may carry its first time.</summary>
    public TimeSpan WebhookFreshness { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Zendesk: whether the Help Center's paths end in <c>.json</c>. Default true: some accounts answer 415 without it.</summary>
    public bool HelpCenterJsonSuffix { get; init; } = true;

    /// <summary>Longest wait for one answer of the helpdesk. Default 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls a minute at most, however many the plan allows; it may be shared with others. Unset: as many as it allows.</summary>
    public int? MostCallsPerMinute { get; init; }

    /// <summary>Of them, changes of tickets. Unset: as many as the helpdesk allows.</summary>
    public int? MostUpdatesPerMinute { get; init; }
}

/// <summary>The vendors whose dialect is spoken here.</summary>
public enum HelpdeskKind
{
    /// <summary>Not named in the configuration, which is refused at the start.</summary>
    Unnamed = 0,
    Zendesk,
    Freshdesk,
}
