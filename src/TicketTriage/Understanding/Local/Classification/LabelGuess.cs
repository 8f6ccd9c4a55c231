namespace TicketTriage.Understanding.Local.Classification;

/// <summary>What a classifier says about a text.</summary>
/// <param name="Label">The best label, or <see langword="null"/> where nothing fits.</param>
/// <param name="Nearest">The best label, even where it doesn't fit.</param>
/// <param name="Confidence">The chance that <paramref name="Nearest"/> is right, given that one of the labels is, in (0, 1).</param>
public readonly record struct LabelGuess(string? Label, string Nearest, double Confidence);
