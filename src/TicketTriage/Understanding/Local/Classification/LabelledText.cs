namespace TicketTriage.Understanding.Local.Classification;

/// <summary>A text with the label that is right for it.</summary>
/// <param name="Label"><see langword="null"/> for a text that no label fits.</param>
/// <param name="IsHint">
/// True for a word or phrase that speaks for the label but isn't what anybody writes: it is learnt, and never measured on.
/// </param>
internal readonly record struct LabelledText(string Text, string? Label, bool IsHint = false);
