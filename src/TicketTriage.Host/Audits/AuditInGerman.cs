namespace TicketTriage.Host.Audits;

/// <summary>The page of the audit.</summary>
internal static class AuditInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Who changed what, and what was decided by itself. Nothing here is ever changed or removed; each line is chained to the one before it."] =
            "Wer was geändert hat und was von selbst entschieden wurde. Nichts davon wird je geändert oder entfernt; jede Zeile hängt an der davor.",
        ["Check the chains"] = "Ketten prüfen",
        ["{0} lines in {1} chains are as they were written."] = "{0} Zeilen in {1} Ketten sind, wie sie geschrieben wurden.",
        ["{0} things are not as they were written."] = "{0} Dinge sind nicht, wie sie geschrieben wurden.",
        ["Chain"] = "Kette",
        ["Position"] = "Stelle",
        ["What is wrong"] = "Was nicht stimmt",
        ["of the service"] = "des Dienstes",
        ["By"] = "Von",
        ["people"] = "Menschen",
        ["people and the service"] = "Menschen und dem Dienst",
        ["the service"] = "der Dienst",
        ["a person whose name was erased"] = "ein Mensch, dessen Name gelöscht wurde",
        ["Done"] = "Getan",
        ["To what"] = "Woran",
        ["Details"] = "Einzelheiten",
        ["Moment"] = "Zeitpunkt",
        ["linked within seconds"] = "wird in Sekunden verkettet",
        ["Nothing fits. A subject has to be whole, such as: ticket 4711."] = "Nichts passt. Der Gegenstand muss ganz dastehen, etwa: ticket 4711.",
        ["decided"] = "entschieden",
        ["parked"] = "geparkt",
        ["replayed"] = "wiederholt",
        ["escalation opened"] = "Eskalation eröffnet",
        ["escalation raised"] = "Eskalation weitergereicht",
        ["escalation taken"] = "Eskalation übernommen",
        ["escalation over"] = "Eskalation beendet",
        ["escalation corrected"] = "Eskalation berichtigt",
        ["version kept"] = "Fassung aufgehoben",
        ["published"] = "veröffentlicht",
        ["decision corrected"] = "Entscheidung berichtigt",
        ["decision judged blind"] = "Entscheidung blind beurteilt",
        ["note judged"] = "Notiz beurteilt",
        ["key made"] = "Schlüssel gemacht",
        ["key changed"] = "Schlüssel geändert",
        ["key withdrawn"] = "Schlüssel zurückgezogen",
        ["job paused"] = "Aufgabe angehalten",
        ["job resumed"] = "Aufgabe fortgesetzt",
        ["job asked to run"] = "Aufgabe angestoßen",
        ["signed in"] = "angemeldet",
        ["person erased"] = "Person gelöscht",
        ["oldest lines removed"] = "älteste Zeilen entfernt",
        ["secret made"] = "Geheimnis gemacht",
        ["roster imported"] = "Dienstplan eingelesen",
        ["past tickets imported"] = "frühere Tickets eingelesen",
    };
}
