using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Finds passages of different articles that say the same with different amounts, deadlines or days.</summary>
public static partial class Contradictions
{
    /// <summary>How much of their other words two statements share before their facts are compared.</summary>
    private const double Likeness = 0.5;

    private const int LeastWords = 3;
    private const int LettersOfStem = 6;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const string Since = "since";
    private const string Until = "until";

    /// <summary>A word in more statements than this tells none of them apart.</summary>
    private const int MostOfOneWord = 200;

    /// <returns>Each pair once; empty where the passages agree, or speak of different things.</returns>
    public static IReadOnlyList<Contradiction> In(IReadOnlyList<Passage> passages)
    {
        var statements = passages.SelectMany(StatementsOf).ToList();
        var byWord = statements.Index()
            .SelectMany(statement => statement.Item.Words.Select(word => (Word: word, Place: statement.Index)))
            .ToLookup(pair => (pair.Word, statements[pair.Place].Passage.Language), pair => pair.Place);
        var found = new List<Contradiction>();
        foreach (var (place, one) in statements.Index())
        {
            var others = one.Words
                .Select(word => byWord[(word, one.Passage.Language)])
                .Where(places => places.Take(MostOfOneWord + 1).Count() <= MostOfOneWord)
                .SelectMany(places => places)
                .Where(other => other > place)
                .CountBy(other => other)
                .Where(other => other.Value >= LeastWords);
            found.AddRange(others.Select(other => Compare(one, statements[other.Key])).OfType<Contradiction>());
        }

        return
        [
            .. found.DistinctBy(pair => (
                pair.One.Source, pair.One.Article, pair.Other.Source, pair.Other.Article, pair.InOne.Value, pair.InOther.Value)),
        ];
    }

    /// <summary>
    /// Compares the languages of each article of a help center: where one says an amount, deadline or day that the other lacks, and the other
    /// way round. One that says less is only shorter.
    /// </summary>
    public static IReadOnlyList<Contradiction> BetweenTranslations(IReadOnlyList<Passage> passages) =>
    [
        .. passages.Where(passage => HelpdeskArticles.IsTranslated(passage))
            .GroupBy(passage => (passage.Source, HelpdeskArticles.IdOf(passage), passage.Audience))
            .SelectMany(article => Compare([.. article.GroupBy(passage => passage.Article, (_, parts) => StatedIn(parts))])),
    ];

    private static IEnumerable<Contradiction> Compare(IReadOnlyList<List<(Passage Passage, Fact Fact)>> languages)
    {
        foreach (var (place, one) in languages.Index())
        {
            foreach (var other in languages.Skip(place + 1))
            {
                foreach (var unit in one.Select(said => UnitOf(said.Fact)).Distinct())
                {
                    var here = one.Find(said => UnitOf(said.Fact) == unit && !other.Exists(match => MayBeSame(match.Fact, said.Fact)));
                    var there = other.Find(said => UnitOf(said.Fact) == unit && !one.Exists(match => MayBeSame(match.Fact, said.Fact)));
                    if (here.Fact is not null && there.Fact is not null)
                    {
                        yield return new Contradiction(here.Passage, there.Passage, here.Fact, there.Fact);
                        break;
                    }
                }
            }
        }
    }

    // 1/3 is a day of March or of January, depending on who reads it.
    private static List<(Passage Passage, Fact Fact)> StatedIn(IEnumerable<Passage> parts) =>
    [
        .. parts.SelectMany(part => Facts.In(part.Text)
            .Where(fact => IsMeasure(fact) || (IsDay(fact) && !fact.Wording.Contains('/', StringComparison.Ordinal)))
            .Select(fact => (part, fact))),
    ];

    private static Contradiction? Compare(Statement one, Statement other)
    {
        if ((one.Passage.Source, one.Passage.Article) == (other.Passage.Source, other.Passage.Article)
            || !MayBeAlike(one.Passage.Product, other.Passage.Product))
        {
            return null;
        }

        var shared = one.Words.Count(other.Words.Contains);
        if (shared < Likeness * (one.Words.Count + other.Words.Count - shared))
        {
            return null;
        }

        foreach (var unit in one.Facts.Select(UnitOf).Distinct())
        {
            var here = one.Facts.Where(fact => UnitOf(fact) == unit).ToList();
            var there = other.Facts.Where(fact => UnitOf(fact) == unit).ToList();
            if (there.Count > 0 && !here.Exists(fact => there.Exists(match => MayBeSame(match, fact))))
            {
                return new Contradiction(one.Passage, other.Passage, here[0], there[0]);
            }
        }

        return null;
    }

    private static IEnumerable<Statement> StatementsOf(Passage passage)
    {
        foreach (var sentence in SentenceEnd().Split(passage.Text))
        {
            var facts = Facts.In(sentence, out var rest)
                .Select(fact => IsDay(fact) ? Bound(sentence, fact) : IsMeasure(fact) ? fact : null)
                .OfType<Fact>()
                .ToList();
            var words = SearchWords.Of(rest).Where(word => word.Length > 3)
                .Select(word => word.Length <= LettersOfStem ? word : word[..LettersOfStem])
                .ToHashSet(StringComparer.Ordinal);
            if (facts.Count > 0 && words.Count >= LeastWords)
            {
                yield return new Statement(passage, words, facts);
            }
        }
    }

    // Two products may have two prices.
    private static bool MayBeAlike(string? one, string? other) => one is null || other is null || one == other;

    private static bool IsMeasure(Fact fact) =>
        fact.Kind is FactKind.Deadline or FactKind.Amount && fact.Value.Contains(' ', StringComparison.Ordinal);

    /// <summary>A day or month of the calendar; Monday and tomorrow are none.</summary>
    private static bool IsDay(Fact fact) => fact.Kind == FactKind.Date && CalendarDay().IsMatch(fact.Value);

    // That something is closed on one day is not against another. Since when, or until when, something holds can be one day only.
    private static Fact? Bound(string sentence, Fact day)
    {
        var at = sentence.IndexOf(day.Wording, StringComparison.Ordinal);
        var before = at < 0 ? "" : sentence[..at];
        return Begin().IsMatch(before) ? day with { Value = $"{day.Value} {Since}" }
            : End().IsMatch(before) ? day with { Value = $"{day.Value} {Until}" }
            : null;
    }

    // March may be its first day, and a day without a year that of this one.
    private static bool MayBeSame(Fact one, Fact other) =>
        one.Value == other.Value
        || (one.Kind == FactKind.Date && other.Kind == FactKind.Date
            && (DayOf(one).StartsWith(DayOf(other), StringComparison.Ordinal) || DayOf(other).StartsWith(DayOf(one), StringComparison.Ordinal)));

    private static string DayOf(Fact day) => CalendarDay().Match(day.Value).Value;

    // Days are compared with days and euros with euros: a price does not contradict a deadline.
    private static (FactKind Kind, string Unit) UnitOf(Fact fact) => (
        fact.Kind,
        fact.Kind != FactKind.Date ? fact.Value[(fact.Value.LastIndexOf(' ') + 1)..]
        : fact.Value.EndsWith(Since, StringComparison.Ordinal) ? Since
        : fact.Value.EndsWith(Until, StringComparison.Ordinal) ? Until
        : "");

    [GeneratedRegex(@"^\d\d(-\d\d)?( \d{4})?(?= |$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CalendarDay();

    [GeneratedRegex(@"\b(since|from|as of|starting|ab|seit|von|vom)( (the|dem|den))?\s+$", Options, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(
        @"\b(until|till|by|before|no later than|bis|vor|spätestens)( (the|dem|den|zum|am))?\s+$", Options, 1000)]
    private static partial Regex End();

    // The point of "1. März" ends no sentence.
    [GeneratedRegex(
        @"(?<=[.!?])\s+(?=\p{Lu})(?!(?<=\d\.\s+)(?i:" + FactUnits.MonthNames + @")\b)|\n",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    private sealed record Statement(Passage Passage, HashSet<string> Words, IReadOnlyList<Fact> Facts);
}

/// <summary>Two passages that can't both be right.</summary>
/// <param name="InOne">What the one says.</param>
/// <param name="InOther">What the other says instead.</param>
public sealed record Contradiction(Passage One, Passage Other, Fact InOne, Fact InOther);
