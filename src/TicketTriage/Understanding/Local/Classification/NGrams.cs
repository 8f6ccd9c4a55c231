namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// What a folded text is made of, each piece as a 64-bit hash: words, pairs of words, the first and the last word once more as such, and
/// runs of three to five characters in a word.
/// Runs of characters carry German, where compounds and endings make most words rare.
/// </summary>
internal static class NGrams
{
    private const ulong Offset = 14695981039346656037;
    private const ulong OffsetOfWords = Offset ^ 0x5DEECE66D;
    private const ulong OffsetOfMarks = Offset ^ 0xB5026F5AA9;
    private const ulong Prime = 1099511628211;
    private const int ShortestRun = 3;
    private const int LongestRun = 5;

    /// <summary>Room that the words and pairs of a folded text can need.</summary>
    public static int RoomForWords(int foldedLength) => foldedLength + 3;

    /// <summary>Room that the runs of a folded text can need.</summary>
    public static int RoomForRuns(int foldedLength) => foldedLength * (LongestRun - ShortestRun + 1);

    /// <returns>How many hashes were written.</returns>
    public static int HashWords(ReadOnlySpan<char> folded, Span<ulong> hashes)
    {
        var count = 0;
        var start = 1;
        var startOfPrevious = -1;
        for (var at = 1; at < folded.Length; at++)
        {
            if (folded[at] != ' ')
            {
                continue;
            }

            hashes[count++] = HashWord(folded[start..at]);
            if (startOfPrevious < 0)
            {
                hashes[count++] = HashWord(folded[(start - 1)..at]);
            }
            else
            {
                hashes[count++] = HashWord(folded[startOfPrevious..at]);
            }

            startOfPrevious = start;
            start = at + 1;
        }

        if (startOfPrevious >= 0)
        {
            hashes[count++] = HashWord(folded[startOfPrevious..]);
        }

        return count;
    }

    /// <returns>How many hashes were written.</returns>
    public static int HashRuns(ReadOnlySpan<char> folded, Span<ulong> hashes)
    {
        var count = 0;
        var word = 0;
        while (word < folded.Length - 1)
        {
            var end = word + 1 + folded[(word + 1)..].IndexOf(' ');
            for (var start = word; start + ShortestRun <= end + 1; start++)
            {
                var hash = Offset;
                var most = Math.Min(LongestRun, end + 1 - start);
                for (var length = 1; length <= most; length++)
                {
                    hash = Continue(hash, folded[start + length - 1]);
                    if (length >= ShortestRun)
                    {
                        hashes[count++] = Finish(hash);
                    }
                }
            }

            word = end;
        }

        return count;
    }

    /// <summary>The hash of a word or pair of words; a run of the same characters has another.</summary>
    public static ulong HashWord(ReadOnlySpan<char> words) => Hash(words, OffsetOfWords);

    /// <summary>The hash of what isn't a word.</summary>
    public static ulong HashMark(ReadOnlySpan<char> mark) => Hash(mark, OffsetOfMarks);

    /// <summary>Begins what <see cref="HashWord"/> does in one go.</summary>
    public static ulong BeginWord() => OffsetOfWords;

    public static ulong Continue(ulong hash, char letter) => (hash ^ letter) * Prime;

    // The upper bits of the product are well mixed, the lower ones are not; 0 marks a free place in the table.
    public static ulong Finish(ulong hash) => (hash ^ (hash >> 32)) | 1;

    private static ulong Hash(ReadOnlySpan<char> piece, ulong offset)
    {
        var hash = offset;
        foreach (var letter in piece)
        {
            hash = Continue(hash, letter);
        }

        return Finish(hash);
    }
}
