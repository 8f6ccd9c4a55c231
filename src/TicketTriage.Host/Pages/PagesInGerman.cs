namespace TicketTriage.Host.Pages;

/// <summary>What stands on every page.</summary>
internal static class PagesInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Skip to the content"] = "Zum Inhalt springen",
        ["Pages"] = "Seiten",
        ["Today"] = "Heute",
        ["Tickets"] = "Tickets",
        ["Rules"] = "Regeln",
        ["Skills and capacity"] = "Fähigkeiten und Kapazität",
        ["Escalation matrix"] = "Eskalationsmatrix",
        ["Taxonomy"] = "Taxonomie",
        ["Style guide"] = "Stilvorgaben",
        ["Knowledge"] = "Wissen",
        ["Quality"] = "Qualität",
        ["Reports"] = "Berichte",
        ["Connections"] = "Verbindungen",
        ["Jobs"] = "Aufgaben",
        ["Audit"] = "Protokoll",
        ["Sign in"] = "Anmelden",
        ["Sign out"] = "Abmelden",
        ["Light"] = "Hell",
        ["Dark"] = "Dunkel",
        ["As the browser prefers"] = "Wie der Browser",
        ["Colours"] = "Farben",
        ["Language"] = "Sprache",
        ["Figures as a table"] = "Zahlen als Tabelle",
        ["{0} days"] = "{0} Tage",
        ["Not for your role"] = "Nicht für Ihre Rolle",
        ["You are signed in, but your key opens other pages than this one. Sign out to use another key."] =
            "Sie sind angemeldet, aber Ihr Schlüssel öffnet andere Seiten als diese. Melden Sie sich ab, um einen anderen zu nehmen.",
        ["That key or link doesn't open anything. A link works once, and not for long."] =
            "Dieser Schlüssel oder Link öffnet nichts. Ein Link gilt einmal und nicht lange.",
        ["Your key"] = "Ihr Schlüssel",
        ["Keys stand in the configuration under Access:ApiKeys, or are made on the page Access. The first start, and the demo, print a link that signs you in."] =
            "Schlüssel stehen in der Konfiguration unter Access:ApiKeys oder werden auf der Seite Zugang gemacht. Der erste Start und die "
            + "Vorführung zeigen einen Link, der Sie anmeldet.",
        ["Nothing was found"] = "Nichts gefunden",
        ["Back"] = "Zurück",
        ["What you sent, to copy from"] = "Was Sie geschickt haben, zum Kopieren",
        ["at most {0}"] = "höchstens {0}",
        ["{0}: between {1} and {2}, last {3}"] = "{0}: zwischen {1} und {2}, zuletzt {3}",
        ["said"] = "gesagt",
        ["came true"] = "eingetroffen",
        ["said {0}, came true {1}, {2} tickets"] = "gesagt {0}, eingetroffen {1}, {2} Tickets",
        ["agent"] = "Agent",
        ["lead"] = "Teamleitung",
        ["ops"] = "Betrieb",
        ["admin"] = "Verwaltung",
    };
}
