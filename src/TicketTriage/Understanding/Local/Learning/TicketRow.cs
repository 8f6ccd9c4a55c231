namespace TicketTriage.Understanding.Local.Learning;

/// <summary>A past ticket as a file tells it.</summary>
/// <param name="Labels">The values of the labels that were asked for, in their order; <see langword="null"/> where it has none.</param>
public sealed record TicketRow(string Text, IReadOnlyList<string?> Labels);
