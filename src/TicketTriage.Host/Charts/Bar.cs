namespace TicketTriage.Host.Charts;

/// <summary>A bar with its name.</summary>
/// <param name="Figure">The value as people read it.</param>
public sealed record Bar(string Name, double Value, string Figure)
{
    /// <summary>Where its name leads.</summary>
    public string? Path { get; init; }

    /// <summary><c>good</c>, <c>bad</c>, <c>busy</c>, or none.</summary>
    public string Tone { get; init; } = "";
}

/// <summary>A series of a line chart.</summary>
/// <param name="Values">As many as the chart has points; <see langword="null"/> where nothing is known.</param>
public sealed record Line(string Name, IReadOnlyList<double?> Values);
