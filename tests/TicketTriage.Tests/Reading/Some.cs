using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Reading;

internal static class Some
{
    private static readonly DateTimeOffset Morning = new(2026, 2, 3, 9, 0, 0, TimeSpan.Zero);

    public static HelpdeskComment Message(
        string text, string? html = null, int minute = 1, bool isFromCustomer = true, bool isPublic = true) => new()
        {
            Id = $"c{minute}",
            Text = text,
            Html = html,
            IsFromCustomer = isFromCustomer,
            IsPublic = isPublic,
            CreatedAt = Morning.AddMinutes(minute),
        };

    public static CleanTicket Clean(IReadOnlyList<HelpdeskComment> comments, string subject = "Frage") =>
        TicketCleaner.Clean(new HelpdeskTicket { Number = "7", Subject = subject, Stamp = "1" }, comments, new TicketId("acme", "7"));

    public static string CleanText(string text, string subject = "Frage") => Clean([Message(text)], subject).Messages[0].Text;

    public static string CleanHtml(string html) => Clean([Message("", html)]).Messages[0].Text;
}
