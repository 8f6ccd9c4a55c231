using System.Text.RegularExpressions;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>A part of a sentence that says one thing.</summary>
/// <param name="Text">As it stands.</param>
/// <param name="Sentence">The whole sentence.</param>
internal sealed partial record Clause(string Text, string Sentence)
{
    private const int LettersOfStem = 5;
    private const int LettersOfEnding = 2;
    private const int LeastLetters = 3;

    private static readonly HashSet<string> Empty = new(
        """
        the and for are was were you your our his her its that this with from have has had been will would can could may must shall
        should not but also they them then than there here when where which what who how only just once after before until within into
        onto upon over under per each any all more most other such very please yes get gets got let lets does did doing being about both
        der die das den dem des ein eine einen einem einer eines und oder aber auch nicht kein keine keinen ist sind war waren wird
        werden wurde wurden hat haben hatte kann koennen konnte muss muessen soll sollen darf duerfen sie ihr ihre ihren ihrem ihrer
        ihnen wir uns unser unsere unserem unseren unserer mit von vom zum zur bei beim aus auf fuer ueber unter nach vor bis seit als
        wie wenn dann dass dort hier bitte nur noch schon mehr sehr sich man dies diese dieser dieses diesen diesem welche welcher alle
        alles jede jeder jedes jeden innerhalb kostet costs dauert takes braucht leider gern gerne ihm ihn wer was wann warum dazu dabei
        damit daran
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private HashSet<string>? words;

    /// <summary>What it speaks of, folded: words that mean something by themselves.</summary>
    public IReadOnlySet<string> Words => words ??= WordsOf(Text);

    /// <summary>It says that something is not so.</summary>
    public bool IsNegated =>
        Negation().IsMatch(DoubleNegation().Replace(Promises.WithoutFree(SearchWords.Folded(Apostrophe().Replace(Text, ""))), ""));

    public static IEnumerable<string> SentencesOf(string text) =>
        SentenceEnd().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);

    public static IEnumerable<Clause> Of(string text) =>
        SentencesOf(text).SelectMany(sentence =>
            ClauseEnd().Split(sentence).Where(clause => clause.Any(char.IsLetter)).Select(clause => new Clause(clause.Trim(), sentence)));

    /// <summary>Longer parts, which "and" does not end: a no at the end of a list is one for all of it.</summary>
    public static IEnumerable<Clause> ThoughtsOf(string text) =>
        SentencesOf(text).SelectMany(sentence =>
            ThoughtEnd().Split(sentence).Where(clause => clause.Any(char.IsLetter)).Select(clause => new Clause(clause.Trim(), sentence)));

    /// <summary>The clauses that hold a wording, or the sentences where it stands across two of them.</summary>
    public static IEnumerable<Clause> Around(string text, string wording)
    {
        foreach (var sentence in SentencesOf(text).Where(sentence => sentence.Contains(wording, StringComparison.Ordinal)))
        {
            var parts = ClauseEnd().Split(sentence).Where(clause => clause.Contains(wording, StringComparison.Ordinal)).ToList();
            foreach (var part in parts.Count == 0 ? [sentence] : parts)
            {
                yield return new Clause(part.Trim(), sentence);
            }
        }
    }

    /// <summary>How many of its words another text has too, in whatever form.</summary>
    public int Shared(IReadOnlySet<string> others) => Words.Count - Without(others).Count;

    /// <summary>Its words that another text has in no form.</summary>
    public IReadOnlyList<string> Without(IReadOnlySet<string> others) =>
        [.. Words.Where(word => !others.Contains(word) && !others.Any(other => AreAlike(word, other)))];

    public static HashSet<string> WordsOf(string text)
    {
        Facts.In(text, out var rest);
        return SearchWords.Of(Hyphen().Replace(rest, "")).Where(word => word.Length >= LeastLetters && !Empty.Contains(word))
            .ToHashSet(StringComparer.Ordinal);
    }

    // One stem, or a compound that ends with the other: Rücksendung and zurücksenden, Bestellwert and Wert.
    private static bool AreAlike(string one, string other) =>
        (one.Length >= LettersOfStem && other.Length >= LettersOfStem
        && (one.Contains(other[..LettersOfStem], StringComparison.Ordinal)
            || other.Contains(one[..LettersOfStem], StringComparison.Ordinal)))
        || (Math.Min(one.Length, other.Length) == LettersOfStem - 1 && Math.Abs(one.Length - other.Length) <= LettersOfEnding
            && (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal)));

    [GeneratedRegex(
        @"(?<=[.!?])\s+(?=[\p{Lu}\d„""])(?!(?<=\d\.\s)(?i:" + FactUnits.MonthNames + @")\b)|\n", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[;:]\s|,\s|\s[–—-]\s|\s(?=(?:and|und|but|aber|while|sowie|or|oder|sondern)\s)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"[;:]\s|,\s|\s[–—-]\s|\s(?=(?:but|aber|sondern|while|während)\s)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ThoughtEnd();

    [GeneratedRegex(@"(?<=\p{L})-(?=\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"['’]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Apostrophe();

    [GeneratedRegex(
        @"\b(?:nicht|kein\w*|not|cannot|\w+nt) (?:be )?"
            + @"(?:ausgeschlossen|ausgenommen|unmoeglich|ohne|without|except|excluded|impossible|unable)\b",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex DoubleNegation();

    [GeneratedRegex(
        @"\b(?:nicht|kein\w*|ohne|nie|niemals|weder|nichts|ausgeschlossen|ausgenommen|unmoeglich"
            + @"|not|no|never|none|neither|nor|without|cannot|"
            + @"(?:ca|do|does|did|is|are|was|were|wo|would|could|should|has|have|had|must|need)nt"
            + @"|except|excluded|excluding|impossible|unable)\b",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Negation();
}
