using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Tells sentences that only thank, regret or ask from those that state something, and so need a source.</summary>
internal static partial class Courtesy
{
    private const int MostWords = 24;
    private const int MostOfAddition = 3;

    /// <summary>Words of a kind sentence that are neither kind themselves nor the customer's; with more it tells news.</summary>
    private const int MostUnknown = 2;

    /// <param name="text">One sentence or several: each has to be kind.</param>
    /// <param name="said">What the customer wrote, and may be told back.</param>
    public static bool Is(string text, string said)
    {
        var known = Clause.WordsOf(said);
        return SearchWords.Of(text).Count() <= MostWords
            && Clause.SentencesOf(text).All(sentence => IsQuestion(sentence, known) || IsKind(sentence, known));
    }

    /// <summary>A question by which the customer is to hand over a number, a date, a file or the like; with a "please" alone it is none.</summary>
    public static bool AsksForData(string text) => Clause.SentencesOf(text).Any(sentence =>
        sentence.TrimEnd().EndsWith('?') && SearchWords.Folded(sentence) is var folded && (HandsOver().IsMatch(folded) || NamesData().IsMatch(folded)));

    private static bool IsKind(string sentence, HashSet<string> known)
    {
        var clauses = Parts().Split(sentence).Select(SearchWords.Folded).Where(clause => clause.Length > 0).ToList();
        return clauses.Exists(clause => Kind().IsMatch(clause))
            && clauses.TrueForAll(clause => Kind().IsMatch(clause) || IsAddition(clause) || IsOnCustomer(clause, known))
            && Clause.WordsOf(sentence).Count(word => !IsOfCourse(word) && !known.Contains(word)) <= MostUnknown;
    }

    private static bool IsOfCourse(string word) => Kind().IsMatch(word) || Topic().IsMatch(word);

    // "..., and the photos", "..., dear Ms Miller": too short to state anything.
    private static bool IsAddition(string clause) => clause.Split(' ').Length <= MostOfAddition && !Verb().IsMatch(clause);

    /// <summary>What happened to the customer: it begins with them, or tells back what they wrote.</summary>
    private static bool IsOnCustomer(string clause, HashSet<string> known) =>
        Subordinate().Match(clause) is { Success: true } begin && !Team().IsMatch(clause)
        && (begin.Groups["who"].Success || new Clause(clause, clause).Shared(known) > 0);

    private static bool IsQuestion(string sentence, HashSet<string> known)
    {
        if (!sentence.TrimEnd().EndsWith('?'))
        {
            return false;
        }

        var clauses = Parts().Split(sentence).Select(SearchWords.Folded).Where(clause => clause.Length > 0).ToList();
        var asks = clauses.FindIndex(clause => Asks().IsMatch(clause));

        // "Did you know that ..." tells, and "..., ok?" after a statement too.
        return asks >= 0 && !Presumes().IsMatch(SearchWords.Folded(sentence))
            && clauses.Take(asks).All(clause =>
                Purpose().IsMatch(clause) || Kind().IsMatch(clause) || IsAddition(clause) || IsOnCustomer(clause, known));
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"[,;:–—]\s?|\s-\s|\s(?=(?:and|und|but|aber|because|weil|denn|sondern|as|since|that|dass)\s)",
        RegexOptions.IgnoreCase | Options,
        1000)]
    private static partial Regex Parts();

    [GeneratedRegex(
        @"\b(?:\w*dank|leid(?:er)?\b|entschuld|verstaend|versteh|bedau|freu|geduld|unannehm|aerger|thank|sorry|apolog|understand"
            + @"|appreciat|glad\b|happy\b|regret|inconven|patien"
            + @"|gern)",
        Options,
        1000)]
    private static partial Regex Kind();

    /// <summary>What thanks and regrets are about.</summary>
    [GeneratedRegex(
        @"^(?:mess|mail|email|order|request|question|inquir|enquir|descri|prob|issue|trouble|feedback|photo|pictur|detail|wait|contact"
            + @"|writ|ask|reach|help|situation|happen|experien|annoy"
            + @"|frustrat|nachricht|anfrag|bestell|frag|hinweis|rueckmeld|foto|bild|vertrau|interess|schilder|beschreib|umst|wart"
            + @"|schreib|geschrieb|kontakt|meld|helf|hilf|weiter|passier|erfahr"
            + @"|aergerlich|unangenehm|mueh|offen|wirklich|really|very|time|zeit|tut|lead|dear|liebe|sehr|much|viel|lange?)",
        Options,
        1000)]
    private static partial Regex Topic();

    [GeneratedRegex(
        @"^(?:that|dass) (?<who>you|your|they|it|this|things|there|something|sie|ihr\w*|es|das|dies|ihnen|du|dein\w*|dir|so|etwas)?\b",
        Options,
        1000)]
    private static partial Regex Subordinate();

    [GeneratedRegex(
        @"\b(?:we|our|us|i|wir|uns|unser\w*|ich|you (?:can|may|will|get|have to|must)"
            + @"|sie (?:koennen|duerfen|muessen|bekommen|erhalten))\b",
        Options,
        1000)]
    private static partial Regex Team();

    [GeneratedRegex(
        @"\b(?:is|are|was|were|has|have|had|will|can|may|must|gets?|costs?|takes?|keeps?|arrives?|comes?|goes|ist|sind|war|hat|haben"
            + @"|wird|werden|kann|koennen|darf|kommt|kostet|dauert|gibt|geht|gilt|bleibt)\b",
        Options,
        1000)]
    private static partial Regex Verb();

    [GeneratedRegex(
        @"^(?:(?:and|und|or|oder|please|bitte|also) )?(?:could|can|would|will|have|has|do|did|does|is|are|was|were|may|which|what|when"
            + @"|where|how|who|why|koennten|koennen|wuerden|werden|haben|hat"
            + @"|ist|sind|war|waren|duerfen|darf|moechten|welche\w*|was|wann|wo|wie|wer|warum|woher|seit wann|moegen|geben|nennen|senden"
            + @"|schicken|koenntest|kannst|hast|magst|geht|liegt|funktioniert)\b",
        Options,
        1000)]
    private static partial Regex Asks();

    [GeneratedRegex(
        @"\b(?:(?:could|can|would|will|may) (?:you|we|i) (?:please |kindly |also |just |perhaps )*(?:tell|send|give|provide|share|name|confirm"
            + @"|let (?:us|me) (?:know|have)|get|have|attach|forward|upload|state|specify)"
            + @"|(?:koenn\w*|kannst|wuerde\w*|moecht\w*|duerf\w*) (?:sie|du|ihr|wir|ich)\b.* (?:nennen|sagen|mitteilen|schicken|senden|geben|angeben"
            + @"|bestaetigen|zusenden|zuschicken|uebermitteln|anhaengen|hochladen|verraten|wissen|erfahren|haben))\b",
        Options,
        1000)]
    private static partial Regex HandsOver();

    /// <summary>"What is your customer number?", and not "what is the light doing?".</summary>
    [GeneratedRegex(
        @"\b(?:what|which) (?:\w+ )?(?:is|are|was|were) (?:your|the)(?: \w+){0,3} (?:number|code|id|name|address|email|mail|date|model|version|iban|account)\b"
            + @"|\b(?:wie (?:lautet|lauten|heisst|ist)|welche\w*|was ist) (?:\w+ ){0,3}\w*(?:nummer|code|kennung|name|adresse|mail|datum|modell|version|iban|konto)\b",
        Options,
        1000)]
    private static partial Regex NamesData();

    [GeneratedRegex(@"\b(?:know|knew|aware|wussten|wissen|weisst|wusstest|bekannt|heard|gehoert)\b", Options, 1000)]
    private static partial Regex Presumes();

    [GeneratedRegex(@"^(?:um|damit|so that|in order|to|falls|wenn|if|zu)\b", Options, 1000)]
    private static partial Regex Purpose();
}
