using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>A question that the team's knowledge did not answer.</summary>
/// <param name="Subject">Redacted, as is <paramref name="Summary"/>.</param>
/// <param name="Language">ISO 639-1, or <see cref="Finding.Unclear"/>.</param>
public sealed record UnansweredQuestion(
    TicketId Ticket, DateTimeOffset AskedAt, string Language, string Intent, string Subject, string Summary)
{
    public string Text => $"{Subject}\n{Summary}";
}
