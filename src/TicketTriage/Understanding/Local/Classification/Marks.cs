namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// What a text says without words, each mark as a 64-bit hash: smileys, emoji, question and exclamation marks, that it names an address, a
/// person or a topic. Moods show there; folding takes them out of the words.
/// </summary>
internal static class Marks
{
    private const int LongestMark = 4;
    private const string Address = "address";

    /// <summary>Room that the marks of a text can need.</summary>
    public static int RoomFor(int length) => length + 1;

    /// <returns>How many hashes were written.</returns>
    public static int Hash(ReadOnlySpan<char> text, Span<ulong> hashes)
    {
        var count = 0;
        var at = 0;
        while (at < text.Length)
        {
            var length = text[at..].IndexOfAny(' ', '\n', '\t');
            length = length < 0 ? text.Length - at : length;
            count = HashToken(text.Slice(at, length), hashes, count);
            at += length + 1;
        }

        return count;
    }

    private static int HashToken(ReadOnlySpan<char> token, Span<ulong> hashes, int count)
    {
        if (token.StartsWith("http", StringComparison.OrdinalIgnoreCase) || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            hashes[count] = NGrams.HashMark(Address);
            return count + 1;
        }

        if (token.Length > 1 && token[0] is '@' or '#')
        {
            hashes[count++] = NGrams.HashMark(token[..1]);
        }

        var lastWord = token.Length - 1;
        while (lastWord >= 0 && !char.IsLetterOrDigit(token[lastWord]))
        {
            lastWord--;
        }

        if (token.Length is > 0 and <= LongestMark && IsSmiley(token))
        {
            hashes[count++] = NGrams.HashMark(token);
        }
        else if (lastWord < token.Length - 1)
        {
            count = HashEnding(token[(lastWord + 1)..], hashes, count);
        }

        return count;
    }

    // "toll!!!" says more than "toll!", and "toll!!!!!" no more than that; commas and single full stops say nothing.
    private static int HashEnding(ReadOnlySpan<char> ending, Span<ulong> hashes, int count)
    {
        var at = 0;
        while (at < ending.Length)
        {
            var length = char.IsSurrogate(ending[at]) ? Math.Min(2, ending.Length - at) : RunOf(ending[at..]);
            var mark = ending.Slice(at, length);
            at += length;
            if (mark is not ("." or "," or ":" or ";" or ")" or "\"" or "-" or "\u200D" or "\uFE0F"))
            {
                hashes[count++] = NGrams.HashMark(mark[..Math.Min(length, 2)]);
            }
        }

        return count;
    }

    private static int RunOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(text[0]);
        return end < 0 ? text.Length : end;
    }

    // :) ;-) :D xD <3 ^^ - at most one letter, and something beside letters.
    private static bool IsSmiley(ReadOnlySpan<char> token)
    {
        var letters = 0;
        var faces = 0;
        foreach (var letter in token)
        {
            letters += char.IsLetterOrDigit(letter) ? 1 : 0;
            faces += letter is ':' or ';' or '=' or '<' or '^' or '_' or '(' or ')' ? 1 : 0;
        }

        return token.Length > 1 && letters <= 1 && faces > 0;
    }
}
