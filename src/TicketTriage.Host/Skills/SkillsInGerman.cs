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
        ["Look at it"] = "Ansehen",
        ["Next you see who comes, goes and changes. Nothing counts before you say so."] =
            "Als Nächstes sehen Sie, wer dazukommt, wegfällt und sich ändert. Nichts gilt, bevor Sie es sagen.",
        ["Earlier rosters"] = "Frühere Dienstpläne",
        ["Replaced"] = "Ersetzt",
        ["By"] = "Von",
        ["Agents"] = "Agenten",
        ["Return to it"] = "Dahin zurückkehren",
        ["The last {0} are kept, each as it was when the next one came."] =
            "Die letzten {0} werden aufgehoben, jeder so, wie er war, als der nächste kam.",
        ["This roster is not kept any more: import it again."] = "Dieser Dienstplan wird nicht mehr aufgehoben: Lesen Sie ihn neu ein.",
        ["No helpdesk of this name is configured."] = "Ein Helpdesk dieses Namens ist nicht eingerichtet.",
        ["Look at the roster"] = "Dienstplan ansehen",
        ["Somebody has changed the roster since you looked. Nothing was imported; this is what yours would change now."] =
            "Jemand hat den Dienstplan geändert, seit Sie nachgesehen haben. Nichts wurde übernommen; das würde Ihrer jetzt ändern.",
        ["Nothing counts yet. The roster that counts now is kept: you can return to it."] =
            "Noch gilt nichts davon. Der jetzige Dienstplan wird aufgehoben: Sie können zu ihm zurückkehren.",
        ["come onto the roster"] = "kommen dazu",
        ["go from it"] = "fallen weg",
        ["change"] = "ändern sich",
        ["stay as they are"] = "bleiben, wie sie sind",
        ["Try it on last week's tickets"] = "An den Tickets der letzten Woche erproben",
        ["Who comes"] = "Wer dazukommt",
        ["Who goes: the helpdesk's word alone counts for them then"] = "Wer wegfällt: Für sie gilt dann allein, was der Helpdesk sagt",
        ["Who changes"] = "Wer sich ändert",
        ["What"] = "Was",
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
