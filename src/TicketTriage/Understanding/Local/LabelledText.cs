namespace TicketTriage.Understanding.Local;

/// <summary>A text with the label that is right for it.</summary>
internal readonly record struct LabelledText(string Text, string Label);
