using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>What there is to write a missing article from.</summary>
/// <param name="Answers">Of agents, to the very tickets; latest first.</param>
/// <param name="Passages">The nearest of the team's knowledge, which were not enough to answer from.</param>
public sealed record GapMaterial(IReadOnlyList<GivenAnswer> Answers, IReadOnlyList<Passage> Passages)
{
    public static GapMaterial None { get; } = new([], []);

    /// <summary>An answer that a model has phrased; empty where the owner begins it.</summary>
    public IReadOnlyList<PhrasedSentence> Phrased { get; init; } = [];

    /// <summary>Who phrased it, by the name that the server gives.</summary>
    public string Model { get; init; } = "";
}

/// <summary>What an agent wrote to a customer.</summary>
/// <param name="Text">Redacted.</param>
public sealed record GivenAnswer(TicketId Ticket, DateTimeOffset At, string Text);

/// <summary>A sentence of a phrased article.</summary>
/// <param name="Source">Counts the passages from 1.</param>
/// <param name="IsDoubtful">It stands in its source by facts alone: the owner compares the two.</param>
public sealed record PhrasedSentence(string Text, int Source, bool IsDoubtful);
