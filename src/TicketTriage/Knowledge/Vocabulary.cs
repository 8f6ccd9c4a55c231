using System.Buffers;

namespace TicketTriage.Knowledge;

/// <summary>
/// The words that the passages have, and which of them a word may stand for: itself, those that it begins or ends, those that begin or end
/// it (German writes several words as one), and where it is unknown those that are spelt nearly so.
/// </summary>
internal sealed class Vocabulary
{
    private const int ShortestWithRelatives = 5;
    private const int ShortestCompound = 9;
    private const int ShortestPart = 4;

    /// <summary>What the shorter part of a compound is left with at least.</summary>
    private const int ShortestRest = 3;

    private const int MostLonger = 6;
    private const int MostSpeltNearly = 3;
    private const double ShareOfRelatives = 0.6;
    private const double ShareOfSpeltNearly = 0.5;

    /// <summary>Of the runs of three letters that two words have, the share that both have.</summary>
    private const double LeastAlike = 0.3;

    private readonly string[] words;
    private readonly Dictionary<string, int> places;
    private readonly string[] reversed;
    private readonly int[] placesByEnd;
    private readonly Dictionary<ulong, int[]> withRun;
    private readonly int[] runCounts;

    public Vocabulary(IEnumerable<string> all)
    {
        words = [.. all];
        Array.Sort(words, StringComparer.Ordinal);
        places = words.Index().ToDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal);
        reversed = [.. words.Select(Reverse)];
        placesByEnd = [.. Enumerable.Range(0, words.Length)];
        Array.Sort(reversed, placesByEnd, StringComparer.Ordinal);
        (withRun, runCounts) = CollectRuns(words);
    }

    public int Count => words.Length;

    /// <returns>The word's number; -1 where no passage has it.</returns>
    public int Find(string word) => places.GetValueOrDefault(word, -1);

    /// <param name="stems">Of one word, in several languages.</param>
    /// <returns>The numbers of words that it may stand for, and how much each counts, in (0, 1]; a number may come twice.</returns>
    public IEnumerable<(int Word, double Share)> Relate(IReadOnlyList<string> stems)
    {
        var isKnown = stems.Any(stem => Find(stem) >= 0);
        foreach (var stem in stems)
        {
            var own = Find(stem);
            if (own >= 0)
            {
                yield return (own, 1);
            }

            if (stem.Length < ShortestWithRelatives)
            {
                continue;
            }

            foreach (var relative in Longer(words, stem, own).Concat(Longer(reversed, Reverse(stem), own, placesByEnd)).Concat(Parts(stem)))
            {
                yield return (relative, ShareOfRelatives);
            }

            // A word that is there in one language is spelt rightly, though no passage has its stem in another.
            foreach (var (near, alike) in isKnown ? [] : SpeltNearly(stem))
            {
                yield return (near, ShareOfSpeltNearly * alike);
            }
        }
    }

    /// <summary>The shortest that begin with it, in a list that is sorted.</summary>
    /// <param name="numbers">Of the words in the list; <see langword="null"/> where they are their places.</param>
    private IEnumerable<int> Longer(string[] sorted, string beginning, int own, int[]? numbers = null)
    {
        var at = Array.BinarySearch(sorted, beginning, StringComparer.Ordinal);
        var found = new List<int>();
        for (var place = at < 0 ? ~at : at; place < sorted.Length && sorted[place].StartsWith(beginning, StringComparison.Ordinal); place++)
        {
            found.Add(numbers is null ? place : numbers[place]);
        }

        return found.Where(word => word != own).OrderBy(word => words[word].Length).ThenBy(word => word).Take(MostLonger);
    }

    private List<int> Parts(string word)
    {
        var known = places.GetAlternateLookup<ReadOnlySpan<char>>();
        var parts = new List<int>();
        for (var letters = ShortestPart; word.Length >= ShortestCompound && letters <= word.Length - ShortestRest; letters++)
        {
            if (known.TryGetValue(word.AsSpan(0, letters), out var first))
            {
                parts.Add(first);
            }

            if (known.TryGetValue(word.AsSpan(word.Length - letters), out var last))
            {
                parts.Add(last);
            }
        }

        return parts;
    }

    private IEnumerable<(int Word, double Alike)> SpeltNearly(string word)
    {
        var runs = RunsOf(word);
        var shared = ArrayPool<int>.Shared.Rent(words.Length);
        shared.AsSpan(0, words.Length).Clear();
        foreach (var run in runs)
        {
            foreach (var near in withRun.GetValueOrDefault(run, []))
            {
                shared[near]++;
            }
        }

        var alike = new List<(int Word, double Alike)>();
        for (var near = 0; near < words.Length; near++)
        {
            if (shared[near] >= LeastAlike * (runs.Count + runCounts[near] - shared[near]))
            {
                alike.Add((near, shared[near] / (double)(runs.Count + runCounts[near] - shared[near])));
            }
        }

        ArrayPool<int>.Shared.Return(shared);
        return alike.OrderByDescending(near => near.Alike).ThenBy(near => near.Word).Take(MostSpeltNearly);
    }

    private static (Dictionary<ulong, int[]> WithRun, int[] Counts) CollectRuns(string[] words)
    {
        var lists = new Dictionary<ulong, List<int>>();
        var counts = new int[words.Length];
        foreach (var (place, word) in words.Index())
        {
            var runs = RunsOf(word);
            counts[place] = runs.Count;
            foreach (var run in runs)
            {
                if (!lists.TryGetValue(run, out var list))
                {
                    lists[run] = list = [];
                }

                list.Add(place);
            }
        }

        return (lists.ToDictionary(list => list.Key, list => list.Value.ToArray()), counts);
    }

    /// <summary>The runs of three letters, of which two may stand before the word and one behind it: its beginning counts more.</summary>
    private static HashSet<ulong> RunsOf(string word)
    {
        var runs = new HashSet<ulong>();
        var run = ((ulong)' ' << 16) | ' ';
        foreach (var letter in word.Append(' '))
        {
            run = ((run << 16) | letter) & 0xFFFF_FFFF_FFFF;
            runs.Add(run);
        }

        return runs;
    }

    private static string Reverse(string word) =>
        string.Create(word.Length, word, (letters, from) =>
        {
            from.CopyTo(letters);
            letters.Reverse();
        });
}
