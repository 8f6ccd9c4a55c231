using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// Words and phrases, each with what it stands for, found in a text in one pass. A phrase's words may begin or end with <c>*</c> for any
/// beginning or ending; a lone <c>*</c> is any one word. Umlauts and case make no difference.
/// </summary>
internal sealed class PhraseList<T>
{
    private readonly Dictionary<string, List<Phrase>> byFirstWord = new(StringComparer.Ordinal);
    private readonly List<Phrase> byFirstPart = [];

    public PhraseList(IEnumerable<KeyValuePair<string, T>> phrases)
    {
        foreach (var (text, meaning) in phrases)
        {
            var words = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(Word.Parse).ToArray();
            var phrase = new Phrase(text, words, meaning);
            if (words[0].IsWhole)
            {
                ref var sameStart = ref CollectionsMarshal.GetValueRefOrAddDefault(byFirstWord, words[0].Text, out _);
                (sameStart ??= []).Add(phrase);
            }
            else
            {
                byFirstPart.Add(phrase);
            }
        }
    }

    /// <param name="words">The words of a text, folded, with breaks.</param>
    /// <returns>Where each phrase begins and what it means, in the order of the text; of several from one word on, the longest.</returns>
    public List<Found> FindIn(IReadOnlyList<string> words)
    {
        var found = new List<Found>();
        for (var at = 0; at < words.Count; at++)
        {
            Phrase? best = null;
            if (byFirstWord.TryGetValue(words[at], out var sameStart))
            {
                foreach (var phrase in sameStart)
                {
                    best = Longer(best, phrase, words, at);
                }
            }

            foreach (var phrase in byFirstPart)
            {
                best = Longer(best, phrase, words, at);
            }

            if (best is not null)
            {
                found.Add(new Found(at, best.Words.Length, best.Text, best.Meaning));
            }
        }

        return found;
    }

    private static Phrase? Longer(Phrase? best, Phrase phrase, IReadOnlyList<string> words, int at) =>
        (best is null || phrase.Words.Length > best.Words.Length) && phrase.Fits(words, at) ? phrase : best;

    /// <param name="At">Index of the first word.</param>
    /// <param name="Length">In words.</param>
    /// <param name="Phrase">As the list has it, not as the text has it.</param>
    internal readonly record struct Found(int At, int Length, string Phrase, T Meaning);

    private sealed record Phrase(string Text, Word[] Words, T Meaning)
    {
        public bool Fits(IReadOnlyList<string> words, int at)
        {
            if (at + Words.Length > words.Count)
            {
                return false;
            }

            for (var next = 0; next < Words.Length; next++)
            {
                if (!Words[next].Fits(words[at + next]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed record Word(string Text, bool AnyStart, bool AnyEnd)
    {
        public bool IsWhole => !AnyStart && !AnyEnd;

        public static Word Parse(string written) =>
            new(FoldedText.Of(written), written.StartsWith('*'), written.EndsWith('*'));

        public bool Fits(string word) => (AnyStart, AnyEnd) switch
        {
            (false, false) => word == Text,
            (false, true) => word.StartsWith(Text, StringComparison.Ordinal),
            (true, false) => word.EndsWith(Text, StringComparison.Ordinal),
            (true, true) => word.Contains(Text, StringComparison.Ordinal),
        };
    }
}
