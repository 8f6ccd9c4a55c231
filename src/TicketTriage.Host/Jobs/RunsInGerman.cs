namespace TicketTriage.Host.Jobs;

/// <summary>What runs of jobs brought or failed with; see <see cref="TicketTriage.Triages.Sentences"/>.</summary>
internal static class RunsInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["{0} tickets were looked at, {1} messages and notes were begun, {2} reminders were drafted"] =
            "{0} Tickets angesehen, {1} Nachrichten und Notizen begonnen, {2} Erinnerungen entworfen",
        ["{0} chains were sealed and their heads written down"] = "{0} Ketten versiegelt und ihre Köpfe aufgeschrieben",
        ["Nothing was old enough."] = "Nichts war alt genug.",
        ["Deleted rows: {0}."] = "Gelöschte Zeilen: {0}.",
        ["No month was missing"] = "Kein Monat fehlte",
        ["{0} months were made"] = "{0} Monate angelegt",
        ["{0} leases had ended, {1} tickets were parked"] = "{0} Fristen von Prozessen waren abgelaufen, {1} Tickets geparkt",
        ["No day has changed"] = "Kein Tag hat sich geändert",
        ["{0} days were summed"] = "{0} Tage summiert",
        ["{0} ended tickets are watched no more"] = "{0} erledigte Tickets werden nicht mehr beobachtet",
        ["{0} tickets were given to agents, {1} wait again, {2} are begun and with agents who are away"] =
            "{0} Tickets an Agenten gegeben, {1} warten wieder, {2} sind begonnen und bei abwesenden Agenten",
        ["{0} tickets found that no webhook had told of"] = "{0} Tickets gefunden, von denen kein Webhook berichtet hatte",
        ["{0} articles new or changed, {1} gone. {2} sources could not be read; the log says why."] =
            "{0} Artikel neu oder geändert, {1} weggefallen. {2} Quellen waren nicht zu lesen; warum, steht im Log.",
        ["{0} articles new or changed, {1} gone."] = "{0} Artikel neu oder geändert, {1} weggefallen.",
        ["Its process ended during each of {0} attempts; the next due time is the next chance."] =
            "Bei jedem von {0} Versuchen endete der Prozess; der nächste Termin ist die nächste Gelegenheit.",
        ["It was cut off: its process or its connection to the database ended."] =
            "Abgebrochen: Der Prozess oder seine Verbindung zur Datenbank endete.",
    };
}
