namespace TicketTriage.Understanding.Local.Classification;

/// <summary>A text with the label that is right for it.</summary>
/// <param name="IsHint">
/// True for a word or phrase that speaks for the label but isn't what anybody writes: it is learnt, and never measured on.
/// </param>
internal readonly record struct LabelledText(string Text, string Label, bool IsHint = false);
