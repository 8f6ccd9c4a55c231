using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>
/// Looks for the part of a passage that a sentence rests on. A passage has several prices, and says yes and no: that a value or a promise
/// stands in it somewhere is not enough.
/// </summary>
internal static class Nearness
{
    /// <summary>By one whole word, and not by one that is only like it.</summary>
    private const int LeastLead = 3;

    private static readonly (string One, string Other)[] Directions =
    [
        ("before", "after"), ("vor", "nach"), ("over", "under"), ("above", "below"), ("ueber", "unter"), ("ab", "bis"), ("from", "until"),
        ("mehr", "weniger"), ("more", "less"), ("more", "fewer"), ("mindestens", "hoechstens"), ("first", "last"), ("open", "closed"),
        ("geoeffnet", "geschlossen"),
    ];

    /// <summary>They don't say what the money is for.</summary>
    private static readonly string[] Moneys = ["betrag", "geld", "amount", "money"];

    /// <summary>From so many words in common on, two parts speak of the same.</summary>
    private const int Sure = 2;

    /// <summary>Or where so much of the shorter one is in common.</summary>
    private const double SureShare = 0.6;

    /// <summary>
    /// True where the passage gives a fact of something else: the words around it stand with another value of its kind, and fewer of them
    /// with this one.
    /// </summary>
    public static bool IsOfAnother(Fact fact, string sentence, string source)
    {
        if (UnitOf(fact) is not { } unit)
        {
            return false;
        }

        var inSentence = Facts.In(sentence).Select(other => other.Value).ToHashSet(StringComparer.Ordinal);
        var stated = Clause.SentencesOf(source)
            .SelectMany(part => Facts.In(part).Where(other => other.Kind == fact.Kind && UnitOf(other) == unit)
                .SelectMany(other => Clause.Around(part, other.Wording).Select(clause => (other.Value, Clause: clause))))
            .ToList();
        if (stated.DistinctBy(one => one.Value).Count() < 2)
        {
            return false;
        }

        return Clause.Around(sentence, fact.Wording).Any(clause =>
        {
            var isWhole = clause.Text == clause.Sentence;
            var own = stated.Where(one => Same(one.Value, fact.Value))
                .Select(one => Score(clause, one.Clause)).DefaultIfEmpty(int.MaxValue).Max();
            var other = stated.Where(one => !Same(one.Value, fact.Value) && !(isWhole && inSentence.Contains(one.Value)))
                .Select(one => Score(clause, one.Clause)).DefaultIfEmpty(0).Max();
            return other - own >= LeastLead;
        });
    }

    /// <summary>The passage gives this very promise: in words of its kind, of the same matter, and not to deny it.</summary>
    /// <param name="isStrict">The matter has to stand in the promise's own sentence, and not in the one before it.</param>
    public static bool IsPromised(Fact promise, string sentence, string source, bool isComparable, bool isStrict = false)
    {
        // Cancelling is what customers do; and what is denied is not promised. Both are only to be spoken of.
        var said = PartOf(sentence, promise);
        if (promise.Value == Promises.End || said.IsNegated)
        {
            return Promises.In(source).Any(stated => stated.Value == promise.Value);
        }

        var matter = new Clause(string.Join(' ', Without(Clause.WordsOf(said.Sentence), promise.Wording).Except(Moneys)), said.Sentence);
        var parts = Clause.SentencesOf(source).ToList();
        return parts.Index().Where(part => !part.Item.EndsWith('?')).Any(part => Promises.In(part.Item)
            .Where(stated => stated.Value == promise.Value && !PartOf(part.Item, stated).IsNegated)
            .Any(stated => !isComparable || matter.Words.Count == 0 || Promises.AreOfOneThing(promise.Wording, stated.Wording)
                || matter.Shared(Clause.WordsOf(Before(part.Index))) > 0));

        // What "it" and "then" mean stands one sentence before; the title, which is the first, only says what all of it is about.
        string Before(int place) => place > 1 && !isStrict ? $"{parts[place - 1]}\n{parts[place]}" : parts[place];
    }

    /// <summary>True where the sentence of the passage that is nearest says no, and this one yes, or the other way round.</summary>
    public static bool IsDenied(string sentence, string source)
    {
        var stated = Clause.ThoughtsOf(source).ToList();
        return Clause.ThoughtsOf(sentence).Any(clause =>
        {
            var near = stated.Select(other => (other, Shared: clause.Shared(other.Words)))
                .Where(pair => pair.Shared >= Math.Min(Sure, Math.Max(1, SureShare * Math.Min(clause.Words.Count, pair.other.Words.Count))))
                .ToList();
            var most = near.Select(pair => pair.Shared).DefaultIfEmpty(0).Max();
            return most > 0 && near.TrueForAll(pair => pair.Shared < most || pair.other.IsNegated != clause.IsNegated);
        });
    }

    /// <summary>
    /// True where a sentence repeats one of the passage but for one noun, which nobody wrote, or but for the direction: before for after,
    /// over for under.
    /// </summary>
    public static bool IsTurned(string sentence, string source, string said)
    {
        var stated = Clause.Of(source).ToList();
        var known = Clause.WordsOf($"{source}\n{said}");
        var words = Clause.WordsOf(sentence);
        return Clause.Of(sentence).Any(clause =>
        {
            var shared = stated.ConvertAll(other => clause.Shared(other.Words));
            var most = shared.DefaultIfEmpty(0).Max();
            if (most < Sure || most < SureShare * clause.Words.Count)
            {
                return false;
            }

            var near = stated.Where((_, place) => shared[place] == most).ToList();
            return near.TrueForAll(other => IsOtherWay(clause, other))
                || (clause.Without(known) is [var word] && IsNoun(word, clause.Text)
                    && near.TrueForAll(other => other.Without(words).Count > 0));
        });
    }

    private static bool IsOtherWay(Clause one, Clause other)
    {
        var here = SearchWords.Of(one.Text).ToHashSet(StringComparer.Ordinal);
        var there = SearchWords.Of(other.Text).ToHashSet(StringComparer.Ordinal);
        return Directions.Any(pair => Turns(pair.One, pair.Other) || Turns(pair.Other, pair.One));

        bool Turns(string mine, string theirs) =>
            here.Contains(mine) && there.Contains(theirs) && !here.Contains(theirs) && !there.Contains(mine);
    }

    // Written large, and not because it begins.
    private static bool IsNoun(string word, string text) => FactPatterns.Word().Matches(text)
        .Any(match => match.Index > 0 && char.IsUpper(match.Value[0]) && SearchWords.Folded(match.Value) == word);

    // A word itself counts before one that is only like it (check-in, check-out), and the clause before the rest of its sentence.
    private static int Score(Clause one, Clause other) =>
        (3 * one.Words.Count(other.Words.Contains)) + one.Shared(other.Words) + one.Shared(Clause.WordsOf(other.Sentence));

    private static bool Same(string stated, string value) =>
        stated == value || stated.StartsWith($"{value} ", StringComparison.Ordinal);

    private static Clause PartOf(string sentence, Fact promise) =>
        Clause.Of(sentence).FirstOrDefault(clause =>
            $" {SearchWords.Folded(clause.Text)} ".Contains($" {promise.Wording} ", StringComparison.Ordinal))
        ?? new Clause(sentence, sentence);

    private static HashSet<string> Without(HashSet<string> words, string wording)
    {
        var promised = wording.Split(' ').ToHashSet(StringComparer.Ordinal);
        return words.Where(word => !promised.Contains(word)).ToHashSet(StringComparer.Ordinal);
    }

    // Euros are compared with euros, and spans with spans, of days or months; names and links have no rival.
    private static string? UnitOf(Fact fact) => fact.Kind switch
    {
        FactKind.Deadline when fact.Value.Contains(':', StringComparison.Ordinal) => "clock",
        FactKind.Deadline => "span",
        FactKind.Amount => fact.Value[(fact.Value.LastIndexOf(' ') + 1)..] is var unit && char.IsAsciiDigit(unit[0]) ? "" : unit,
        _ => null,
    };
}
