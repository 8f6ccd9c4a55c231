using TicketTriage.Drafting;
using TicketTriage.Models;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Triages;

/// <summary>The decision record: what was read, what was decided, why, and by which versions. Stored whole, changed never.</summary>
public sealed record Triage
{
    public required Guid Id { get; init; }

    public required TicketId Ticket { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The helpdesk's id of who asked, by which a person is found to be erased; <see langword="null"/> where it doesn't say.</summary>
    public string? RequesterId { get; init; }

    /// <summary>The helpdesk's version of the ticket that was read.</summary>
    public required string Stamp { get; init; }

    /// <summary>What the customer had said, as a hash.</summary>
    public required string ContentHash { get; init; }

    /// <summary>What was read, with personal data replaced by placeholders: deciding it again needs nothing else.</summary>
    public required CleanTicket Conversation { get; init; }

    public required TicketUnderstanding Understanding { get; init; }

    public required PriorityChoice Priority { get; init; }

    public required Route Route { get; init; }

    public required ReplyDraft Draft { get; init; }

    public required Versions Versions { get; init; }

    /// <summary>What models were sent for it; <see langword="null"/> where nobody wrote that down.</summary>
    public SentToModel? Sent { get; init; }
}

/// <summary>What made a decision.</summary>
/// <param name="Product">This software.</param>
/// <param name="Provider">Who understood the ticket: <c>local</c>, <c>azure-openai</c>, <c>openai</c>.</param>
/// <param name="Model">The model, as its provider names it.</param>
/// <param name="Prompt">The prompt's version; <see langword="null"/> where none was used.</param>
/// <param name="Taxonomy">Version of the policy document, such as <c>1</c>; the same goes for the next two.</param>
public sealed record Versions(
    string Product, string Provider, string Model, string? Prompt, string Taxonomy, string Priority, string Routing)
{
    /// <summary>Of the policy document by which working and due times were counted; <see langword="null"/> in older records.</summary>
    public string? ServiceLevels { get; init; }
}
