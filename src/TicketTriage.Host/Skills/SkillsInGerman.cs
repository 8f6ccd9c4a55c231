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
        ["A name opens what the roster says of that agent."] = "Ein Name öffnet, was der Dienstplan zu diesem Agenten sagt.",
        ["Nothing was changed:"] = "Nichts wurde geändert:",
        ["This is what the roster says. What is empty here, the helpdesk says, and else it is left open. The next roster that is imported takes its place."] =
            "Das sagt der Dienstplan. Was hier leer ist, sagt der Helpdesk, und sonst bleibt es offen. Der nächste eingelesene Dienstplan ersetzt es.",
        ["Skills"] = "Fähigkeiten",
        ["Skill {0}"] = "Fähigkeit {0}",
        ["Level of skill {0}"] = "Stufe der Fähigkeit {0}",
        ["A skill without a name is taken out. Two empty rows come with every save."] =
            "Eine Fähigkeit ohne Namen fällt weg. Mit jedem Speichern kommen zwei leere Zeilen dazu.",
        ["Absence {0}: first day"] = "Abwesenheit {0}: erster Tag",
        ["Absence {0}: last day"] = "Abwesenheit {0}: letzter Tag",
        ["First and last day, both away."] = "Erster und letzter Tag, beide abwesend.",
        ["Units of work at once"] = "Arbeitseinheiten zugleich",
        ["Units that a ticket takes, by channel"] = "Einheiten, die ein Ticket braucht, nach Kanal",
        ["Working hours"] = "Arbeitszeiten",
        ["Save"] = "Speichern",
        ["The helpdesk says: {0}"] = "Der Helpdesk sagt: {0}",
        ["No agent of this id is active in that helpdesk."] = "In diesem Helpdesk ist niemand mit dieser Id aktiv.",
        ["somebody has changed the roster meanwhile; look at the list, then save once more"] =
            "jemand hat den Dienstplan inzwischen geändert; sehen Sie in der Liste nach und speichern Sie noch einmal",
    };
}
