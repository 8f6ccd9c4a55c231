using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>Tickets whose concern is beyond doubt.</summary>
internal static class Mail
{
    public static NewTicket WrongInvoice { get; } = new()
    {
        Subject = "Rechnung RE-20417 ist falsch",
        Body =
            """
            Guten Tag,

            auf der Rechnung RE-20417 stehen zwei Lizenzen, wir haben aber nur eine bestellt. Bitte schicken Sie uns eine
            korrigierte Rechnung, unsere Buchhaltung kann diese so nicht buchen.

            Mit freundlichen Grüßen
            Anke Wolters
            """,
        RequesterName = "Anke Wolters",
        RequesterEmail = "anke.wolters@kunde.example",
    };

    public static NewTicket LateOrder { get; } = new()
    {
        Subject = "Where is my order?",
        Body =
            """
            Hello,

            I ordered two kitchen stools last week and the parcel has still not arrived. The tracking page shows nothing.
            When will my order be delivered?

            Kind regards
            Tom Hadley
            """,
        RequesterName = "Tom Hadley",
        RequesterEmail = "tom.hadley@customer.example",
    };
}
