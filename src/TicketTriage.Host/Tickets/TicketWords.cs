using TicketTriage.WriteBack;

namespace TicketTriage.Host.Tickets;

/// <summary>How tickets' states look and are called.</summary>
internal static class TicketWords
{
    public static IReadOnlyList<string> States { get; } = ["received", "triaging", "written", "skipped", "parked"];

    /// <summary>What the filter for unclear and held tickets stands for in the address.</summary>
    public const string Person = "a person";

    public const string PathForPerson = "/tickets?needs=a%20person";

    public static IReadOnlyList<string> Priorities { get; } = ["urgent", "high", "normal", "low"];

    /// <summary>ISO 639-1: what most teams are written to in. Another may stand in the address all the same.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        ["de", "en", "fr", "es", "it", "nl", "pt", "pl", "cs", "da", "sv", "no", "fi", "hu", "ro", "tr", "uk", "unclear"];

    public static string ToneOf(string state) => state switch
    {
        "parked" => "bad",
        "written" => "good",
        "skipped" => "",
        _ => "busy",
    };

    public static string ToneOfPriority(string priority) => priority switch
    {
        "urgent" => "bad",
        "high" => "busy",
        _ => "",
    };

    /// <summary>What happened to a change, as a heading.</summary>
    public static string Happened(StoredWriteBack writeBack) => writeBack.State switch
    {
        "applied" => "Written to the helpdesk",
        "superseded" => "Given up for a newer decision",
        "refused" => "Refused by the helpdesk",
        _ => "Sent to the helpdesk",
    };

    public static string PathOf(string helpdesk, string number) =>
        $"/tickets/{Uri.EscapeDataString(helpdesk)}/{Uri.EscapeDataString(number)}";
}
