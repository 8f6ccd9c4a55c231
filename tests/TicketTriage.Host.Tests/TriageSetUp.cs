using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Tests;

/// <summary>How a <see cref="TriageUnderTest"/> differs from the usual one.</summary>
internal sealed record TriageSetUp
{
    public Role Role { get; init; } = Role.All;

    /// <summary>True to understand tickets by a <see cref="Testing.ScriptedModel"/>, which is asked once for each.</summary>
    public bool AsksModel { get; init; }

    public WebhookKind WebhookKind { get; init; } = WebhookKind.EventSubscription;

    /// <summary>True to be told of what <c>connect</c> subscribes to, and of nothing else. Default everything.</summary>
    public bool IsConnected { get; init; }

    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>The clock of service and sandbox alike. The database has its own, and tickets wait by that.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A database of the test's own; <see langword="null"/> for a new one on the shared server.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The last word over the usual configuration.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();
}
