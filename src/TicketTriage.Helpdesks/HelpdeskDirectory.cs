using System.Collections.Frozen;
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

    public IWebhookReader? FindWebhookReader(string name) => helpdesks.GetValueOrDefault(name)?.WebhookReader;

    /// <returns>All ways to a helpdesk, or <see langword="null"/> where none of this name is configured.</returns>
    public ConnectedHelpdesk? Find(string name) => helpdesks.GetValueOrDefault(name);
}

/// <summary>The ways to a helpdesk, and the one from it.</summary>
public sealed record ConnectedHelpdesk(IHelpdesk Helpdesk, IWebhookReader WebhookReader)
{
    public IHelpdeskPeople? People { get; init; }

    public IHelpdeskServiceLevels? ServiceLevels { get; init; }

    public IHelpdeskKnowledge? Knowledge { get; init; }

    public IHelpdeskSetup? Setup { get; init; }
}
