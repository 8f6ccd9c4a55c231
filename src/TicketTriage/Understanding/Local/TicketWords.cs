using System.Buffers;

namespace TicketTriage.Understanding.Local;

/// <summary>The words of a text in folded form, with a <see cref="FoldedText.Break"/> where a sentence or clause ends.</summary>
internal static class TicketWords
{
    public static IReadOnlyList<string> Split(string text)
    {
        var folded = ArrayPool<char>.Shared.Rent(FoldedText.RoomFor(text.Length));
        var length = FoldedText.Fold(text, folded, keepBreaks: true);
        var words = new List<string>(text.Length / 6);
        foreach (var range in folded.AsSpan(0, length).Split(' '))
        {
            if (range.Start.Value < range.End.Value)
            {
                words.Add(new string(folded.AsSpan(range)));
            }
        }

        ArrayPool<char>.Shared.Return(folded);
        return words;
    }

    /// <summary>True where a negating word stands up to two words before, in the same clause.</summary>
    public static bool IsNegated(IReadOnlyList<string> words, int at, IReadOnlySet<string> negators)
    {
        for (var before = at - 1; before >= Math.Max(0, at - 2); before--)
        {
            if (words[before][0] == FoldedText.Break)
            {
                return false;
            }

            if (negators.Contains(words[before]))
            {
                return true;
            }
        }

        return false;
    }
}
