using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Finds passages of different articles that say the same with different amounts or deadlines.</summary>
public static partial class Contradictions
{
    /// <summary>How much of their other words two statements share before their facts are compared.</summary>
    private const double Likeness = 0.5;

    private const int LeastWords = 3;
    private const int LettersOfStem = 6;

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
            if (there.Count > 0 && !here.Exists(fact => there.Exists(match => match.Value == fact.Value)))
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
                .Where(fact => fact.Kind is FactKind.Deadline or FactKind.Amount && fact.Value.Contains(' ', StringComparison.Ordinal))
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

    // Days are compared with days and euros with euros: a price does not contradict a deadline.
    private static (FactKind Kind, string Unit) UnitOf(Fact fact) => (fact.Kind, fact.Value[(fact.Value.LastIndexOf(' ') + 1)..]);

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\p{Lu})|\n", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    private sealed record Statement(Passage Passage, HashSet<string> Words, IReadOnlyList<Fact> Facts);
}

/// <summary>Two passages that can't both be right.</summary>
/// <param name="InOne">What the one says.</param>
/// <param name="InOther">What the other says instead.</param>
public sealed record Contradiction(Passage One, Passage Other, Fact InOne, Fact InOther);
