namespace TicketTriage.Host.Skills;

/// <summary>
/// What is wrong with a roster or with what was typed of an agent; see <see cref="TicketTriage.Triages.Sentences"/>. A value in front has its line before it.
/// </summary>
internal static class RosterInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["the roster is empty; its first line names the columns, id and name among them."] =
            "Die Liste ist leer; ihre erste Zeile nennt die Spalten, darunter id und name.",
        ["there is no column {0}; known are {1}."] = "Eine Spalte {0} gibt es nicht; bekannt sind {1}.",
        ["the column {0} is missing."] = "Die Spalte {0} fehlt.",
        ["the column {0} stands twice."] = "Die Spalte {0} steht doppelt.",
        ["the helpdesk has no agent {0} who can have tickets."] = "Der Helpdesk hat keinen Agenten {0}, der Tickets haben kann.",
        ["agent {0} is not active in the helpdesk any more."] = "Agent {0} ist im Helpdesk nicht mehr aktiv.",
        ["the {0} {1} stands in lines {2}; each agent has one line."] = "{0} {1} steht in den Zeilen {2}; jeder Agent hat eine Zeile.",
        ["it has {0} cells and the first line has {1}."] = "Sie hat {0} Zellen und die erste Zeile {1}.",
        ["the id is missing."] = "Die Id fehlt.",
        ["the name is missing."] = "Der Name fehlt.",
        ["{0} has {1}, which is no pair such as name:{2}, or a name twice."] =
            "{0:German} hat {1}: Das ist kein Paar wie name:{2}, oder ein Name steht doppelt.",
        ["{0} is {1} and has to be a whole number from {2} to {3}."] = "{0:German} ist {1} und muss eine ganze Zahl von {2} bis {3} sein.",
        ["{0} is no working time such as Mon-Fri 09:00-17:00."] = "{0:German} ist keine Arbeitszeit wie Mon-Fri 09:00-17:00.",
        ["there is no time zone {0}; expected a name such as Europe/Berlin."] =
            "Eine Zeitzone {0} gibt es nicht; erwartet wird ein Name wie Europe/Berlin.",
        ["{0} is no absence such as 2026-12-24..2026-12-27."] = "{0:German} ist keine Abwesenheit wie 2026-12-24..2026-12-27.",
        ["{0} are no days such as Mon-Fri."] = "{0:German} sind keine Tage wie Mon-Fri.",
        ["{0} is no day; write {1}."] = "{0:German} ist kein Tag; schreiben Sie {1}.",
        ["{0} is no time such as 09:00."] = "{0:German} ist keine Uhrzeit wie 09:00.",
        ["{0} is no day such as 2026-12-24."] = "{0:German} ist kein Tag wie 2026-12-24.",
    };
}
