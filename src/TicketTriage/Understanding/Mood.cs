namespace TicketTriage.Understanding;

/// <summary>How strongly the customer feels, and where that is going.</summary>
/// <param name="Strength">From 0 for no feeling to 1 for the strongest, either way.</param>
/// <param name="Trend">One of <see cref="MoodTrends"/>; <see langword="null"/> where the customer wrote once.</param>
public sealed record Mood(double Strength, string? Trend);

/// <summary>Where a customer's mood goes from message to message.</summary>
public static class MoodTrends
{
    public const string Rising = "rising";
    public const string Steady = "steady";
    public const string Falling = "falling";
}

/// <summary>How strong a feeling is, in a word.</summary>
public static class MoodStrengths
{
    public const string Mild = "mild";
    public const string Clear = "clear";
    public const string Strong = "strong";

    /// <param name="strength">As in <see cref="Mood.Strength"/>.</param>
    /// <returns><see langword="null"/> where hardly a word carries a feeling.</returns>
    public static string? Of(double strength) => strength switch
    {
        < 0.2 => null,
        < 0.4 => Mild,
        < 0.7 => Clear,
        _ => Strong,
    };
}
