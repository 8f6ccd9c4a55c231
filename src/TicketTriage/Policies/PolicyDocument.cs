namespace TicketTriage.Policies;

/// <summary>Something that team leads tune, as it stood at one moment.</summary>
/// <param name="Kind">What it is: <c>taxonomy</c>, <c>priority</c>.</param>
/// <param name="Version">Twelve hexadecimal digits that follow from the document's bytes: the same text has the same version.</param>
/// <param name="Json">The text itself, to be kept.</param>
public sealed record PolicyDocument<T>(string Kind, string Version, T Content, string Json);
