namespace TicketTriage.Triages;

/// <summary>
/// Why something was decided on a ticket, as the console, notes and messages say it; see <see cref="Sentences"/>. What a model gives as its
/// reason, and what a lead wrote, stays as it was written.
/// </summary>
public static class ReasonsInGerman
{
    private static readonly Lazy<Sentences> German = new(() => new Sentences(Texts));

    public static IEnumerable<KeyValuePair<string, string>> Texts =>
        [.. Understanding, .. Models, .. Priority, .. Routing, .. Agents, .. Kept, .. Escalation, .. Journey];

    /// <param name="language">The team's: <c>de</c>; any other reads English.</param>
    /// <param name="reason">One sentence, as it was made and kept: in English.</param>
    public static string Say(string language, string reason) => language == "de" ? German.Value.Say(reason) : reason;

    private static Dictionary<string, string> Understanding { get; } = new()
    {
        ["The local model agrees."] = "Das lokale Modell stimmt zu.",
        ["The local model finds none that fits."] = "Das lokale Modell findet keines, das passt.",
        ["The local model would have said {0}."] = "Das lokale Modell hätte {0} gesagt.",
        ["{0} read {1}, for which the words of the ticket don't speak."] = "{0} las {1}, und die Wörter des Tickets sprechen nicht dafür.",
        ["The ticket is in the language {0}, of which the taxonomy has no examples."] =
            "Das Ticket ist in der Sprache {0}, für die die Taxonomie keine Beispiele hat.",
        ["The nearest intent is {0}, which the taxonomy doesn't have any more."] =
            "Das nächste Anliegen ist {0}, das die Taxonomie nicht mehr hat.",
        ["The ticket has no words."] = "Das Ticket hat keine Wörter.",
        ["No intent fits; the nearest is {0}."] = "Kein Anliegen passt; das nächste ist {0}.",
        ["Words that weighed most: {0}."] = "Wörter, die am meisten wogen: {0}.",
        ["Parts of words that its examples use."] = "Wortteile, die seine Beispiele verwenden.",
        ["It was learnt from the team's tickets."] = "Das wurde aus den Tickets des Teams gelernt.",
        ["There is no word to tell the language by."] = "Es gibt kein Wort, an dem sich die Sprache erkennen lässt.",
        ["{0} of {1} words are frequent ones of this language."] = "{0} von {1} Wörtern sind häufige dieser Sprache.",
        ["The text is not in Latin script."] = "Der Text ist nicht in lateinischer Schrift.",
        ["It is told by its letters."] = "Sie ist an ihren Buchstaben zu erkennen.",
        ["No product is named."] = "Kein Produkt wird genannt.",
        ["Products {0} and {1} are named alike."] = "Die Produkte {0} und {1} werden gleich oft genannt.",
        ["The ticket names: {0}."] = "Das Ticket nennt: {0}.",
        ["Few words carry a mood, or they balance."] = "Wenige Wörter tragen eine Stimmung, oder sie heben sich auf.",
        ["Phrases of frustration were found."] = "Wendungen der Enttäuschung wurden gefunden.",
    };

    private static Dictionary<string, string> Models { get; } = new()
    {
        ["The model {0} read it so."] = "Das Modell {0} las es so.",
        ["The local model finds no intent that fits."] = "Das lokale Modell findet kein Anliegen, das passt.",
        ["The ticket shows the signal {0}."] = "Das Ticket zeigt das Signal {0}.",
        ["The local model is {0} sure of {1}, and the bar is {2}."] = "Das lokale Modell ist sich bei {1} zu {0} sicher, verlangt sind {2}.",
        ["The tokens of helpdesk {0} are used up for {1} (UTC): {2} a day."] =
            "Die Token des Helpdesks {0} sind für den {1} (UTC) verbraucht: {2} am Tag.",
        ["The model's server could not be reached."] = "Der Server des Modells war nicht zu erreichen.",
        ["The model's server answered with something else than was asked for."] = "Der Server des Modells antwortete mit etwas anderem als verlangt.",
        ["The model's quota is used up: raise it at the provider."] =
            "Das Kontingent des Modells ist verbraucht: Erhöhen Sie es beim Anbieter.",
        ["The model's server asks to come back later (429)."] = "Der Server des Modells bittet, später wiederzukommen (429).",
        ["The model's filter stopped the text."] = "Der Filter des Modells hat den Text angehalten.",
        ["The text is too long: lower Model:MaxTicketTokens."] = "Der Text ist zu lang: Senken Sie Model:MaxTicketTokens.",
        ["The model's server refused the key ({0}): see Model:ApiKey."] = "Der Server des Modells lehnt den Schlüssel ab ({0}): siehe Model:ApiKey.",
        ["The model's server points elsewhere ({0}): see Model:Endpoint."] = "Der Server des Modells verweist woandershin ({0}): siehe Model:Endpoint.",
        ["The model's server failed ({0})."] = "Der Server des Modells ist gescheitert ({0}).",
        ["The model's server refused the request ({0})."] = "Der Server des Modells hat die Anfrage abgelehnt ({0}).",
        ["Nothing is there (404): see Model:Endpoint and Model:Deployment."] =
            "Dort ist nichts (404): siehe Model:Endpoint und Model:Deployment.",
        ["Entra ID gave this machine no token: give it an identity that may use the model, or set Model:ApiKey."] =
            "Entra ID gab dieser Maschine kein Token: Geben Sie ihr eine Identität, die das Modell benutzen darf, oder setzen Sie Model:ApiKey.",
        ["The model declined to answer."] = "Das Modell wollte nicht antworten.",
        ["The model's answer was cut off: raise Model:MaxAnswerTokens."] =
            "Die Antwort des Modells wurde abgeschnitten: Erhöhen Sie Model:MaxAnswerTokens.",
        ["The model answered with nothing."] = "Das Modell antwortete mit nichts.",
        ["The model's answer is not JSON."] = "Die Antwort des Modells ist kein JSON.",
        ["In the model's answer, {0} is not an object."] = "In der Antwort des Modells ist {0:German} kein Objekt.",
        ["In the model's answer, {0} lacks {1}."] = "In der Antwort des Modells fehlt {1} ({0:German}).",
        ["In the model's answer, {0} has properties that nobody asked for."] = "In der Antwort des Modells hat {0:German} Angaben, die niemand verlangt hat.",
        ["In the model's answer, the confidence of {0} is not a number."] = "In der Antwort des Modells ist die Sicherheit von {0} keine Zahl.",
        ["In the model's answer, {0} is not a list."] = "In der Antwort des Modells ist {0} keine Liste.",
        ["In the model's answer, {0} has a value that is not on its list."] = "In der Antwort des Modells hat {0} einen Wert, der nicht zur Wahl stand.",
        ["In the model's answer, {0} is not a text."] = "In der Antwort des Modells ist {0} kein Text.",
        ["In the model's answer, {0} holds half a character."] = "In der Antwort des Modells enthält {0} ein halbes Zeichen.",
        ["the answer"] = "das Ganze",
        ["Personal data could not be masked, so the model was not asked."] =
            "Persönliche Angaben ließen sich nicht verdecken, darum wurde das Modell nicht gefragt.",
        ["The ticket has no text to ask the model about."] = "Das Ticket hat keinen Text, zu dem sich das Modell fragen ließe.",
    };

    private static Dictionary<string, string> Priority { get; } = new()
    {
        ["Low"] = "niedrig",
        ["Normal"] = "normal",
        ["High"] = "hoch",
        ["Urgent"] = "dringend",
        ["Begins at {0}: the intent is unclear."] = "Beginnt bei {0:German}: Das Anliegen ist unklar.",
        ["Begins at {0}: the intent {1} is too unsure to count."] =
            "Beginnt bei {0:German}: Das Anliegen {1} ist zu unsicher, um zu zählen.",
        ["Begins at {0}: the intent is {1}."] = "Beginnt bei {0:German}: Das Anliegen ist {1}.",
        ["Begins at {0}: the intent is of {1}."] = "Beginnt bei {0:German}: Das Anliegen gehört zu {1}.",
        ["Begins at {0}, as most intents do."] = "Beginnt bei {0:German} wie die meisten Anliegen.",
        ["Raised from {0} to {1}: the routing rules ask for it (“{2}”)."] =
            "Von {0:German} auf {1:German} angehoben: Die Routing-Regeln verlangen es („{2}“).",
        ["Raised from {0} to {1}: {2}."] = "Von {0:German} auf {1:German} angehoben: {2:German}.",
        ["Lowered from {0} to {1}: {2}."] = "Von {0:German} auf {1:German} gesenkt: {2:German}.",
        ["{0} ({1})"] = "{0:German} ({1:German;})",
        ["{0} tickets in seven days"] = "{0} Tickets in sieben Tagen",
        ["{0}, due at {1} UTC"] = "{0}, fällig am {1} UTC",
        ["{0}, was due at {1} UTC"] = "{0}, war fällig am {1} UTC",
        // What the shipped policies say; a team's own reasons stay as they are written.
        ["the customer has written before"] = "Der Kunde hat schon einmal geschrieben",
        ["the customer is losing patience"] = "Der Kunde verliert die Geduld",
        ["the customer names a deadline"] = "Der Kunde nennt eine Frist",
        ["the customer asks for a person"] = "Der Kunde verlangt einen Menschen",
        ["the customer is content and only asks"] = "Der Kunde ist zufrieden und fragt nur",
        ["the ticket carries the tag vip"] = "Das Ticket trägt den Tag vip",
        ["the customer keeps writing"] = "Der Kunde schreibt immer wieder",
        ["what others buy or work through is affected"] = "Betroffen ist, worüber andere kaufen oder arbeiten",
        ["most of a promised time is used up"] = "Eine zugesagte Zeit ist größtenteils verbraucht",
        ["a promised time has run out"] = "Eine zugesagte Zeit ist abgelaufen",
        ["nobody waits for an answer"] = "Niemand wartet auf eine Antwort",
        ["the customer may leave"] = "Der Kunde könnte kündigen",
        ["legal steps are mentioned"] = "Rechtliche Schritte werden erwähnt",
        ["fraud is suspected"] = "Es besteht Verdacht auf Betrug",
        ["an account or data may be in the wrong hands"] = "Ein Konto oder Daten könnten in falschen Händen sein",
        ["work stands still for many"] = "Bei vielen steht die Arbeit still",
        ["the customer threatens to leave"] = "Der Kunde droht zu kündigen",
        ["the customer is one of the most important"] = "Der Kunde gehört zu den wichtigsten",
        ["the customer stops payment"] = "Der Kunde stellt die Zahlung ein",
    };

    private static Dictionary<string, string> Routing { get; } = new()
    {
        ["The ticket gives orders to software, so a person decides."] =
            "Das Ticket gibt Software Befehle, darum entscheidet ein Mensch.",
        ["It is held for a person to look at."] = "Es ist angehalten, damit ein Mensch darauf sieht.",
        ["No rule says which skill it needs; for {0} the taxonomy names {1}."] =
            "Keine Regel sagt, welche Fähigkeit es braucht; für {0} nennt die Taxonomie {1}.",
        ["Rule “{0}”."] = "Regel „{0}“.",
        ["Rule “{0}”: {1}."] = "Regel „{0}“: {1:German,}.",
        ["The intent is unclear, so a person decides."] = "Das Anliegen ist unklar, darum entscheidet ein Mensch.",
        ["No rule takes the intent {0}."] = "Keine Regel nimmt das Anliegen {0}.",
        ["Rule “{0}” would fit, but the intent {1} is only {2} sure and the rule asks for {3}."] =
            "Regel „{0}“ würde passen, aber das Anliegen {1} ist nur zu {2} sicher, und die Regel verlangt {3}.",
        ["intent {0} ({1} sure)"] = "Anliegen {0} ({1} sicher)",
        ["{0} sure"] = "{0} sicher",
        ["tag {0}"] = "Tag {0}",
        ["signal {0}"] = "Signal {0}",
        ["within business hours"] = "in der Geschäftszeit",
        ["out of business hours"] = "außerhalb der Geschäftszeit",
        ["product {0}"] = "Produkt {0:German}",
        ["language {0}"] = "Sprache {0:German}",
        ["sentiment {0}"] = "Stimmung {0:German}",
        ["priority {0}"] = "Priorität {0:German}",
        ["segment {0}"] = "Kundensegment {0:German}",
        ["brand {0}"] = "Marke {0:German}",
        ["channel {0}"] = "Kanal {0:German}",
        ["low"] = "niedrig",
        ["high"] = "hoch",
        ["urgent"] = "dringend",
        ["None"] = "keine",
        ["The helpdesk has no skill {0}, so its router is not told of it."] =
            "Der Helpdesk hat keine Fähigkeit {0}, darum erfährt sein Router nichts davon.",
        ["The helpdesk has several skills {0} ({1}), so its router is told of none until the rule says which."] =
            "Der Helpdesk hat mehrere Fähigkeiten {0} ({1}), darum erfährt sein Router von keiner, bis die Regel sagt, welche.",
        ["negative"] = "negativ",
        ["positive"] = "positiv",
        ["missing"] = "fehlt",
        ["unclear"] = "unklar",
    };

    private static Dictionary<string, string> Agents { get; } = new()
    {
        ["Agent {0} gets it."] = "Agent {0} bekommt es.",
        ["It waits: other tickets need those who are free more."] = "Es wartet: Andere Tickets brauchen die, die frei sind, mehr.",
        ["It waits: nobody who may have it is free."] = "Es wartet: Niemand, der es haben darf, ist frei.",
        ["{0} could have it now; worth most: {1}."] = "{0} könnten es jetzt haben; am meisten wert: {1}.",
        ["Not: {0}."] = "Nicht: {0:German;}.",
        ["the helpdesk did not take them for it"] = "Der Helpdesk nahm sie dafür nicht an",
        ["away"] = "abwesend",
        ["full"] = "ausgelastet",
        ["a rule names somebody else"] = "Eine Regel nennt jemand anderen",
        ["not in the group {0}"] = "nicht in der Gruppe {0}",
        ["doesn't write {0}"] = "schreibt kein {0}",
        ["not for the product {0}"] = "nicht für das Produkt {0}",
        ["lacks the skill {0}"] = "hat die Fähigkeit {0} nicht",
        ["has the skill {0} at level {1} and not {2}"] = "hat die Fähigkeit {0} auf Stufe {1} statt {2}",
    };

    /// <summary>What was left as a person wanted it, or as the helpdesk had to have it.</summary>
    private static Dictionary<string, string> Kept { get; } = new()
    {
        ["The tag {0}… was changed by a person and stays as it is."] = "Der Tag {0}… wurde von einem Menschen geändert und bleibt, wie er ist.",
        ["The tag {0} was left out: the helpdesk takes {1} letters."] = "Der Tag {0} wurde weggelassen: Der Helpdesk nimmt {1} Zeichen.",
        ["The tag {0} was taken away by a person and stays away."] = "Der Tag {0} wurde von einem Menschen entfernt und bleibt weg.",
        ["The skill {0} was taken off by a person and stays off."] = "Die Fähigkeit {0} wurde von einem Menschen entfernt und bleibt weg.",
        ["The agent {0} was found; the ticket stays with whom it is."] = "Gefunden wurde der Agent {0}; das Ticket bleibt, bei wem es ist.",
        ["The priority {0} was set by a person and stays; {1} was found."] =
            "Die Priorität {0:German} wurde von einem Menschen gesetzt und bleibt; gefunden wurde {1:German}.",
        ["The helpdesk has no group {0}; {1} gets the ticket, which was in none."] =
            "Der Helpdesk hat keine Gruppe {0}; das Ticket, das in keiner war, bekommt {1}.",
        ["The helpdesk has no group {0}; the ticket stays where it is."] = "Der Helpdesk hat keine Gruppe {0}; das Ticket bleibt, wo es ist.",
        ["An agent has the ticket, so it stays with its group; {0} was found."] =
            "Ein Agent hat das Ticket, darum bleibt es bei seiner Gruppe; gefunden wurde {0}.",
        ["The group {0} was chosen by a person and stays; {1} was found."] =
            "Die Gruppe {0} wurde von einem Menschen gewählt und bleibt; gefunden wurde {1}.",
        ["The group that it is with was chosen by a person and stays; {0} was found."] =
            "Die Gruppe, in der es ist, wurde von einem Menschen gewählt und bleibt; gefunden wurde {0}.",
        ["The field {0} was changed by a person and stays as it is."] =
            "Das Feld {0:German} wurde von einem Menschen geändert und bleibt, wie es ist.",
        ["intent"] = "Anliegen",
        ["sentiment"] = "Stimmung",
        ["language"] = "Sprache",
        ["product"] = "Produkt",
        ["summary"] = "Zusammenfassung",
    };

    private static Dictionary<string, string> Escalation { get; } = new()
    {
        ["At once: {0}."] = "Sofort: {0:German}.",
        ["Nobody has taken it from level {0} in time."] = "Von Stufe {0} hat es niemand rechtzeitig übernommen.",
        ["The target for {0} is missed."] = "Das Ziel für {0:German} ist verfehlt.",
        ["The target for {0} is missed, by {1}."] = "Das Ziel für {0:German} ist nach {1:German} verfehlt.",
        ["{0} of the target for {1} are used up."] = "Das Ziel für {1:German} ist zu {0} verbraucht.",
        ["{0} of the target for {1} are used up, by {2}."] = "Das Ziel für {1:German} ist nach {2:German} zu {0} verbraucht.",
        ["{0} of the target for {1} are used up; it is due at {2} UTC."] =
            "Das Ziel für {1:German} ist zu {0} verbraucht; fällig ist es am {2} UTC.",
        ["{0} of the target for {1} are used up; it is due at {2} UTC, by {3}."] =
            "Das Ziel für {1:German} ist nach {3:German} zu {0} verbraucht; fällig ist es am {2} UTC.",
        ["problem {0}"] = "Problem {0}",
        ["outage"] = "Ausfall",
        ["outage of {0}"] = "Ausfall von {0}",
        ["first reply"] = "die erste Antwort",
        ["next reply"] = "die nächste Antwort",
        ["periodic update"] = "die regelmäßige Nachricht",
        ["requester wait"] = "die Wartezeit des Kunden",
        ["agent work"] = "die Bearbeitung",
        ["resolution"] = "die Lösung",
        ["the helpdesk's own clock"] = "der Uhr des Helpdesks",
        ["the clock kept here"] = "der hier geführten Uhr",
        ["Of {0} like tickets that were open this long ({1} of the target), about {2} were missed."] =
            "Von {0} ähnlichen Tickets, die so lange offen waren ({1} des Ziels), wurden etwa {2} verfehlt.",
        ["Only {0} of the group's {1} agents are at work."] = "Nur {0} der {1} Agenten der Gruppe sind da.",
        ["The group has more open tickets than usual."] = "Die Gruppe hat mehr offene Tickets als sonst.",
    };

    /// <summary>Why a ticket was left out or stands aside.</summary>
    private static Dictionary<string, string> Journey { get; } = new()
    {
        ["Only this service has changed it."] = "Nur dieser Dienst hat es geändert.",
        ["The customer has said nothing new."] = "Der Kunde hat nichts Neues gesagt.",
        ["It was decided after the backup that this database was restored from."] =
            "Es wurde nach der Sicherung entschieden, aus der diese Datenbank wiederhergestellt ist.",
        ["The ticket is being changed by others just now."] = "Das Ticket wird gerade von anderen geändert.",
        ["No helpdesk {0} is configured any more."] = "Ein Helpdesk {0} ist nicht mehr eingerichtet.",
        ["Something unforeseen happened ({0}); the log of this time has the details."] =
            "Etwas Unvorhergesehenes ist geschehen ({0}); Näheres steht im Protokoll dieser Zeit.",
    };
}
