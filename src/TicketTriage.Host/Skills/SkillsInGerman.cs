namespace TicketTriage.Host.Skills;

/// <summary>Skills, capacity and roster.</summary>
internal static class SkillsInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["{0} agents are on the roster now."] = "{0} Agenten stehen jetzt im Dienstplan.",
        ["Nothing was imported; the last roster stays."] = "Nichts wurde übernommen; der letzte Dienstplan bleibt.",
        ["The roster has more than {0} characters."] = "Der Dienstplan hat mehr als {0} Zeichen.",
        ["No agents are known here yet. They are asked of the helpdesk every minute where agents are chosen, or come with a roster."] =
            "Hier sind noch keine Agenten bekannt. Wo Agenten gewählt werden, wird der Helpdesk jede Minute gefragt; sonst kommen sie mit einem "
            + "Dienstplan.",
        ["of {0} are there"] = "von {0} sind da",
        ["of {0} units of work are taken"] = "von {0} Arbeitseinheiten sind vergeben",
        ["Who can do what"] = "Wer was kann",
        ["Agent"] = "Agent",
        ["There"] = "Da",
        ["Load"] = "Last",
        ["Languages"] = "Sprachen",
        ["Groups"] = "Gruppen",
        ["Absences"] = "Abwesenheiten",
        ["yes"] = "ja",
        ["no"] = "nein",
        ["Levels go from 1 to 5; 5 works at full speed."] = "Stufen gehen von 1 bis 5; 5 arbeitet mit voller Geschwindigkeit.",
        ["Import a roster"] = "Dienstplan einlesen",
        ["CSV with a line for each agent: id and name, and of these columns what you want: skills (refunds:5 german:3), languages, products, groups (parted by |), capacity, channels, zone, hours, absences. It takes the place of the last roster; with a fault in any line nothing is taken."] =
            "CSV mit einer Zeile je Agent: id und name, und von diesen Spalten, was Sie wollen: skills (refunds:5 german:3), languages, products, "
            + "groups (getrennt durch |), capacity, channels, zone, hours, absences. Er ersetzt den letzten Dienstplan; mit einem Fehler in "
            + "irgendeiner Zeile wird nichts übernommen.",
        ["File"] = "Datei",
        ["or its text"] = "oder ihr Text",
        ["Import"] = "Einlesen",
    };
}
