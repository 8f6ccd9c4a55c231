namespace TicketTriage.Host.Tickets;

/// <summary>
/// Why a ticket was left alone, waits or was written in part, and what a helpdesk failed with; see <see cref="TicketTriage.Triages.Sentences"/>.
/// </summary>
internal static class OutcomesInGerman
{
    public static IEnumerable<KeyValuePair<string, string>> Texts => [.. Journey, .. Helpdesks];

    private static Dictionary<string, string> Journey { get; } = new()
    {
        ["The helpdesk does not have this ticket (any more)."] = "Der Helpdesk hat dieses Ticket nicht (mehr).",
        ["This version of the ticket is decided already."] = "Diese Version des Tickets ist schon entschieden.",
        ["The ticket is closed."] = "Das Ticket ist geschlossen.",
        ["The ticket is solved."] = "Das Ticket ist gelöst.",
        ["The ticket was deleted."] = "Das Ticket wurde gelöscht.",
        ["The ticket was marked as spam."] = "Das Ticket wurde als Spam markiert.",
        ["It was changed {0} times within an hour, which is the most (WriteBack:MostPerTicketAndHour); it waits for its turn."] =
            "Es wurde binnen einer Stunde {0}-mal geändert, öfter darf es nicht (WriteBack:MostPerTicketAndHour); "
            + "es wartet, bis es an der Reihe ist.",
        ["It took longer than a journey may take."] = "Es dauerte länger, als ein Ticket dauern darf.",
        ["It was sent, no answer came, and the helpdesk does not have it."] =
            "Es wurde geschickt, keine Antwort kam, und der Helpdesk hat es nicht.",
        ["The answer was lost; the helpdesk had applied it."] = "Die Antwort ging verloren; der Helpdesk hatte es übernommen.",
        ["Left out: {0}. {1}"] = "Weggelassen: {0}. {1:German}",
    };

    private static Dictionary<string, string> Helpdesks { get; } = new()
    {
        ["The calls that helpdesk {0} allows are used up for the next {1} seconds."] =
            "Die Aufrufe, die der Helpdesk {0} erlaubt, sind für die nächsten {1} Sekunden aufgebraucht.",
        ["Helpdesk {0} failed {1} times in a row and is left alone for a while."] =
            "Der Helpdesk {0} scheiterte {1}-mal hintereinander und wird eine Weile in Ruhe gelassen.",
        ["Helpdesk {0} didn't answer within {1} seconds."] = "Der Helpdesk {0} antwortete nicht binnen {1} Sekunden.",
        ["Helpdesk {0} can't be reached for {1}: {2}."] = "Der Helpdesk {0} ist nicht erreichbar ({1}): {2:German}.",
        ["its address leads nowhere"] = "Seine Adresse führt nirgendwohin",
        ["nothing accepts the connection"] = "Nichts nimmt die Verbindung an",
        ["its certificate isn't trusted"] = "Seinem Zertifikat wird nicht vertraut",
        ["its answer is too large"] = "Seine Antwort ist zu groß",
        ["the connection broke"] = "Die Verbindung brach ab",
        ["Helpdesk {0} takes too long to connect to."] = "Die Verbindung zum Helpdesk {0} dauert zu lange.",
        ["Helpdesk {0} asks to slow down ({1})."] = "Der Helpdesk {0} bittet, langsamer zu fragen ({1}).",
        ["Helpdesk {0} has a newer version of {1} ({2})."] = "Der Helpdesk {0} hat eine neuere Version ({1}, {2}).",
        ["Helpdesk {0} can't reconcile {1} with what it has ({2})."] =
            "Der Helpdesk {0} bringt es nicht mit dem zusammen, was er hat ({1}, {2}).",
        ["Helpdesk {0} was busy with {1} ({2})."] = "Der Helpdesk {0} war damit beschäftigt ({1}, {2}).",
        ["Helpdesk {0} failed at {1} ({2})."] = "Der Helpdesk {0} scheiterte daran ({1}, {2}).",
        ["Helpdesk {0} doesn't have {1} ({2})."] = "Der Helpdesk {0} hat es nicht ({1}, {2}).",
        ["Helpdesk {0} doesn't have ticket {1}."] = "Der Helpdesk {0} hat kein Ticket {1}.",
        ["Helpdesk {0} refuses {1} ({2})."] = "Der Helpdesk {0} lehnt es ab ({1}, {2}).",
        ["Helpdesk {0} refuses {1} ({2}) because of {3}."] = "Der Helpdesk {0} lehnt es wegen {3} ab ({1}, {2}).",
        ["Helpdesk {0} refuses {1} ({2}): a ticket that is spam or deleted takes nothing."] =
            "Der Helpdesk {0} lehnt es ab ({1}, {2}): Ein Ticket, das Spam oder gelöscht ist, nimmt nichts an.",
        ["Helpdesk {0} answered without ticket {1}."] = "Der Helpdesk {0} antwortete ohne Ticket {1}.",
        ["Ticket {0} of helpdesk {1} is spam or deleted and takes nothing."] =
            "Ticket {0} des Helpdesks {1} ist Spam oder gelöscht und nimmt nichts an.",
        ["\"{0}\" can't be a {1} of helpdesk {2}, whose ids are numbers: correct it where the route was chosen."] =
            "„{0}“ kann beim Helpdesk {2}, dessen Ids Zahlen sind, nicht stehen ({1}): Berichtigen Sie es dort, wo der Weg gewählt wurde.",
        ["Zendesk refuses the credentials ({0}): check {1} and :ClientSecret, or :Email and :ApiToken."] =
            "Zendesk nimmt die Zugangsdaten nicht an ({0}): Prüfen Sie {1} und :ClientSecret, oder :Email und :ApiToken.",
        ["Zendesk answered the request for an access token without one."] =
            "Zendesk antwortete auf die Bitte um ein Zugangstoken ohne eines.",
        ["Zendesk keeps {0} from this service ({1}): give the user of helpdesk {2} the permission."] =
            "Zendesk verwehrt es diesem Dienst ({0}, {1}): Geben Sie dem Benutzer des Helpdesks {2} das Recht.",
        ["No Zendesk answers for {0} ({1}): check {2}."] = "Kein Zendesk antwortet ({0}, {1}): Prüfen Sie {2}.",
        ["Zendesk points to another address ({0}), which never gets the credentials: set {1} to it."] =
            "Zendesk verweist auf eine andere Adresse ({0}), die nie die Zugangsdaten bekommt: Setzen Sie {1} darauf.",
        ["Freshdesk refuses the credentials ({0}): check {1}, the API key of an agent."] =
            "Freshdesk nimmt die Zugangsdaten nicht an ({0}): Prüfen Sie {1}, den API-Schlüssel eines Agenten.",
        ["Freshdesk keeps {0} from this service ({1}): {2}."] = "Freshdesk verwehrt es diesem Dienst ({0}, {1}): {2:German}.",
        ["the plan of helpdesk {0} doesn't have it"] = "Der Tarif des Helpdesks {0} hat es nicht",
        ["the account of helpdesk {0} is suspended"] = "Das Konto des Helpdesks {0} ist gesperrt",
        ["let the agent whose API key helpdesk {0} uses log in again"] =
            "Der Agent, dessen API-Schlüssel der Helpdesk {0} benutzt, muss sich neu anmelden",
        ["give the agent whose API key helpdesk {0} uses the permission"] =
            "Der Agent, dessen API-Schlüssel der Helpdesk {0} benutzt, braucht das Recht",
        ["No Freshdesk answers for {0} ({1}): check {2}."] = "Kein Freshdesk antwortet ({0}, {1}): Prüfen Sie {2}.",
        ["Freshdesk points to another address ({0}), which never gets the credentials: set {1} to it."] =
            "Freshdesk verweist auf eine andere Adresse ({0}), die nie die Zugangsdaten bekommt: Setzen Sie {1} darauf.",
        ["The answer about {0} is not {1}'s, {2}: helpdesk {3} may be in maintenance, or its BaseUrl wrong."] =
            "Die Antwort ist nicht von {1} ({0}), {2:German}: Vielleicht wird der Helpdesk {3} gewartet, oder seine BaseUrl ist falsch.",
        ["it isn't JSON"] = "sie ist kein JSON",
        ["it is null"] = "sie ist null",
        ["its JSON has another shape"] = "ihr JSON ist anders gebaut",
    };
}
