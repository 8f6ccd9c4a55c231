using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>
/// Holds a draft against what it may rest on: each amount, date, deadline, link, contact, name and promise has to stand in the passage
/// that the sentence cites. What the customer wrote may be told back as what happened or was asked; nothing can be promised on it.
/// </summary>
public static partial class FactCheck
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
        var words = SearchWords.Of(sourceText).Concat(SearchWords.Of(said)).ToHashSet(StringComparer.Ordinal);
        var facts = Facts.In(sentence, out var rest);
        var promises = Promises.In(sentence).ToList();
        var isComparable = sources.All(source => source.Language == language);
        return
        [
            .. facts.Where(fact => !Supports(stated, fact)
                && (promises.Count > 0 || !Supports(repeated, fact) || !MayBeToldBack(fact, sentence))),
            .. promises.Where(fact => !Nearness.IsPromised(fact, sentence, sourceText, isComparable)),
            .. NamesInText.In(rest, language).Where(fact => !IsKnown(fact.Value, words)),
        ];
    }

    /// <returns>What the team would owe by a sentence: money, a right, a certainty, a time.</returns>
    public static IReadOnlyList<Fact> FindOwed(string sentence) =>
        [.. Promises.In(sentence), .. Facts.In(sentence).Where(fact => fact.Kind == FactKind.Deadline)];

    /// <summary>
    /// True where an agent should compare a sentence with what it cites: it says hardly a word of that, since a claim without amounts or
    /// names can be made up too; it gives a promise or a value of something else; it says no where that says yes; or it repeats that but for one noun
    /// or the direction. Words of two languages can't be compared: a translation is never doubtful.
    /// </summary>
    public static bool IsDoubtful(string sentence, Passage source, string said, string language)
    {
        if (source.Language != language)
        {
            return false;
        }

        var sourceText = $"{source.Title}\n{source.Heading}\n{source.Text}";
        var words = StemsOf(sentence).ToList();
        var known = StemsOf($"{sourceText} {said}").ToHashSet(StringComparer.Ordinal);
        return words.Count(known.Contains) < LeastShared * words.Count
            || Promises.In(sentence).Any(fact => !Nearness.IsPromised(fact, sentence, sourceText, isComparable: true, isStrict: true))
            || Facts.In(sentence).Any(fact => Nearness.IsOfAnother(fact, sentence, sourceText))
            || Nearness.IsDenied(sentence, sourceText)
            || Nearness.IsTurned(sentence, sourceText, said);
    }

    private static IEnumerable<string> StemsOf(string text) =>
        SearchWords.Of(text).Where(word => word.Length >= LettersOfStem).Select(word => word[..LettersOfStem]);

    // 3 working days are not 3 days; but an amount of 3 may be any 3 of the passage.
    private static bool Supports(IReadOnlyList<Fact> stated, Fact fact) => stated.Any(other =>
        other.Kind == fact.Kind
        && (other.Value == fact.Value || IsSameDay(other, fact) || IsSameRound(other, fact) || IsSameRound(fact, other)
            || (fact.Kind == FactKind.Amount && other.Value.StartsWith($"{fact.Value} ", StringComparison.Ordinal))));

    // A reply may leave out the year or the day that the passage gives, and not make one up.
    private static bool IsSameDay(Fact stated, Fact fact) =>
        fact.Kind == FactKind.Date && char.IsAsciiDigit(fact.Value[0])
        && stated.Value.StartsWith(fact.Value, StringComparison.Ordinal) && stated.Value.AsSpan(fact.Value.Length) is [' ' or '-', ..];

    // "Once a month" is each month, and "24 hours" is not each day.
    private static bool IsSameRound(Fact each, Fact other) =>
        each.Value == Facts.Each + other.Value && char.IsLetter(other.Wording[0]);

    private static bool MayBeToldBack(Fact fact, string sentence) =>
        fact.Kind is FactKind.Amount or FactKind.Date or FactKind.Contact
        && Clause.Around(sentence, fact.Wording).ToList() is [_, ..] clauses
        && clauses.TrueForAll(clause =>
            (Happened().IsMatch(clause.Text) && !Commits().IsMatch(clause.Text)) || IsAttribute(clause.Text, fact.Wording));

    // "Your order of 3 November" only says which one.
    private static bool IsAttribute(string clause, string wording) =>
        Attribute().IsMatch(clause[..clause.IndexOf(wording, StringComparison.Ordinal)]);

    private static bool IsKnown(string name, HashSet<string> words) =>
        name.Split(' ').All(part =>
            words.Contains(part) || (part.EndsWith('s') && words.Contains(part[..^1])) || words.Contains(part + "s"));

    [GeneratedRegex(
        @"\b(?:we|i|our|us|will|shall|wir|ich|uns|unser\w*|werden|wird)\b|['’]ll\b|\bgoing\sto\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Commits();

    [GeneratedRegex(
        @"\b(?:was|were|had|did|waited|waiting|ask(?:ed)?|want(?:ed)?|request(?:ed)?|expect(?:ed)?|would\slike|hatten?|war(?:en)?"
            + @"|wurden?|worden|warten|möchten|wünschen|fordern|verlangen|fragen)\b"
            + @"|\b(?:you|they|it|which|who|parcel|order)\s(?:have\s|has\s)?(?:already\s)?(?:\p{L}+ed|paid|bought|sent|got|wrote|said"
            + @"|told|came|went|gave|made|took|lost|saw|found)\b"
            + @"|\b(?:haben|hat|habt|hast)\b.*\s\p{L}{4,}(?:t|en)\W*$|\p{L}{4,}(?:t|en)\s(?:haben|hat|hatten|hast|wurden?|ist|sind"
            + @"|waren?)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Happened();

    [GeneratedRegex(
        @"\b(?:of|from|dated|since|vom|von|seit(?:\sdem)?|über)\s(?:the\s)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Attribute();
}
