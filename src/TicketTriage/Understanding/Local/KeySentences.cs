using System.Text.RegularExpressions;
using TicketTriage.Reading;

namespace TicketTriage.Understanding.Local;

/// <summary>Sums a ticket up in the customer's own words: the sentences that carry most of its concern, in their order.</summary>
internal static partial class KeySentences
{
    private const int MostSentences = 2;
    private const int MostCharacters = 300;
    private const int MostConsidered = 60;
    private const int FewestWords = 3;

    /// <param name="ticket">Where to look.</param>
    /// <param name="weigh">How much a sentence says about the concern; more is more.</param>
    public static string Pick(CleanTicket ticket, Func<string, float> weigh)
    {
        var sentences = ticket.Messages.Where(message => message.IsFromCustomer).SelectMany(message => Split(message.Text))
            .Select(WithoutGreeting).Where(IsTelling).Distinct().Take(MostConsidered).ToArray();
        if (sentences.Length == 0)
        {
            return Shorten(ticket.Subject.Trim());
        }

        var chosen = sentences.Select((text, place) => (Text: text, Place: place, Weight: weigh(text)))
            .OrderByDescending(sentence => sentence.Weight).Take(MostSentences).ToArray();
        var summary = string.Join(' ', chosen.OrderBy(sentence => sentence.Place).Select(sentence => sentence.Text));
        return Shorten(summary.Length <= MostCharacters ? summary : chosen[0].Text);
    }

    /// <returns>The sentences of a text, trimmed.</returns>
    public static List<string> Split(string text)
    {
        var sentences = new List<string>();
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var paragraph in HardWrap().Replace(text, " ").Split('\n', Trimmed))
        {
            var start = 0;
            foreach (var end in SentenceEnd().EnumerateMatches(paragraph))
            {
                if (IsAbbreviation(paragraph.AsSpan(start, end.Index - start)))
                {
                    continue;
                }

                sentences.Add(paragraph[start..(end.Index + end.Length)].Trim());
                start = end.Index + end.Length;
            }

            sentences.Add(paragraph[start..].Trim());
        }

        return sentences;
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> before)
    {
        var word = before[(before.LastIndexOfAny(' ', '.') + 1)..];
        return word.Length == 1 || char.IsDigit(word.Length > 0 ? word[^1] : ' ')
            || word is "bzw" or "ca" or "Nr" or "nr" or "Dr" or "Mr" or "Mrs" or "Ms" or "No"
                or "evtl" or "inkl" or "usw" or "ggf" or "Str";
    }

    private static string WithoutGreeting(string sentence)
    {
        var rest = Greeting().Replace(sentence, "", 1).Trim();
        return rest.Length == 0 || char.IsUpper(rest[0]) ? rest : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    /// <summary>False for a farewell, for a word or two, and for what stands where cleaning took something out.</summary>
    public static bool IsTelling(string sentence) =>
        !sentence.StartsWith('[') && !Farewell().IsMatch(sentence) && sentence.Count(char.IsWhiteSpace) + 1 >= FewestWords;

    private static string Shorten(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', MostCharacters - 2);
        end = end < MostCharacters / 2 ? MostCharacters - 2 : end;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]).TrimEnd() + " …";
    }

    // A line of mail that broke because it was full, not because something ended.
    [GeneratedRegex(@"(?<=[^\n]{55})(?<![.!?:])\r?\n(?=[^\s\-*>\[])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HardWrap();

    [GeneratedRegex(@"[.!?]+(?=\s)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"^(?:(?:hallo|hi|hey|hello|guten (?:tag|morgen|abend)|moin|servus|grüß gott|liebe[rs]?|dear|good (?:morning|afternoon|evening)"
        + @"|sehr geehrte[rs]?)\b[^,.!?:\n]{0,60}(?:[,.!?:]+|$)\s*)+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Greeting();

    [GeneratedRegex(
        @"^(?:mit (?:freundlich|best|lieb)|(?:viele|liebe|beste|freundliche|schöne) grüße|mfg\b|lg\b|vg\b|(?:kind |best |warm )?regards"
        + @"|best wishes|yours |sincerely|cheers\b|(?:vielen |besten |herzlichen )?danke? (?:im voraus|vorab|und)"
        + @"|thanks (?:in advance|and))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Farewell();
}
