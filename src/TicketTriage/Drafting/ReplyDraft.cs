namespace TicketTriage.Drafting;

/// <summary>A reply for an agent to begin from. Never sent by itself.</summary>
/// <param name="Text">Plain text in <paramref name="Language"/>.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Citations">What each stated fact rests on; empty for a template, which states none.</param>
/// <param name="NextSteps">What the agent does next, in the team's language.</param>
public sealed record ReplyDraft(string Text, string Language, IReadOnlyList<string> Citations, IReadOnlyList<string> NextSteps);
