using System.Globalization;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// Text as the classifier and the word lists compare it: lower case, ä and ae the same, accents gone, a run of digits as one 0, words
/// parted by single spaces with one before the first and one after the last.
/// </summary>
internal static class FoldedText
{
    /// <summary>A word of its own where a sentence or clause ends, if asked for.</summary>
    public const char Break = '.';

    /// <summary>Room that the folded form of a text can need, in characters.</summary>
    public static int RoomFor(int length) => (2 * length) + 3;

    public static string Of(string text)
    {
        Span<char> folded = text.Length <= 200 ? stackalloc char[RoomFor(text.Length)] : new char[RoomFor(text.Length)];
        return new string(folded[..Fold(text, folded, keepBreaks: false)].Trim(' '));
    }

    /// <returns>How many characters of <paramref name="folded"/> are used; 1 where the text has no word.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded, bool keepBreaks)
    {
        folded[0] = ' ';
        var end = 1;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsAsciiLetter(letter))
            {
                folded[end++] = (char)(letter | 0x20);
            }
            else if (char.IsDigit(letter))
            {
                // A number says nothing about the concern, and must not become a feature that names somebody.
                if (folded[end - 1] != '0')
                {
                    folded[end++] = '0';
                }
            }
            else if (letter is '\'' or '’' or '\u00AD' || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                if (letter == '\u0308' && folded[end - 1] is 'a' or 'o' or 'u')
                {
                    folded[end++] = 'e';
                }
            }
            else if (char.IsLetter(letter))
            {
                end = FoldLetter(letter, folded, end);
            }
            else
            {
                end = Part(letter, folded, end, keepBreaks);
            }
        }

        if (folded[end - 1] != ' ')
        {
            folded[end++] = ' ';
        }

        return end;
    }

    private static int FoldLetter(char letter, Span<char> folded, int end)
    {
        switch (letter)
        {
            case 'ä' or 'Ä' or 'æ' or 'Æ':
                folded[end++] = 'a';
                folded[end++] = 'e';
                return end;
            case 'ö' or 'Ö' or 'œ' or 'Œ' or 'ø' or 'Ø':
                folded[end++] = 'o';
                folded[end++] = 'e';
                return end;
            case 'ü' or 'Ü':
                folded[end++] = 'u';
                folded[end++] = 'e';
                return end;
            case 'ß' or 'ẞ':
                folded[end++] = 's';
                folded[end++] = 's';
                return end;
            default:
                folded[end++] = letter switch
                {
                    (>= 'à' and <= 'å') or (>= 'À' and <= 'Å') => 'a',
                    'ç' or 'Ç' => 'c',
                    (>= 'è' and <= 'ë') or (>= 'È' and <= 'Ë') => 'e',
                    (>= 'ì' and <= 'ï') or (>= 'Ì' and <= 'Ï') => 'i',
                    'ñ' or 'Ñ' => 'n',
                    (>= 'ò' and <= 'õ') or (>= 'Ò' and <= 'Õ') => 'o',
                    (>= 'ù' and <= 'û') or (>= 'Ù' and <= 'Û') => 'u',
                    _ => char.ToLowerInvariant(letter),
                };
                return end;
        }
    }

    private static int Part(char mark, Span<char> folded, int end, bool keepBreaks)
    {
        var previous = folded[end - 1];
        if (keepBreaks && mark is '.' or '!' or '?' or ',' or ';' or ':' or '(' or ')' or '\n')
        {
            // "zum 3. Mal" and "Rechnung 4.711" go on.
            var goesOn = mark == '.' && previous == '0';
            if (goesOn || (end >= 2 && previous == ' ' && folded[end - 2] == Break))
            {
                return goesOn ? Space(folded, end) : end;
            }

            end = Space(folded, end);
            folded[end++] = Break;
            folded[end++] = ' ';
            return end;
        }

        return Space(folded, end);
    }

    private static int Space(Span<char> folded, int end)
    {
        if (folded[end - 1] != ' ')
        {
            folded[end++] = ' ';
        }

        return end;
    }
}
