namespace TicketTriage.Host.Feedback;

/// <summary>The page behind the links of a note.</summary>
internal static class FeedbackInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Feedback"] = "Rückmeldung",
        ["It is not one of ours, or not complete. Open it from the note again."] =
            "Er ist keiner von uns oder nicht vollständig. Öffnen Sie ihn noch einmal aus der Notiz.",
        ["It is counted already"] = "Das ist schon gezählt",
        ["Somebody has said before what this note was worth, and that stands."] =
            "Jemand hat schon gesagt, was diese Notiz wert war, und dabei bleibt es.",
        ["Thank you"] = "Danke",
        ["The note counts as {0}."] = "Die Notiz zählt als {0}.",
        ["Was the note {0}?"] = "War die Notiz {0}?",
        ["Yes, it was {0}"] = "Ja, sie war {0}",
        ["useful"] = "nützlich",
        ["not useful"] = "nicht nützlich",
    };
}
