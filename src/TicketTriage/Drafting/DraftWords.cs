namespace TicketTriage.Drafting;

/// <summary>What an agent is told about a draft, in the team's language.</summary>
public sealed class DraftWords
{
    private static readonly DraftWords English = new(isGerman: false);
    private static readonly DraftWords German = new(isGerman: true);

    private readonly bool isGerman;

    private DraftWords(bool isGerman) => this.isGerman = isGerman;

    /// <param name="teamLanguage"><c>de</c>; any other is answered in English.</param>
    public static DraftWords Of(string teamLanguage) => teamLanguage == "de" ? German : English;

    public string Removed(RemovedSentence removed)
    {
        var what = string.Join(", ", removed.Unsupported.Select(fact => fact.Wording).Distinct());
        return (removed.Reason, isGerman) switch
        {
            (RemovalReason.Unsupported, true) => $"Herausgenommen, weil {what} in keiner Quelle steht: {removed.Text}",
            (RemovalReason.Unsupported, false) => $"Taken out because no source has {what}: {removed.Text}",
            (RemovalReason.NoSuchSource, true) => $"Herausgenommen, weil es die Quelle {what} nicht gibt: {removed.Text}",
            (RemovalReason.NoSuchSource, false) => $"Taken out because there is no source {what}: {removed.Text}",
            (RemovalReason.SourceGone, true) => $"Herausgenommen, weil der Artikel inzwischen gelöscht oder geändert ist: {removed.Text}",
            (RemovalReason.SourceGone, false) => $"Taken out because its article was deleted or changed meanwhile: {removed.Text}",
            (RemovalReason.WithoutSource, true) => $"Herausgenommen, weil keine Quelle genannt ist: {removed.Text}",
            (RemovalReason.WithoutSource, false) => $"Taken out because it names no source: {removed.Text}",
            (RemovalReason.AgainstStyle, true) => $"Herausgenommen, weil der Leitfaden {what} nicht erlaubt: {removed.Text}",
            (RemovalReason.AgainstStyle, false) => $"Taken out because the style guide does not allow {what}: {removed.Text}",
            (RemovalReason.NotOfPolicy, true) => $"Herausgenommen, weil {what} nur in einer Richtlinie zugesagt werden darf: {removed.Text}",
            (RemovalReason.NotOfPolicy, false) => $"Taken out because only a policy may promise {what}: {removed.Text}",
            (RemovalReason.AsksForData, true) => $"Herausgenommen, weil nur nach dem gefragt wird, was das Anliegen braucht und noch fehlt: {removed.Text}",
            (RemovalReason.AsksForData, false) => $"Taken out because only what the intent needs and the ticket lacks is asked for: {removed.Text}",
        };
    }

    /// <param name="sentence">A question that no source asks.</param>
    public string AskedByModel(string sentence) => isGerman
        ? $"Das fragt das Modell von sich aus; streichen, wenn Sie es nicht brauchen: {sentence}"
        : $"The model asks this of its own accord; leave it out unless you need it: {sentence}";

    public string Doubtful(string sentence) => isGerman
        ? $"Mit der Quelle vergleichen, sie sagt es in anderen Worten: {sentence}"
        : $"Compare with the source, which uses other words: {sentence}";

    /// <param name="sentence">All that a model wrote in a template.</param>
    public string OfModel(string sentence) => isGerman ? $"Vom Modell ist dieser Satz: {sentence}" : $"The model wrote this sentence: {sentence}";

    public string Unanswered => isGerman
        ? "Das Modell findet in den gefundenen Artikeln keine Antwort."
        : "The model finds no answer in the articles that were found.";

    /// <param name="isGreeted">The style guide greets and closes in this language.</param>
    public string ForeignLanguage(string language, bool isGreeted) => (isGreeted, isGerman) switch
    {
        (true, true) => $"Genau lesen: Zusagen in der Sprache {language} kann niemand hier prüfen.",
        (true, false) => $"Read it closely: promises in the language {language} can't be checked here.",
        (false, true) => $"Genau lesen: Zusagen in der Sprache {language} kann niemand hier prüfen, und Anrede und Gruß sind englisch.",
        (false, false) => $"Read it closely: promises in the language {language} can't be checked here, and greeting and closing are English.",
    };

    public string OtherLanguage(string customers, string draft) => isGerman
        ? $"Der Kunde schreibt in der Sprache {customers}, die Vorlage gibt es darin nicht: Der Text ist auf {draft}. Bitte übersetzen."
        : $"The customer writes in the language {customers}, which the template does not have: the text is in {draft}. Please translate it.";

    public string Contradiction(Contradiction conflict)
    {
        var (one, other) = (conflict.InOne.Wording, conflict.InOther.Wording);
        return isGerman
            ? $"Kein Entwurf: „{conflict.One.Title}“ nennt {one}, „{conflict.Other.Title}“ nennt {other}. Bitte klären, was gilt."
            : $"No draft: \"{conflict.One.Title}\" says {one}, \"{conflict.Other.Title}\" says {other}. Please settle which holds.";
    }

    /// <param name="wording">By which the article gives the promise.</param>
    public string Forbidden(string article, string wording, string promise) => isGerman
        ? $"Kein Entwurf: „{article}“ sagt „{wording}“ zu, der Leitfaden verbietet es ({promise}). Bitte selbst entscheiden."
        : $"No draft: \"{article}\" promises \"{wording}\", which the style guide forbids ({promise}). Please decide yourself.";

    public string ForbiddenInTemplate(string wording, string promise) => isGerman
        ? $"Kein Entwurf: Die Vorlage sagt „{wording}“ zu, der Leitfaden verbietet es ({promise}). Bitte selbst entscheiden und die Vorlage berichtigen lassen."
        : $"No draft: the template promises \"{wording}\", which the style guide forbids ({promise}). Please decide yourself, and have the template corrected.";

    /// <param name="snippet">The name of the text that stands verbatim.</param>
    public string AgainstSnippet(string article, string inArticle, string snippet, string inSnippet) => isGerman
        ? $"Kein Entwurf: „{article}“ nennt {inArticle}, der feste Text {snippet} nennt {inSnippet}. Bitte klären, was gilt."
        : $"No draft: \"{article}\" says {inArticle}, the fixed text {snippet} says {inSnippet}. Please settle which holds.";

    public string WrongAddress(IReadOnlyList<string> words) => isGerman
        ? $"Anrede prüfen: {string.Join(", ", words)} passt nicht zum Leitfaden."
        : $"Check the form of address: {string.Join(", ", words)} does not fit the style guide.";

    public string TooLong(int words, int most) => isGerman
        ? $"Kürzen: {words} Wörter, der Leitfaden erlaubt {most}."
        : $"Shorten it: {words} words, the style guide allows {most}.";

    public string PutBack(IReadOnlyList<string> terms) => isGerman
        ? $"Übersetzte Namen zurückgesetzt: {string.Join(", ", terms)}."
        : $"Translated names put back: {string.Join(", ", terms)}.";

    public string SnippetMissing(string snippet, string language) => isGerman
        ? $"Der feste Text {snippet} gehört dazu, ist aber nicht auf {language} da."
        : $"The fixed text {snippet} belongs here, but is not there in {language}.";

    public string Author(bool isFromCustomer, bool isPublic) => (isFromCustomer, isPublic, isGerman) switch
    {
        (true, _, true) => "Kunde",
        (true, _, false) => "customer",
        (false, true, true) => "Agent",
        (false, true, false) => "agent",
        (false, false, true) => "interne Notiz",
        (false, false, false) => "internal note",
    };

    public string Answered(int times) => (times, isGerman) switch
    {
        (1, true) => "Ein Agent hat schon geantwortet.",
        (1, false) => "An agent has answered once.",
        (_, true) => $"Agenten haben schon {times} Mal geantwortet.",
        (_, false) => $"Agents have answered {times} times.",
    };

    public string Searched(int found) => (found, isGerman) switch
    {
        (0, true) => "Im Wissen des Teams steht dazu nichts.",
        (0, false) => "The team's knowledge says nothing of it.",
        (1, true) => "Im Wissen des Teams gefunden: eine Stelle.",
        (1, false) => "Found in the team's knowledge: one passage.",
        (_, true) => $"Im Wissen des Teams gefunden: {found} Stellen.",
        (_, false) => $"Found in the team's knowledge: {found} passages.",
    };

    public string Because(HandOverReason reason) => (reason, isGerman) switch
    {
        (HandOverReason.AsksForPerson, true) => "Der Kunde möchte mit einer Person sprechen.",
        (HandOverReason.AsksForPerson, false) => "The customer asks for a person.",
        (HandOverReason.Suspicion, true) => "Das Ticket gibt der Software Anweisungen.",
        (HandOverReason.Suspicion, false) => "The ticket gives orders to software.",
        (HandOverReason.HighStakes, true) => "Es geht um Recht, Betrug oder die Sicherheit eines Kontos.",
        (HandOverReason.HighStakes, false) => "It is about law, fraud or the security of an account.",
        (HandOverReason.Frustration, true) => "Der Kunde verliert die Geduld.",
        (HandOverReason.Frustration, false) => "The customer is losing patience.",
        (HandOverReason.PolicyConflict, true) => "Die Vorgaben widersprechen sich.",
        (HandOverReason.PolicyConflict, false) => "The policies contradict each other.",
        (HandOverReason.Unsure, true) => "Es ist unklar, was der Kunde möchte.",
        (HandOverReason.Unsure, false) => "It is not clear what the customer wants.",
        (HandOverReason.MissingKnowledge, true) => "Das Wissen des Teams beantwortet es nicht.",
        (HandOverReason.MissingKnowledge, false) => "The team's knowledge does not answer it.",
    };

    public string StepFor(HandOverReason reason) => (reason, isGerman) switch
    {
        (HandOverReason.AsksForPerson, true) => "Selbst antworten oder anrufen, und dabei bleiben.",
        (HandOverReason.AsksForPerson, false) => "Answer or call in person, and stay with it.",
        (HandOverReason.Suspicion, true) => "Das Ticket selbst lesen, bevor etwas geschieht.",
        (HandOverReason.Suspicion, false) => "Read the ticket yourself before anything is done.",
        (HandOverReason.HighStakes, true) => "Nichts zusagen, bevor die zuständige Stelle gesprochen hat.",
        (HandOverReason.HighStakes, false) => "Promise nothing before whoever is responsible has spoken.",
        (HandOverReason.Frustration, true) => "Zuerst das Geschehene anerkennen, dann sagen, was jetzt passiert.",
        (HandOverReason.Frustration, false) => "Acknowledge what happened first, then say what happens now.",
        (HandOverReason.PolicyConflict, true) => "Klären, was gilt, und den Artikel berichtigen lassen.",
        (HandOverReason.PolicyConflict, false) => "Settle what holds, and have the article corrected.",
        (HandOverReason.Unsure, true) => "Nachfragen, was gebraucht wird.",
        (HandOverReason.Unsure, false) => "Ask what is needed.",
        (HandOverReason.MissingKnowledge, true) => "Jemanden fragen, der es weiß, und die Antwort als Artikel festhalten.",
        (HandOverReason.MissingKnowledge, false) => "Ask somebody who knows, and keep the answer as an article.",
    };
}
