namespace TicketTriage.Host.Knowledge;

/// <summary>The team's knowledge.</summary>
internal static class KnowledgeInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Nothing was read yet. Help centers and macros of the connected helpdesks are read every quarter of an hour; folders and tables are named under Knowledge in the configuration."] =
            "Noch wurde nichts gelesen. Hilfecenter und Makros der verbundenen Helpdesks werden jede Viertelstunde gelesen; Ordner und Tabellen "
            + "nennt man unter Knowledge in der Konfiguration.",
        ["What it lacks"] = "Was ihm fehlt",
        ["Questions that nothing answered"] = "Fragen, die nichts beantwortet hat",
        ["At most the latest {0} of the last 90 days, grouped by likeness. The command knowledge gaps --drafts FOLDER begins an article for each."] =
            "Höchstens die jüngsten {0} der letzten 90 Tage, nach Ähnlichkeit gruppiert. Der Befehl „knowledge gaps --drafts ORDNER“ beginnt zu jeder einen Artikel.",
        ["No question was left without an article."] = "Keine Frage blieb ohne Artikel.",
        ["And {0} more."] = "Und {0} weitere.",
        ["Question"] = "Frage",
        ["Asked"] = "Gefragt",
        ["Last asked"] = "Zuletzt gefragt",
        ["Articles that contradict each other"] = "Artikel, die sich widersprechen",
        ["No article contradicts another."] = "Kein Artikel widerspricht einem anderen.",
        ["One says"] = "Der eine sagt",
        ["The other says"] = "Der andere sagt",
        ["Source"] = "Quelle",
        ["Articles"] = "Artikel",
        ["To look at"] = "Durchzusehen",
        ["to look at"] = "durchzusehen",
        ["Last read"] = "Zuletzt gelesen",
        ["Words of the title"] = "Wörter des Titels",
        ["only those to look at"] = "nur durchzusehende",
        ["No article fits."] = "Kein Artikel passt.",
        ["The first {0}; search for more."] = "Die ersten {0}; suchen Sie nach weiteren.",
        ["For"] = "Für",
        ["Changed"] = "Geändert",
        ["customers"] = "Kundschaft",
        ["agents"] = "Agenten",
    };
}
