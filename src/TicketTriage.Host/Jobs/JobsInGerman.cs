namespace TicketTriage.Host.Jobs;

/// <summary>The pages of recurring jobs and parked tickets.</summary>
internal static class JobsInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Hangfire's own dashboard"] = "Hangfires eigene Übersicht",
        ["All jobs"] = "Alle Aufgaben",
        ["The last {0} runs"] = "Die letzten {0} Läufe",
        ["It has not run yet."] = "Sie ist noch nicht gelaufen.",
        ["Due"] = "Fällig",
        ["Took"] = "Dauer",
        ["Outcome"] = "Ergebnis",
        ["Attempts"] = "Versuche",
        ["Process"] = "Prozess",
        ["cut off"] = "abgerissen",
        ["running"] = "läuft",
        ["done"] = "fertig",
        ["failed"] = "gescheitert",
        ["Work that comes round by itself, woken by {0}. Each due time gets one run among all processes; a failed run is tried again."] =
            "Arbeit, die von selbst wiederkommt, geweckt von {0}. Jede fällige Zeit bekommt einen Lauf unter allen Prozessen; "
            + "was scheitert, wird wiederholt.",
        ["{0} was asked to run; it starts within a few seconds, unless it is running already."] =
            "{0} soll laufen; es beginnt in wenigen Sekunden, wenn es nicht schon läuft.",
        ["Nothing was parked there any more: somebody was faster."] = "Dort war nichts mehr geparkt: Jemand war schneller.",
        ["One ticket is replayed."] = "Ein Ticket wird wiederholt.",
        ["{0} tickets are replayed."] = "{0} Tickets werden wiederholt.",
        ["paused by {0}"] = "angehalten von {0}",
        ["Schedule"] = "Zeitplan",
        ["Next run"] = "Nächster Lauf",
        ["Run now"] = "Jetzt laufen lassen",
        ["Pause"] = "Anhalten",
        ["Resume"] = "Fortsetzen",
        ["Parked tickets"] = "Geparkte Tickets",
        ["{0} for a person"] = "{0} für einen Menschen",
        ["None. A ticket comes here when it was refused for good, failed for three days, or ended its worker three times."] =
            "Keine. Hierher kommt ein Ticket, das endgültig abgelehnt wurde, drei Tage lang scheiterte oder seinen Arbeiter dreimal beendete.",
        ["Mend the cause, then replay. Many are spread over time, {0} a minute for each helpdesk; what a customer adds to a ticket brings it back as well."] =
            "Beheben Sie die Ursache und wiederholen Sie dann. Viele werden über die Zeit verteilt, {0} je Minute und Helpdesk; "
            + "auch was Kundschaft hinzufügt, bringt ein Ticket zurück.",
        ["Replay all {0}"] = "Alle {0} wiederholen",
        ["Since"] = "Seit",
        ["Tries"] = "Versuche",
        ["Reason"] = "Grund",
        ["Was about"] = "Es ging um",
        ["never decided"] = "nie entschieden",
        ["Replay"] = "Wiederholen",
        ["The latest {0} are shown."] = "Die letzten {0} sind zu sehen.",
        ["Finds tickets that no webhook has told of."] = "Findet Tickets, von denen kein Webhook erzählt hat.",
        ["Gives back what a killed worker was working on."] = "Gibt zurück, woran ein abgeschossener Arbeiter war.",
        ["Brings the team's articles up to what their sources have."] = "Bringt die Artikel des Teams auf den Stand ihrer Quellen.",
        ["Tells people of tickets at risk until somebody takes them."] = "Meldet gefährdete Tickets, bis jemand sie übernimmt.",
        ["Deletes what is older than Retention in the configuration lets it get."] =
            "Löscht, was älter ist, als Retention in der Konfiguration es werden lässt.",
        ["Forgets the clocks of tickets that ended a month ago."] = "Vergisst die Uhren von Tickets, die vor einem Monat endeten.",
        ["Makes room for the decisions of the months to come."] = "Schafft Platz für die Entscheidungen der kommenden Monate.",
        ["Adds up the days that are over, for reports."] = "Zählt die vergangenen Tage zusammen, für Berichte.",
        ["Writes down where the audit's chains end."] = "Schreibt auf, wo die Ketten des Protokolls enden.",
        ["Asks who is there, and gives what waits to those who are free."] = "Fragt, wer da ist, und gibt Wartendes an die, die frei sind.",
        ["The schedule has no job '{0}'."] = "Einen Auftrag „{0}“ hat der Zeitplan nicht.",
        ["now"] = "jetzt",
        ["in {0}"] = "in {0}",
    };
}
