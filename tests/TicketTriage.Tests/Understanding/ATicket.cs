using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Understanding;

/// <summary>Cleaned tickets for tests that care about what a customer wrote.</summary>
internal static class ATicket
{
    public static CleanTicket Saying(string text, string subject = "", string language = "en") => new()
    {
        Id = new TicketId("acme", "35"),
        Subject = subject,
        Messages = [FromCustomer(text)],
        Language = new Finding(language, 0.99, []),
        ContentHash = "0",
    };

    public static CleanMessage FromCustomer(string text) => new(true, true, text, DateTimeOffset.UnixEpoch, []);

    public static CleanMessage FromAgent(string text) => new(false, true, text, DateTimeOffset.UnixEpoch, []);
}
