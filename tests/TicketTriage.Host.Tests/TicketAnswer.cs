namespace TicketTriage.Host.Tests;

/// <summary>What <c>GET /api/tickets/{helpdesk}/{id}</c> promises; reading it fails where a key is missing.</summary>
internal sealed record TicketAnswer(
    string State,
    string? Reason,
    DateTimeOffset? NextTryAt,
    TriageAnswer? Triage,
    VersionsAnswer? Versions,
    IReadOnlyList<DeliveryAnswer> Deliveries,
    IReadOnlyList<WriteBackAnswer> WriteBacks)
{
    /// <summary>The last triage of a ticket that has one.</summary>
    public TriageAnswer Decided => Triage ?? throw new InvalidOperationException($"The ticket is {State} and has no triage. {Reason}");
}

internal sealed record TriageAnswer(
    Guid Id,
    FindingAnswer Intent,
    FindingAnswer Priority,
    FindingAnswer Sentiment,
    FindingAnswer Language,
    FindingAnswer Product,
    string Summary,
    RouteAnswer Route,
    DraftAnswer Draft,
    string? StandsInBecause,
    string? Risk,
    MoodAnswer? Mood,
    IReadOnlyDictionary<string, string> Fields);

internal sealed record MoodAnswer(double Strength)
{
    public string? Trend { get; init; }
}

internal sealed record FindingAnswer(string Value, double Confidence, IReadOnlyList<string> Reasons);

internal sealed record RouteAnswer(string Group, IReadOnlyList<string> Reasons)
{
    public string? Agent { get; init; }
}

internal sealed record DraftAnswer(string Text, IReadOnlyList<CitationAnswer> Citations);

internal sealed record VersionsAnswer(string Product, string Provider, string Model, string Taxonomy, string Priority, string Routing)
{
    public string? Prompt { get; init; }
}

internal sealed record DeliveryAnswer(string Key, string Event, DateTimeOffset ReceivedAt);

internal sealed record WriteBackAnswer(
    Guid Triage, string State, DateTimeOffset SentAt, DateTimeOffset? EndedAt, string? Audit, string? Reason);

internal sealed record CitationAnswer(int Number, string Title, string? Address, string Text);
