using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Samples;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox;

/// <summary>How a sandbox helpdesk is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Whose dialect it speaks. Default Zendesk.</summary>
    public SandboxKind Kind { get; init; }

    /// <summary>Where it listens. Plain http on loopback; port 0 takes a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Zendesk's, as are the two that follow.</summary>
    public string ClientId { get; init; } = SandboxCredentials.ClientId;

    public string ClientSecret { get; init; } = SandboxCredentials.ClientSecret;

    public string Email { get; init; } = SandboxCredentials.Email;

    /// <summary>Goes with the e-mail address at Zendesk; Freshdesk's API key.</summary>
    public string ApiToken { get; init; } = SandboxCredentials.ApiToken;

    /// <summary>Where changes are reported; <see langword="null"/> until <see cref="SandboxHelpdesk.ConnectWebhook"/> names it.</summary>
    public SandboxWebhook? Webhook { get; init; }

    /// <summary>The groups' names, in the order of their ids.</summary>
    public IReadOnlyList<string> Groups { get; init; } = ["Support", "Billing", "Orders", "Reservations", "Technical", "Customer Care"];

    /// <summary>The names of groups whose tickets Freshdesk is said to give to agents by itself. The sandbox gives none.</summary>
    public IReadOnlyList<string> AssigningGroups { get; init; } = [];

    /// <summary>True to begin with every sample ticket already there.</summary>
    public bool WithSamples { get; init; }

    /// <summary>Lets the samples arrive one after the other from the start on; <see langword="null"/> for none.</summary>
    public SampleDrip? Drip { get; init; }

    /// <summary>The number of the first ticket. Default 1.</summary>
    public long FirstTicketNumber { get; init; } = 1;

    /// <summary>
    /// True to leave the newest minute out of the incremental export and to refuse a start in it, as the vendor does.
    /// Default false: whoever tests reconciliation would have to wait.
    /// </summary>
    public bool ExportLagsOneMinute { get; init; }

    public SandboxLimits Limits { get; init; } = new();

    /// <summary>admin or agent: what the user behind the API's credentials may do. Default admin.</summary>
    public string ServiceRole { get; init; } = "admin";

    /// <summary>True where the account tells who is available and how much each can take. Default false, as with most.</summary>
    public bool HasAvailability { get; init; }

    /// <summary>False where Zendesk refuses webhooks that subscribe to tickets, so that a trigger has to call them. Default true.</summary>
    public bool SubscribesToTickets { get; init; } = true;

    /// <summary>
    /// Signs what Zendesk's webhooks send that are made by the API; <see langword="null"/> for a secret of each one's own, the default.
    /// </summary>
    public string? SigningSecret { get; init; }

    /// <summary>True where Zendesk's help centre answers only paths that end in <c>.json</c>, and 415 to others. Default false.</summary>
    public bool HelpCenterNeedsSuffix { get; init; }

    /// <summary>By which of Zendesk's ways the account tells a ticket's service level. Default all.</summary>
    public SlaRoutes SlaRoutes { get; init; } = SlaRoutes.All;

    /// <summary>
    /// How long after a ticket's arrival, and after each change of its priority, Freshdesk still shows the times that were due before.
    /// Default none; accounts that were opened since August 2025 take some seconds.
    /// </summary>
    public TimeSpan DueTimesLateBy { get; init; }

    /// <summary>True to let edits within one second share a stamp, as they may in the field. Default false: each version has its own.</summary>
    public bool StampsMayRepeat { get; init; }

    /// <summary>The custom fields of tickets.</summary>
    public IReadOnlyList<NewField> Fields { get; init; } = [];

    /// <summary>Makes chance repeatable: faults that strike a share of calls, webhooks that are shuffled or doubled.</summary>
    public int Seed { get; init; } = 1;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>Whose dialect a sandbox speaks.</summary>
public enum SandboxKind
{
    Zendesk,
    Freshdesk,
}

/// <summary>Zendesk's ways to tell a ticket's service level. None is fully documented, and accounts differ.</summary>
[Flags]
public enum SlaRoutes
{
    None = 0,

    /// <summary><c>include=slas</c> on one ticket and on lists.</summary>
    Sideload = 1,

    /// <summary><c>/tickets/{id}/slas/policy_metrics</c>.</summary>
    PolicyMetrics = 2,

    /// <summary><c>/incremental/ticket_metric_events</c>, for administrators.</summary>
    MetricEvents = 4,
    All = Sideload | PolicyMetrics | MetricEvents,
}
