namespace TicketTriage.Understanding.Local;

/// <summary>Words that carry a mood. A weight of 1 is what "good" or "bad" carry; sums from 1 on count as a mood.</summary>
internal sealed record SentimentWords
{
    /// <summary>A weight of 0 silences a phrase: the "friendly" of "friendly regards" is no praise.</summary>
    public required IReadOnlyDictionary<string, double> Positive { get; init; }

    public required IReadOnlyDictionary<string, double> Negative { get; init; }

    /// <summary>Words that turn what follows within two words.</summary>
    public required IReadOnlyList<string> Negators { get; init; }

    /// <summary>Words that multiply what follows directly.</summary>
    public required IReadOnlyDictionary<string, double> Intensifiers { get; init; }
}
