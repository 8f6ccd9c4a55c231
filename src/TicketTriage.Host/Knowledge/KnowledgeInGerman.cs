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
        ["At most the latest {0} of the last 90 days, grouped by likeness, each with the draft of an article. The command knowledge gaps --drafts FOLDER writes them all."] =
            "Höchstens die jüngsten {0} der letzten 90 Tage, nach Ähnlichkeit gruppiert, jede mit dem Entwurf eines Artikels. "
            + "Der Befehl „knowledge gaps --drafts ORDNER“ schreibt sie alle.",
        ["Article"] = "Artikel",
        ["Drafted article"] = "Entwurf",
        ["The draft of an article"] = "Entwurf eines Artikels",
        ["{0} tickets ask this. What stands below is what they asked, what agents answered as far as that is kept here, and what your knowledge has near it. The answer is yours to write."] =
            "{0} Tickets fragen das. Unten steht, was sie gefragt haben, was Agenten geantwortet haben, soweit es hier aufbewahrt ist, und was Ihr "
            + "Wissen Ähnliches hat. Die Antwort schreiben Sie.",
        ["The article as Markdown, to change, copy and download. It is not kept here: put it in a folder of Knowledge:Folders, or into your help center."] =
            "Der Artikel als Markdown, zum Ändern, Kopieren und Herunterladen. Hier wird er nicht aufbewahrt: Legen Sie ihn in einen Ordner von "
            + "Knowledge:Folders oder in Ihr Hilfecenter.",
        ["Download"] = "Herunterladen",
        ["Have the model phrase an answer"] = "Das Modell eine Antwort formulieren lassen",
        ["It is shown the questions, and may use nothing but the passages that customers may read; each sentence is checked against its passage. It costs tokens of the helpdesk {0}, and changes that you made below are lost."] =
            "Es sieht die Fragen und darf nichts verwenden als die Passagen, die Kunden lesen dürfen; jeder Satz wird gegen seine Passage geprüft. "
            + "Das kostet Token des Helpdesks {0}, und was Sie unten geändert haben, geht verloren.",
        ["The model was not of use, so this is the draft without it: {0}"] = "Das Modell half nicht, darum ist dies der Entwurf ohne es: {0}",
        ["The model found no answer in the passages, or nothing of it may stand. The answer is yours to write."] =
            "Das Modell fand in den Passagen keine Antwort, oder nichts davon darf stehen. Die Antwort schreiben Sie.",
        ["Nothing like this is without an answer any more."] = "Ohne Antwort ist so etwas nicht mehr.",
        ["There is no text to download."] = "Es gibt keinen Text zum Herunterladen.",
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
        ["not read for an hour; the log says why"] = "seit einer Stunde nicht gelesen; das Protokoll sagt, warum",
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
