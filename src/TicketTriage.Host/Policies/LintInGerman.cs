namespace TicketTriage.Host.Policies;

/// <summary>What the lints of rules, taxonomies, escalation matrices and style guides find; see <see cref="TicketTriage.Triages.Sentences"/>.</summary>
internal static class LintInGerman
{
    public static IEnumerable<KeyValuePair<string, string>> Texts => [.. Form, .. Rules, .. Taxonomy, .. Matrix, .. Style];

    /// <summary>Before anything is read of what was meant.</summary>
    private static Dictionary<string, string> Form { get; } = new()
    {
        ["Line {0}: {1}"] = "Zeile {0}: {1:German}",
        ["Line {0}, at {1}: {2}"] = "Zeile {0}, bei {1}: {2:German}",
        ["It is empty; an object is expected."] = "Der Text ist leer; erwartet wird ein Objekt in geschweiften Klammern.",
        ["The document is empty."] = "Der Text ist leer.",
        ["There is more after the end of the document."] = "Nach dem Ende des Dokuments steht noch etwas.",
        ["The text has {0} characters and {1} are the most."] = "Der Text hat {0} Zeichen, erlaubt sind {1}.",
        ["The JSON property '{0}' could not be mapped to any .NET member contained in type '{1}'."] = "{0} gibt es hier nicht.",
        ["The JSON value could not be converted to {0}."] = "Der Wert passt nicht zu dem, was hier stehen muss ({0}).",
        ["JSON deserialization for type '{0}' was missing required properties including: {1}."] = "Es fehlt: {1}.",
        ["Duplicate property '{0}' encountered during deserialization of type '{1}'."] = "{0} steht doppelt.",
        ["'{0}' is an invalid start of a value."] = "Mit {0} beginnt kein Wert.",
        ["'{0}' is an invalid start of a property name. Expected a '\"'."] = "Mit {0} beginnt kein Name; Namen stehen in Anführungszeichen.",
        ["'{0}' is invalid after a value. Expected either ',', '}', or ']'."] = "Nach einem Wert steht {0}; erwartet wird ein Komma oder eine Klammer.",
        ["'{0}' is invalid after a property name. Expected a ':'."] = "Nach einem Namen steht {0}; erwartet wird ein Doppelpunkt.",
        ["'{0}' is invalid after a single JSON value. Expected end of data."] = "Nach dem Ende des Dokuments steht noch {0}.",
        ["'{0}' is an invalid JSON literal. Expected the literal '{1}'."] = "{0} ist kein Wert; gemeint ist vielleicht {1}.",
        ["The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options."] =
            "Nach dem letzten Eintrag des Objekts steht ein Komma zu viel.",
        ["The JSON array contains a trailing comma at the end which is not supported in this mode. Change the reader options."] =
            "Nach dem letzten Eintrag der Liste steht ein Komma zu viel.",
        ["Expected start of a property name or value, but instead reached end of data."] =
            "Der Text endet mitten in einem Objekt oder einer Liste.",
        ["Expected end of string, but instead reached end of data."] = "Ein Text hat kein schließendes Anführungszeichen.",
        ["Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed."] =
            "Am Ende fehlt eine schließende Klammer.",
        ["The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true."] =
            "Der Text ist leer.",
        ["A name is missing: others are told of it by its name."] = "Ein Name fehlt: Andere nennen es bei seinem Namen.",
        ["There is {0} already; take another name."] = "{0} gibt es schon; nehmen Sie einen anderen Namen.",
        ["{0}: {1} is no whole number."] = "{0}: {1} ist keine ganze Zahl.",
        ["{0}: {1} is no number of per cent, such as 75."] = "{0}: {1} ist keine Prozentzahl wie 75.",
        ["{0} is no number from 0 to 1, such as 0.7."] = "{0} ist keine Zahl von 0 bis 1, wie 0.7.",
        ["{0} needs a level from 1 to 5, such as {1}:3."] = "{0} braucht eine Stufe von 1 bis 5, wie {1}:3.",
        ["The condition is no JSON: {0}"] = "Die Bedingung ist kein JSON: {0:German}",
    };

    private static Dictionary<string, string> Rules { get; } = new()
    {
        ["These are {0} rules and {1} are the most: put what they have in common into one rule."] =
            "Das sind {0} Regeln, erlaubt sind {1}: Fassen Sie zusammen, was sie gemeinsam haben.",
        ["The rule file"] = "Die Regeldatei",
        ["A rule"] = "Eine Regel",
        ["A condition"] = "Eine Bedingung",
        ["the rule file"] = "der Regeldatei",
        ["a rule"] = "einer Regel",
        ["a condition"] = "einer Bedingung",
        ["There is no {0} in a rule file; known are fallbackGroup, minConfidence and rules."] =
            "{0} gibt es in einer Regeldatei nicht; bekannt sind fallbackGroup, minConfidence und rules.",
        ["FallbackGroup is missing; name the triage group that gets what no rule decides."] =
            "fallbackGroup fehlt; nennen Sie die Gruppe, die bekommt, was keine Regel entscheidet.",
        ["A rule has no {0}; known are name, owner, note, from, until, before, minConfidence, when and then."] =
            "{0} hat eine Regel nicht; bekannt sind name, owner, note, from, until, before, minConfidence, when und then.",
        ["{0} is empty; give at least one condition."] = "{0} ist leer; nennen Sie wenigstens eine Bedingung.",
        ["A condition is all, any or none of others, or a field with one of {0}."] =
            "Eine Bedingung ist all, any oder none mit anderen darin, oder ein Feld (field) mit einem von {0}.",
        ["There is no field {0}; known are {1}."] = "Ein Feld {0} gibt es nicht; bekannt sind {1}.",
        ["There is no operator {0}; known are {1}."] = "Einen Vergleich {0} gibt es nicht; bekannt sind {1}.",
        ["{0} can't be asked with {1}."] = "{0} lässt sich nicht mit {1} vergleichen.",
        ["There is no action {0}; known are group, agent, requireSkills, preferSkills, priorityAtLeast, hold and tags."] =
            "Eine Aktion {0} gibt es nicht; bekannt sind group, agent, requireSkills, preferSkills, priorityAtLeast, hold und tags.",
        ["The skill {0} needs a level from 1 to 5, such as { \"{1}\": 3 }."] =
            "Die Fähigkeit {0} braucht eine Stufe von 1 bis 5, wie { \"{1}\": 3 }.",
        ["{0} is compared with nothing; give at least one value."] = "{0} wird mit nichts verglichen; nennen Sie wenigstens einen Wert.",
        ["{0} is no priority; write low, normal, high or urgent."] = "{0} ist keine Priorität; schreiben Sie low, normal, high oder urgent.",
        ["{0} has to be an object in braces."] = "{0:German} muss ein Objekt in geschweiften Klammern sein.",
        ["{0} stands twice in {1}."] = "{0} steht doppelt in {1:German}.",
        ["{0} has to be a list in brackets."] = "{0} muss eine Liste in eckigen Klammern sein.",
        ["{0} has to be text in quotation marks."] = "{0} muss ein Text in Anführungszeichen sein.",
        ["{0} has to be true or false."] = "{0} muss true oder false sein.",
        ["{0} has to be a number from 0 to 1."] = "{0} muss eine Zahl von 0 bis 1 sein.",
        ["{0} has to be low, normal, high or urgent."] = "{0} muss low, normal, high oder urgent sein.",
        ["{0} has to be a day such as 2026-12-31."] = "{0} muss ein Tag wie 2026-12-31 sein.",
        ["The helpdesk has no group {0}, which fallbackGroup names."] = "Der Helpdesk hat keine Gruppe {0}, die fallbackGroup nennt.",
        ["There are {0} rules with the name {1}; give each its own."] = "{0} Regeln heißen {1}; geben Sie jeder einen eigenen Namen.",
        ["Rules stand before each other in a circle: {0}."] = "Regeln stehen im Kreis voreinander (before = vor): {0}.",
        ["A rule has no name; reasons call it by that."] = "Eine Regel hat keinen Namen; Begründungen nennen sie danach.",
        ["Rule “{0}” does nothing; give it a group, skills, a priority, tags, an agent or hold in then."] =
            "Regel „{0}“ tut nichts; geben Sie ihr in then eine Gruppe, Fähigkeiten, eine Priorität, Tags, einen Agenten oder hold.",
        ["Rule “{0}” has no condition and would take every ticket; name the group in fallbackGroup instead."] =
            "Regel „{0}“ hat keine Bedingung und nähme jedes Ticket; nennen Sie die Gruppe stattdessen in fallbackGroup.",
        ["Rule “{0}” can never fire: it ends on {1} and begins on {2}."] = "Regel „{0}“ greift nie: Sie endet am {1} und beginnt am {2}.",
        ["Rule “{0}” can never fire any more: it ended on {1}."] = "Regel „{0}“ greift nie mehr: Sie endete am {1}.",
        ["Rule “{0}” can never fire: its conditions contradict each other."] =
            "Regel „{0}“ greift nie: Ihre Bedingungen widersprechen einander.",
        ["Rule “{0}” contradicts rule “{1}”: both take the same tickets, one to {2} and one to {3}; the upper one wins."] =
            "Regel „{0}“ widerspricht Regel „{1}“: Beide nehmen dieselben Tickets, eine an {2}, eine an {3}; die obere gewinnt.",
        ["Rule “{0}” is shadowed: rule “{1}” above it takes every ticket that it would take."] =
            "Regel „{0}“ ist verdeckt: Regel „{1}“ darüber nimmt jedes Ticket, das sie nähme.",
        ["Rule “{0}” stands before {1}, and there is no such rule."] = "Regel „{0}“ steht vor {1}, und eine solche Regel gibt es nicht.",
        ["Rule “{0}” names the group {1}, which the helpdesk does not have."] = "Regel „{0}“ nennt die Gruppe {1}, die der Helpdesk nicht hat.",
        ["Rule “{0}” names the agent {1}, who is not on the roster (any more)."] =
            "Regel „{0}“ nennt den Agenten {1}, der nicht (mehr) im Team steht.",
        ["Rule “{0}” names the skill {1}, which nobody on the roster has."] = "Regel „{0}“ nennt die Fähigkeit {1}, die niemand im Team hat.",
        ["Rule “{0}” can be given to nobody: {1}. Its tickets would wait for ever."] =
            "Was Regel „{0}“ nimmt, darf niemand bekommen: {1:German}. Diese Tickets würden für immer warten.",
        ["agent {0} is {1}"] = "Agent {0} ist {1:German}",
        ["agent {0} {1}"] = "Agent {0} {1:German}",
        ["no agent of the group {0} has {1}"] = "Kein Agent der Gruppe {0} hat {1:German}",
        ["no agent of the group {0} has {1} at level {2} and {3}"] = "Kein Agent der Gruppe {0} hat {1} auf Stufe {2} und {3:German}",
        ["no agent has {0} at level {1} and {2}"] = "Kein Agent hat {0} auf Stufe {1} und {2:German}",
        ["no agent has {0}"] = "Kein Agent hat {0:German}",
        ["{0} at level {1} and {2}"] = "{0} auf Stufe {1} und {2:German}",
        ["{0} at level {1}"] = "{0} auf Stufe {1}",
        ["Rule “{0}”: {1} is no intent; write billing/refund, or billing/* for the branch."] =
            "Regel „{0}“: {1} ist kein Anliegen; schreiben Sie billing/refund, oder billing/* für den ganzen Zweig.",
        ["Rule “{0}”: the taxonomy has no intent {1}."] = "Regel „{0}“: Die Taxonomie hat kein Anliegen {1}.",
        ["Rule “{0}”: the taxonomy has no product {1}."] = "Regel „{0}“: Die Taxonomie hat kein Produkt {1}.",
        ["Rule “{0}”: there is no sentiment {1}; known are {2}."] = "Regel „{0}“: Eine Stimmung {1} gibt es nicht; bekannt sind {2}.",
        ["Rule “{0}”: there is no signal {1}; known are {2}."] = "Regel „{0}“: Ein Signal {1} gibt es nicht; bekannt sind {2}.",
        ["Rule “{0}”: {1} is no language; write two small letters, such as de."] =
            "Regel „{0}“: {1} ist keine Sprache; schreiben Sie zwei kleine Buchstaben, wie de.",
    };

    private static Dictionary<string, string> Taxonomy { get; } = new()
    {
        ["The taxonomy has fewer than two intents, so there is nothing to choose between."] =
            "Die Taxonomie hat weniger als zwei Anliegen, also nichts zu wählen.",
        ["There are {0} of intent {1}."] = "Das Anliegen {1} gibt es {0}-mal.",
        ["There are {0} of product {1}."] = "Das Produkt {1} gibt es {0}-mal.",
        ["There are {0} of field {1}."] = "Das Feld {1} gibt es {0}-mal.",
        ["There are {0} of the need of Intent {1}: {2}."] = "Das Anliegen {1} nennt das Feld {2} {0}-mal.",
        ["Product {0} has no words that speak for it."] = "Das Produkt {0} hat keine Wörter, die dafür sprechen.",
        ["Intent {0} needs a name of two levels in lower case, such as billing/refund."] =
            "Das Anliegen {0} braucht einen Namen aus zwei Stufen in Kleinbuchstaben, wie billing/refund.",
        ["Intent {0} needs a skill in lower case, such as billing."] =
            "Das Anliegen {0} braucht eine Fähigkeit in Kleinbuchstaben, wie billing.",
        ["Intent {0}, title"] = "Das Anliegen {0}, Bezeichnung",
        ["Intent {0}, description"] = "Das Anliegen {0}, Beschreibung",
        ["Intent {0}, reply"] = "Das Anliegen {0}, Antwort",
        ["Intent {0}, reply in {1},"] = "Die Antwort auf {1} zum Anliegen {0}",
        ["Field {0}, title"] = "Das Feld {0}, Bezeichnung",
        ["{0} is missing in {1}."] = "{0:German}: Die Sprache {1} fehlt.",
        ["Intent {0} has no examples in {1}."] = "Das Anliegen {0} hat keine Beispiele in der Sprache {1}.",
        ["Intent {0} has an empty example in {1}."] = "Das Anliegen {0} hat ein leeres Beispiel in der Sprache {1}.",
        ["Intent {0} needs the field {1}, which the taxonomy does not have."] =
            "Das Anliegen {0} braucht das Feld {1}, das die Taxonomie nicht hat.",
        ["{0} has the placeholder {1}; known are {2}, {3} and {4}NAME}."] =
            "{0:German} hat den Platzhalter {1}; bekannt sind {2}, {3} und {4}NAME}.",
        ["{0} has the placeholder {1}; only fields that the intent needs are read from tickets."] =
            "{0:German} hat den Platzhalter {1}; nur Felder, die das Anliegen braucht, werden aus Tickets gelesen.",
        ["{0} lacks {1}, although the intent needs fields."] = "{0:German} hat kein {1}, obwohl das Anliegen Felder braucht.",
        ["Field {0} has a pattern that finds itself even in an empty text."] =
            "Das Muster des Feldes {0} findet sich sogar in einem leeren Text.",
        ["Field {0} has a pattern that can't be used: {1}"] = "Das Muster des Feldes {0} ist nicht zu gebrauchen: {1}",
    };

    private static Dictionary<string, string> Matrix { get; } = new()
    {
        ["fallback is {0}, who is not among people; without one a gap in a roster would be silence."] =
            "fallback ist {0}, was unter people fehlt; ohne diesen Menschen bliebe es bei einer Lücke im Dienstplan still.",
        ["The last row has to fit every ticket: give it no intents, priorities or segments, or add such a row."] =
            "Die letzte Zeile muss auf jedes Ticket passen: Geben Sie ihr keine Anliegen, Prioritäten oder Kundensegmente, oder fügen Sie "
            + "eine solche Zeile an.",
        ["There are {0} rows with the name {1}."] = "{0} Zeilen heißen {1}.",
        ["coolDownMinutes is {0}; it has to lie between 1 and 1440."] = "coolDownMinutes ist {0}; es muss zwischen 1 und 1440 liegen.",
        ["mostMessages is {0}; it has to lie between 1 and 5 within 15 minutes."] =
            "mostMessages ist {0}; es muss zwischen 1 und 5 in 15 Minuten liegen.",
        ["remindCustomerAfterHours is {0}; it has to lie between 1 and {1}, or be left out."] =
            "remindCustomerAfterHours ist {0}; es muss zwischen 1 und {1} liegen oder fehlen.",
        ["No person can be called {0}: it stands for the ticket's own."] = "Niemand kann {0} heißen: Das steht für das, was das Ticket selbst hat.",
        ["Roster {0} has the name of a person; give it another."] =
            "Der Dienstplan {0} heißt wie ein Mensch; geben Sie ihm einen anderen Namen.",
        ["Roster {0} names {1}, who is not among people."] = "Der Dienstplan {0} nennt {1}, was unter people fehlt.",
        ["Roster {0}: {1} is no weekday; write monday to sunday."] = "Dienstplan {0}: {1} ist kein Wochentag; schreiben Sie monday bis sunday.",
        ["Roster {0}: the swap of {1} ends at {2}, before it begins."] = "Dienstplan {0}: Der Tausch von {1} endet um {2}, bevor er beginnt.",
        ["Row {0}: {1} is no intent; write billing/refund, or billing/* for the branch."] =
            "Zeile {0}: {1} ist kein Anliegen; schreiben Sie billing/refund, oder billing/* für den ganzen Zweig.",
        ["Row {0} has no level, so its tickets would never be escalated."] = "Zeile {0} hat keine Stufe, ihre Tickets würden also nie eskaliert.",
        ["Row {0}, level {1}"] = "Zeile {0}, Stufe {1}",
        ["Roster {0}"] = "Dienstplan {0}",
        ["Person {0}"] = "Mensch {0}",
        ["At once, {0}"] = "Sofort, {0}",
        ["{0} has nobody in who, so nobody would hear of it."] = "{0:German} hat in who niemanden, also hörte niemand davon.",
        ["{0}: {1} is neither a person nor a roster, nor assignee or group."] =
            "{0:German}: {1} ist weder ein Mensch noch ein Dienstplan, auch nicht assignee oder group.",
        ["{0} names no way in by; write Note, Mail, Chat or Webhook."] =
            "{0:German} nennt in by keinen Weg; schreiben Sie Note, Mail, Chat oder Webhook.",
        ["{0}: acknowledgeMinutes is {1}; it has to lie between 1 and {2}."] =
            "{0:German}: acknowledgeMinutes ist {1}; es muss zwischen 1 und {2} liegen.",
        ["{0}: atShare is {1}; it has to lie between 0 and 10 and not below that of the level before."] =
            "{0:German}: atShare ist {1}; es muss zwischen 0 und 10 liegen und nicht unter dem der Stufe davor.",
        ["{0}: atRisk is {1}; it has to lie between 0 and 1."] = "{0:German}: atRisk ist {1}; es muss zwischen 0 und 1 liegen.",
        ["{0}: raiseTo has to be Low, Normal, High or Urgent."] = "{0:German}: raiseTo muss Low, Normal, High oder Urgent sein.",
        ["{0}: there is no signal {1}; known are {2}."] = "{0:German}: Ein Signal {1} gibt es nicht; bekannt sind {2}.",
        ["{0} has no condition; give it a signal, a segment or words."] =
            "{0:German} hat keine Bedingung; nennen Sie ein Signal, ein Kundensegment oder Wörter.",
        ["{0} has an empty word, which would fit every message."] = "{0:German} hat ein leeres Wort, das auf jede Nachricht passen würde.",
        ["{0} begins at level {1}; every row has levels 1 to {2}."] = "{0:German} beginnt bei Stufe {1}; jede Zeile hat die Stufen 1 bis {2}.",
        ["{0}: there is no time zone {1}; write a name such as Europe/Berlin."] =
            "{0:German}: Eine Zeitzone {1} gibt es nicht; schreiben Sie einen Namen wie Europe/Berlin.",
        ["{0}: {1} is no window such as 09:00-17:00."] = "{0:German}: {1} ist kein Zeitfenster wie 09:00-17:00.",
        ["{0}: a window opens at minute {1}; expected 0 to {2}."] =
            "{0:German}: Ein Zeitfenster beginnt bei Minute {1}; erwartet wird 0 bis {2}.",
        ["{0}: a window closes at minute {1}; expected 1 to {2}."] =
            "{0:German}: Ein Zeitfenster endet bei Minute {1}; erwartet wird 1 bis {2}.",
        ["{0}: a window opens and closes at minute {1}, which may mean a whole day or none; write [0, {2}] or leave it out."] =
            "{0:German}: Ein Zeitfenster beginnt und endet bei Minute {1}, das kann ein ganzer Tag sein oder keiner; schreiben Sie [0, {2}] "
            + "oder lassen Sie es weg.",
    };

    private static Dictionary<string, string> Style { get; } = new()
    {
        ["The language {0} is missing: every style guide has German and English."] =
            "Die Sprache {0} fehlt: Alle Stilvorgaben haben Deutsch und Englisch.",
        ["mostWords is {0}: it must lie between 20 and 1000."] = "mostWords ist {0}: Es muss zwischen 20 und 1000 liegen.",
        ["Forbidden promise {0}"] = "Verbotenes Versprechen {0}",
        ["Snippet {0}"] = "Wörtlicher Text {0}",
        ["Forbidden promise {0} needs phrases or kinds, none of them empty."] =
            "Das verbotene Versprechen {0} braucht Wendungen (phrases) oder Arten (kinds), keine davon leer.",
        ["Forbidden promise {0} names the kind {1}; known are {2}."] =
            "Das verbotene Versprechen {0} nennt die Art {1}; bekannt sind {2}.",
        ["Snippet {0} needs a text in one language at least, and none that is empty."] =
            "Der wörtliche Text {0} braucht wenigstens eine Sprache, und keine darf leer sein.",
        ["Glossary term \"{0}\" is empty, or has an empty translation."] = "Der Begriff „{0}“ ist leer oder hat eine leere Übersetzung.",
        ["There are {0} of forbidden promise {1}."] = "Das verbotene Versprechen {1} gibt es {0}-mal.",
        ["There are {0} of snippet {1}."] = "Den wörtlichen Text {1} gibt es {0}-mal.",
        ["There are {0} of glossary term {1}."] = "Den Begriff {1} gibt es {0}-mal.",
        ["Language {0} is no language: two letters such as de are expected."] =
            "{0} ist keine Sprache: Erwartet werden zwei Buchstaben wie de.",
        ["Language {0}, {1}: it is empty."] = "Sprache {0}, {1}: Der Text ist leer.",
        ["Language {0}, {1}: {2} can't stand here."] = "Sprache {0}, {1}: {2} darf hier nicht stehen.",
        ["Language {0}, {1}: \"{2}\" is not the form of address that the guide asks for."] =
            "Sprache {0}, {1}: „{2}“ ist nicht die Anrede, die vorgegeben ist.",
        ["Language {0}, {1}: \"{2}\" is a forbidden promise ({3})."] = "Sprache {0}, {1}: „{2}“ ist ein verbotenes Versprechen ({3}).",
        ["{0} names the intent {1}: billing/refund or billing/* is expected."] =
            "{0:German} nennt das Anliegen {1}: Erwartet wird billing/refund oder billing/*.",
    };
}
