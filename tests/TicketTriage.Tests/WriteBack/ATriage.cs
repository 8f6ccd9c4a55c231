using TicketTriage.Drafting;
using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.Routing;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Tests.WriteBack;

/// <summary>Decisions, and the changes that follow from them, for tests of what becomes of them.</summary>
internal static class ATriage
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static Triage Of(TicketId ticket) => new()
    {
        Id = Guid.CreateVersion7(At),
        Ticket = ticket,
        DecidedAt = At,
        Stamp = "stamp before",
        ContentHash = "content",
        Conversation = ATicket.Saying("Where is my order?"),
        Understanding = AnUnderstanding.Of("orders/late"),
        Priority = new PriorityChoice(TicketPriority.High, 1, []),
        Route = new Route("Orders", null, "orders", []),
        Draft = new ReplyDraft("Hello", "en", [], []),
        Versions = new Versions("1", "local", "1", null, "1", "1", "1"),
    };

    public static HelpdeskChange Change(Triage triage) => new()
    {
        Number = triage.Ticket.Number,
        TriageId = triage.Id,
        Stamp = triage.Stamp,
        Tags = ["triage_intent_orders_late"],
        Priority = TicketPriority.High,
        PrivateNoteHtml = "<p>A note.</p>",
    };
}
