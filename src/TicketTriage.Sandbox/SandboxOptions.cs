using TicketTriage.Sandbox.Samples;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Sandbox;

/// <summary>How a sandbox helpdesk is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where it listens. Plain http on loopback; port 0 takes a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    public string ClientId { get; init; } = SandboxCredentials.ClientId;

    public string ClientSecret { get; init; } = SandboxCredentials.ClientSecret;

    public string Email { get; init; } = SandboxCredentials.Email;

    public string ApiToken { get; init; } = SandboxCredentials.ApiToken;

    /// <summary>Where changes are reported; <see langword="null"/> until <see cref="SandboxHelpdesk.ConnectWebhook"/> names it.</summary>
    public SandboxWebhook? Webhook { get; init; }

    /// <summary>The groups' names, in the order of their ids.</summary>
    public IReadOnlyList<string> Groups { get; init; } = ["Support", "Billing", "Orders", "Reservations", "Technical", "Customer Care"];

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

    /// <summary>
    /// Calls per minute and account before 429; the vendor's plans allow 200 to 2,500. Default 100,000, its ceiling against floods.
    /// </summary>
    public int CallsPerMinute { get; init; } = 100_000;

    /// <summary>Makes chance repeatable: faults that strike a share of calls, webhooks that are shuffled or doubled.</summary>
    public int Seed { get; init; } = 1;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
