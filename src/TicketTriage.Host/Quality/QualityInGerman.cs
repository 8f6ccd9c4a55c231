namespace TicketTriage.Host.Quality;

/// <summary>Quality, the blind sample, reports.</summary>
internal static class QualityInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["as of"] = "Stand:",
        ["The last 90 days"] = "Die letzten 90 Tage",
        ["Blind sample of the week of {0}"] = "Blindprobe der Woche vom {0}",
        ["{0} of {1} judged"] = "{0} von {1} beurteilt",
        ["Tickets drawn by lot, judged before the decision is shown: the one fair measure. Corrections are made where somebody happened to look."] =
            "Ausgeloste Tickets, beurteilt, bevor die Entscheidung zu sehen ist: das eine gerechte Maß. Berichtigt wird nur, wo jemand hinsah.",
        ["Judge the next one"] = "Das nächste beurteilen",
        ["Calibration of intents"] = "Kalibrierung der Anliegen",
        ["Shows once some of a sample are judged."] = "Zeigt sich, sobald einige einer Probe beurteilt sind.",
        ["Right in the blind sample, by week"] = "Richtig in der Blindprobe, nach Woche",
        ["By intent: decisions that nobody corrected"] = "Nach Anliegen: Entscheidungen, die niemand berichtigt hat",
        ["What is taken for what"] = "Was wofür gehalten wird",
        ["Nobody has corrected anything yet."] = "Noch hat niemand etwas berichtigt.",
        ["Blind sample"] = "Blindprobe",
        ["Kept. Decided was: {0} ({1}), {2}."] = "Gespeichert. Entschieden war: {0} ({1}), {2}.",
        ["Nothing is left to judge. The next sample is drawn on Monday."] =
            "Nichts ist mehr zu beurteilen. Die nächste Probe wird am Montag gezogen.",
        ["What is it, before you know what was decided?"] = "Was ist es, bevor Sie wissen, was entschieden wurde?",
        ["That is it"] = "Das ist es",
        ["By what"] = "Wonach",
        ["{0} days ago"] = "vor {0} Tagen",
        ["Show"] = "Zeigen",
        ["Nothing was decided in this time."] = "In dieser Zeit wurde nichts entschieden.",
        ["Week"] = "Woche",
        ["Corrected"] = "Berichtigt",
        ["First reply"] = "Erste Antwort",
        ["Resolution"] = "Lösung",
        ["Escalated"] = "Eskaliert",
        ["Cost each"] = "Kosten je Ticket",
        ["Tokens each"] = "Token je Ticket",
        ["Reopened"] = "Wieder geöffnet",
        ["Transferred"] = "Weitergegeben",
        ["Targets kept"] = "Ziele gehalten",
        ["Levels missed"] = "Verfehlte Stufen",
        ["Whole days, by UTC. First reply and resolution are medians, to within a tenth, over tickets whose outcome import has read since. Reopened, transferred and targets are what the watch of service levels has seen: tickets opened again after they were solved, moved from one group to another by somebody else, and promises that were kept of those that are over or late. Escalated counts tickets, the levels are those that ended late. Cost is of understanding, drafting and searching, every attempt counted."] =
            "Ganze Tage, nach UTC. Erste Antwort und Lösung sind Mediane, auf ein Zehntel genau, über Tickets, deren Ausgang import seither "
            + "gelesen hat. Wieder geöffnet, weitergegeben und Ziele sind, was die Überwachung der Zusagen sah: Tickets, die nach der Lösung "
            + "wieder geöffnet wurden, die jemand von einer Gruppe in eine andere gab, und gehaltene Zusagen von denen, die vorbei oder schon zu "
            + "spät sind. Eskaliert zählt Tickets; verfehlte Stufen sind solche, die zu spät endeten. Kosten sind die für "
            + "Verstehen, Entwerfen und Suchen, jeder Versuch gezählt.",
        ["This ticket is not of the week's sample."] = "Dieses Ticket gehört nicht zur Stichprobe der Woche.",
        ["Choose an intent and a priority of the lists."] = "Wählen Sie ein Anliegen und eine Priorität aus den Listen.",
    };
}
