using System.Buffers;
using System.Globalization;
using System.Text;

namespace TicketTriage.Reading;

/// <summary>A text with its words marked, for those that look at what stands beside what.</summary>
internal sealed class WordsOfText
{
    private const int LongestWord = 60;

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;:!?\n()<[");

    private readonly List<TextWord> words = [];

    public WordsOfText(string text)
    {
        Text = text;
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var end = EndOf(text, at);
            var folded = end - at > LongestWord ? "" : Fold(text.AsSpan(at, end - at));
            words.Add(new TextWord(at, end, folded, char.IsUpper(text[at]), char.IsAsciiDigit(text[at])));
            at = end;
        }

        IsCaseless = TellsNothingByCase();
    }

    public string Text { get; }

    public int Count => words.Count;

    /// <summary>True where all is written small, or all in capitals: then a capital says nothing.</summary>
    public bool IsCaseless { get; }

    public TextWord this[int word] => words[word];

    /// <summary>What stands between a word and the next; after the last, the rest of the text.</summary>
    public ReadOnlySpan<char> After(int word) => Between(words[word].End, word + 1 < words.Count ? words[word + 1].Start : Text.Length);

    /// <summary>What stands between a word and the one before; before the first, the beginning of the text.</summary>
    public ReadOnlySpan<char> Before(int word) => Between(word > 0 ? words[word - 1].End : 0, words[word].Start);

    /// <summary>The first word that begins at this place or behind it; <see cref="Count"/> where none does.</summary>
    public int FirstFrom(int place)
    {
        var (low, high) = (0, words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = words[middle].Start < place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>True where a mark or the end of the line follows a word.</summary>
    public bool EndsClause(int word) => word + 1 == words.Count || After(word).ContainsAny(ClauseEnds);

    public bool Is(int word, string folded) => word >= 0 && word < words.Count && words[word].Folded == folded;

    /// <summary>True where nothing but one blank, or a full stop and a blank as in <c>Dr. Roth</c>, parts a word from the next.</summary>
    public bool IsNextTo(int word) => word + 1 < words.Count && After(word) is " " or ". " or "." or "\u00A0";

    /// <summary>Small letters without accents; umlauts as two letters.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder(word.Length + 4);
        foreach (var letter in word)
        {
            if (char.IsAscii(letter))
            {
                folded.Append(char.ToLowerInvariant(letter));
                continue;
            }

            folded.Append(char.ToLowerInvariant(letter) switch
            {
                'ä' or 'æ' => "ae",
                'ö' or 'ø' or 'œ' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'å' => "aa",
                'ł' => "l",
                'ı' or 'İ' => "i",
                'đ' or 'ð' => "d",
                '’' => "'",
                var other => WithoutAccent(other),
            });
        }

        return folded.ToString();
    }

    private ReadOnlySpan<char> Between(int start, int end) => Text.AsSpan(start, end - start);

    private static string WithoutAccent(char letter)
    {
        if (char.IsSurrogate(letter))
        {
            return letter.ToString();
        }

        var parts = letter.ToString().Normalize(NormalizationForm.FormD);
        return CharUnicodeInfo.GetUnicodeCategory(parts[0]) == UnicodeCategory.NonSpacingMark ? "" : parts[..1];
    }

    // A hyphen or an apostrophe between letters belongs to the word: Meier-Schmidt, O'Brien. "12b" is one, "12-14" are two.
    private static int EndOf(string text, int start)
    {
        var at = start + 1;
        var isNumber = char.IsAsciiDigit(text[start]);
        while (at < text.Length)
        {
            var isInside = char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark
                || (!isNumber && text[at] is '-' or '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1])
                    && char.IsLetter(text[at - 1]));
            if (!isInside)
            {
                break;
            }

            at++;
        }

        return at;
    }

    private bool TellsNothingByCase()
    {
        var spelled = words.Where(word => !word.IsNumber && word.Length > 2).Take(400).ToList();
        var mixed = spelled.Count(word => word.IsCapital && char.IsLower(Text[word.Start + 1]));
        return mixed * 25 <= spelled.Count;
    }
}
