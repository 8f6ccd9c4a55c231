using System.Collections.Frozen;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Helpdesks;

/// <summary>The connected helpdesks by their names in the configuration, upper and lower case told apart.</summary>
public sealed class HelpdeskDirectory
{
    private readonly FrozenDictionary<string, ConnectedHelpdesk> helpdesks;

    public HelpdeskDirectory(IEnumerable<ConnectedHelpdesk> helpdesks)
    {
        this.helpdesks = helpdesks.ToFrozenDictionary(connected => connected.Helpdesk.Name, StringComparer.Ordinal);
        Names = [.. this.helpdesks.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>In alphabetical order; empty where no helpdesk is configured.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="InvalidOperationException">No helpdesk of this name is configured.</exception>
    public IHelpdesk GetHelpdesk(string name) =>
        FindHelpdesk(name) ?? throw new InvalidOperationException($"No helpdesk of the name {name} is configured.");

    public IHelpdesk? FindHelpdesk(string name) => helpdesks.GetValueOrDefault(name)?.Helpdesk;

    /// <summary>The helpdesk for work that nobody waits for: its calls leave a part of the quota to the others.</summary>
    /// <exception cref="InvalidOperationException">No helpdesk of this name is configured.</exception>
    public IHelpdesk GetForBackground(string name) => helpdesks.GetValueOrDefault(name)?.Background ?? GetHelpdesk(name);

    /// <summary>
    /// Takes the calls that a ticket's way needs, before the first of them: a ticket that was read and may not be written is read again.
    /// </summary>
    /// <exception cref="HelpdeskAwayException">
    /// The quota is used up; <see cref="HelpdeskAwayException.RetryAfter"/> says when to come again.
    /// </exception>
    public Task<HelpdeskTurn> TakeTurnAsync(string name, CancellationToken cancellationToken) =>
        helpdesks.GetValueOrDefault(name)?.Turnstile?.TakeTurnAsync(cancellationToken) ?? Task.FromResult(HelpdeskTurn.Free);

    public IWebhookReader? FindWebhookReader(string name) => helpdesks.GetValueOrDefault(name)?.WebhookReader;

    /// <returns>All ways to a helpdesk, or <see langword="null"/> where none of this name is configured.</returns>
    public ConnectedHelpdesk? Find(string name) => helpdesks.GetValueOrDefault(name);
}

/// <summary>The ways to a helpdesk, and the one from it.</summary>
public sealed record ConnectedHelpdesk(IHelpdesk Helpdesk, IWebhookReader WebhookReader)
{
    /// <summary>The same helpdesk for work that nobody waits for; <see langword="null"/> where its calls aren't counted.</summary>
    public IHelpdesk? Background { get; init; }

    internal HelpdeskTurnstile? Turnstile { get; init; }

    public required IHelpdeskPeople People { get; init; }

    public required IHelpdeskServiceLevels ServiceLevels { get; init; }

    public required IHelpdeskKnowledge Knowledge { get; init; }

    public required IHelpdeskSetup Setup { get; init; }

    /// <summary>What was there before this service was.</summary>
    public required IHelpdeskHistory History { get; init; }
}
