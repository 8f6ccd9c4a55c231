namespace TicketTriage.Host.Health;

/// <summary>How the service stands, for those who run it.</summary>
internal static class HealthInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Health"] = "Zustand",
        ["The same as /health/ready says to load balancers and monitoring."] =
            "Dasselbe, was /health/ready Lastverteilern und der Überwachung sagt.",
        ["database"] = "Datenbank",
        ["intake"] = "Annahme",
        ["helpdesks"] = "Helpdesks",
        ["queue"] = "Warteschlange",
        ["decisions"] = "Entscheidungen",
        ["ok"] = "in Ordnung",
        ["The database does not take deliveries just now."] = "Die Datenbank nimmt gerade keine Zustellungen an.",
        ["Tickets have been waiting for too long already."] = "Tickets warten schon zu lange.",
        ["{0} waiting, the oldest for {1} s, {2} under way, {3} to be tried again"] =
            "{0} warten, das älteste seit {1} s, {2} in Arbeit, {3} für einen neuen Versuch",
        ["{0} months ahead"] = "Platz für {0} Monate im Voraus",
        ["{0} months ahead, run the job make-months"] = "Platz für {0} Monate im Voraus: Lassen Sie die Aufgabe make-months laufen",
        ["away, it refuses the user or the password"] = "nicht da: Sie lehnt den Benutzer oder das Passwort ab",
        ["away, the server has no such database"] = "nicht da: Der Server hat keine solche Datenbank",
        ["away, it answers with code {0}"] = "nicht da: Sie antwortet mit dem Code {0}",
        ["away, no answer within {0} s"] = "nicht da: keine Antwort binnen {0} s",
        ["away, it can't be reached"] = "nicht da: Sie ist nicht erreichbar",
        ["one can't be reached"] = "einer ist nicht erreichbar",
        ["one refuses the credentials"] = "einer lehnt die Zugangsdaten ab",
        ["a right is missing in one"] = "in einem fehlt ein Recht",
        ["the address of one is wrong"] = "die Adresse von einem ist falsch",
        ["one has refused a change"] = "einer hat eine Änderung abgelehnt",
    };
}
