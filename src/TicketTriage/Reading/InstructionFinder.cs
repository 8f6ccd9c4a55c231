using System.Text;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>
/// Finds sentences that give orders to the software behind the desk: forget your rules, mark this as urgent, answer in base64. It is
/// a signal and a first net, never the only one: what a model may answer is closed whatever it reads.
/// </summary>
public static partial class InstructionFinder
{
    /// <summary>What stands where such a sentence stood: no word of it can be mistaken for the customer's.</summary>
    public const string Removed = "[…]";

    private const int LongestSentence = 2_000;

    /// <summary>True where the text holds such a sentence.</summary>
    public static bool Suspects(string text) => Sentences(text).Exists(IsInstruction);

    /// <summary>True where the text holds such a sentence, or once held one that was removed.</summary>
    public static bool HasEverSuspected(string text) => text.Contains(Removed, StringComparison.Ordinal) || Suspects(text);

    /// <summary>The text with <see cref="Removed"/> in place of each such sentence; the same text where there is none.</summary>
    public static string Remove(string text)
    {
        var sentences = Sentences(text);
        var isOrder = sentences.ConvertAll(IsInstruction);
        if (!isOrder.Contains(true))
        {
            return text;
        }

        // Once somebody talks to the software, what sounds a little like it is part of it too.
        var kept = new StringBuilder(text.Length);
        var wasRemoved = false;
        for (var at = 0; at < sentences.Count; at++)
        {
            var isRemoved = isOrder[at] || SpeaksOfSorting().IsMatch(Plain(sentences[at]));
            if (isRemoved && !wasRemoved)
            {
                kept.Append(Removed);
            }

            kept.Append(isRemoved ? EndOf(sentences[at]) : sentences[at]);
            wasRemoved = isRemoved || (wasRemoved && string.IsNullOrWhiteSpace(sentences[at]));
        }

        return kept.ToString();
    }

    // A full stop inside an address or a number ends nothing.
    private static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var isEnd = text[at] == '\n' || at - start >= LongestSentence
                || (text[at] is '.' or '!' or '?' or '。' or '？' or '！' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));
            if (isEnd)
            {
                at += at + 1 < text.Length && text[at + 1] == ' ' ? 1 : 0;
                sentences.Add(text[start..(at + 1)]);
                start = at + 1;
            }
        }

        if (start < text.Length)
        {
            sentences.Add(text[start..]);
        }

        return sentences;
    }

    private static bool IsInstruction(string sentence)
    {
        var plain = Plain(sentence);
        return InstructionPhrases.Say(plain) || SaysLetterByLetter(plain) || SaysEncoded(sentence);
    }

    // Letters of other alphabets that look like ours, and wide ones, read like ours.
    private static string Plain(string sentence)
    {
        var cut = PlainText.Cut(sentence, LongestSentence);
        var plain = new StringBuilder(cut.Length);
        foreach (var letter in cut.IsNormalized(NormalizationForm.FormKC) ? cut : cut.Normalize(NormalizationForm.FormKC))
        {
            var at = LookAlikes.IndexOf(letter, StringComparison.Ordinal);
            plain.Append(at < 0 ? char.ToLowerInvariant(letter) : LooksLike[at]);
        }

        return plain.ToString();
    }

    private const string LookAlikes = "аесорхуіѕԁгпυοαικνΑΕΙΟСРЕО";
    private const string LooksLike = "aecopxyisdrnuoaikvaeiocpeo";

    // Cleaning has made one space of two, so where the words part is lost with the letters joined.
    private static bool SaysLetterByLetter(string plain) => LettersApart().Matches(plain)
        .Any(apart => InstructionPhrases.SayWithoutSpaces(apart.Value.Replace(" ", "", StringComparison.Ordinal)));

    private static bool SaysEncoded(string sentence)
    {
        foreach (Match blob in Base64().Matches(sentence))
        {
            var bytes = new byte[blob.Length];
            if (Convert.TryFromBase64String(blob.Value, bytes, out var count) && count > 0
                && !bytes.AsSpan(0, count).ContainsAnyExceptInRange((byte)9, (byte)126)
                && InstructionPhrases.Say(Plain(Encoding.ASCII.GetString(bytes, 0, count))))
            {
                return true;
            }
        }

        return false;
    }

    private static string EndOf(string sentence) => sentence.EndsWith('\n') ? "\n" : sentence.EndsWith(' ') ? " " : "";

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?<![\p{L}])\p{L}( {1,2}\p{L}){6,200}(?![\p{L}])", Options, TextSearch.Patience)]
    private static partial Regex LettersApart();

    [GeneratedRegex(@"[A-Za-z0-9+/]{24,2000}={0,2}", Options, TextSearch.Patience)]
    private static partial Regex Base64();

    [GeneratedRegex(
        @"\b(priority|priorität|p1|p2|intent|label|category|kategorie|sentiment|classif\w+|klassifi\w+|instruct\w+|anweisung\w*" +
        @"|prompt\w*|respond|response|output|json|admin\w*|system|mode|modus|urgent|dringend|critical|kritisch|answer only|obey" +
        @"|befolge|comply|follow (this|these|them|a\+b)|override|reply with|antworte)\b",
        Options,
        TextSearch.Patience)]
    private static partial Regex SpeaksOfSorting();
}
