using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>
/// Holds a draft against what it may rest on: each amount, date, deadline, link, contact, name and promise has to stand in the passage
/// that the sentence cites. What the customer wrote may be repeated, but nothing can be promised on the customer's word.
/// </summary>
public static class FactCheck
{
    /// <summary>The least share of a sentence's words that its passage or the ticket has; with less the agent looks at it.</summary>
    private const double LeastShared = 0.25;

    private const int LettersOfStem = 5;

    /// <param name="sentence">One sentence of a draft.</param>
    /// <param name="sources">The passages that it cites; empty where it cites none.</param>
    /// <param name="said">What the customer wrote.</param>
    /// <param name="language">ISO 639-1 of the sentence.</param>
    /// <returns>What nothing supports; empty where the sentence may stand.</returns>
    public static IReadOnlyList<Fact> FindUnsupported(string sentence, IReadOnlyList<Passage> sources, string said, string language)
    {
        var sourceText = string.Join('\n', sources.Select(source => $"{source.Title}\n{source.Heading}\n{source.Text}\n{source.Address}"));
        var stated = Facts.In(sourceText);
        var repeated = Facts.In(said);
        var promised = Promises.In(sourceText).Select(fact => fact.Value).ToHashSet(StringComparer.Ordinal);
        var words = SearchWords.Of(sourceText).Concat(SearchWords.Of(said)).ToHashSet(StringComparer.Ordinal);
        var facts = Facts.In(sentence, out var rest);
        return
        [
            .. facts.Where(fact => !Supports(stated, fact) && !(MayBeRepeated(fact) && Supports(repeated, fact))),
            .. Promises.In(sentence).Where(fact => !promised.Contains(fact.Value)),
            .. NamesInText.In(rest, language).Where(fact => !IsKnown(fact.Value, words)),
        ];
    }

    /// <summary>
    /// True where a sentence says hardly a word of what it cites: a claim without amounts or names can be made up too. Words of two
    /// languages can't be compared, so a translation is never far.
    /// </summary>
    public static bool IsFarFrom(string sentence, Passage source, string said, string language)
    {
        var words = StemsOf(sentence).ToList();
        if (source.Language != language || words.Count == 0)
        {
            return false;
        }

        var known = StemsOf($"{source.Title} {source.Heading} {source.Text} {said}").ToHashSet(StringComparer.Ordinal);
        return words.Count(known.Contains) < LeastShared * words.Count;
    }

    private static IEnumerable<string> StemsOf(string text) =>
        SearchWords.Of(text).Where(word => word.Length >= LettersOfStem).Select(word => word[..LettersOfStem]);

    // 3 working days are not 3 days; but an amount of 3 may be any 3 of the passage.
    private static bool Supports(IReadOnlyList<Fact> stated, Fact fact) => stated.Any(other =>
        (other.Kind == fact.Kind && (other.Value == fact.Value || IsSameDay(other, fact)))
        || (fact.Kind == FactKind.Amount && other.Kind == FactKind.Amount && other.Value.StartsWith($"{fact.Value} ", StringComparison.Ordinal)));

    // A reply may leave out the year that the passage gives, and not make one up.
    private static bool IsSameDay(Fact stated, Fact fact) =>
        fact.Kind == FactKind.Date && stated.Value.StartsWith($"{fact.Value} ", StringComparison.Ordinal);

    private static bool MayBeRepeated(Fact fact) => fact.Kind is FactKind.Amount or FactKind.Date or FactKind.Contact;

    private static bool IsKnown(string name, HashSet<string> words) =>
        name.Split(' ').All(part => words.Contains(part) || (part.EndsWith('s') && words.Contains(part[..^1])) || words.Contains(part + "s"));
}
