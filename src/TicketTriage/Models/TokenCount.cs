namespace TicketTriage.Models;

/// <summary>
/// About how many tokens a model makes of a text. Each model cuts text its own way; this counts rather too many, so that what is said to
/// fit does.
/// </summary>
public static class TokenCount
{
    private const int LettersOfToken = 4;
    private const int DigitsOfToken = 3;

    public static int Of(ReadOnlySpan<char> text)
    {
        var count = 0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            var kind = KindOf(text[at]);
            do
            {
                at++;
            }
            while (at < text.Length && KindOf(text[at]) == kind);

            var length = at - start;
            count += kind switch
            {
                Kind.Space => 0,
                Kind.Letter => (length + LettersOfToken - 1) / LettersOfToken,
                Kind.Digit => (length + DigitsOfToken - 1) / DigitsOfToken,
                _ => length,
            };
        }

        return count;
    }

    private static Kind KindOf(char letter) =>
        letter is ' ' ? Kind.Space
        : char.IsAsciiLetter(letter) || letter is >= 'À' and <= 'ɏ' ? Kind.Letter
        : char.IsAsciiDigit(letter) ? Kind.Digit
        : Kind.Other;

    private enum Kind
    {
        Space,
        Letter,
        Digit,

        /// <summary>Marks, line ends, and scripts of which a letter is a token or more.</summary>
        Other,
    }
}
