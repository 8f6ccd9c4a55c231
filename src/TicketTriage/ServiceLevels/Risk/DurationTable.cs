using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels.Risk;

/// <summary>
/// How much of their targets past tickets used up, by kind. Asked how likely a clock is missed that has run so far: of the tickets of its
/// kind that were still open then, the share that missed. One that hasn't ended counts for as long as it was seen open (Kaplan and Meier):
/// left out, it would make everything look quicker than it is. Small kinds lean on the larger ones that they belong to. A table made anew
/// every day needs no other calibration; <see cref="RiskReport"/> measures it.
/// </summary>
public sealed class DurationTable
{
    /// <summary>With fewer of a metric there is nothing to say, and the shares of the target alone decide.</summary>
    public const int Fewest = 50;

    /// <summary>How old a table may grow.</summary>
    public static readonly TimeSpan LearnEvery = TimeSpan.FromDays(1);

    /// <summary>Where they are enough, the last weeks count alone: how a team works changes within them.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(28);

    /// <summary>Further back than this nothing counts.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    /// <summary>Of a metric, that have ended.</summary>
    private const int Plenty = 200;

    /// <summary>How many tickets the larger kind counts for in the smaller.</summary>
    private const double Lean = 20;

    private readonly Dictionary<string, Kin> kinByKey = new(StringComparer.Ordinal);

    /// <param name="now">The last moment of which they know.</param>
    public DurationTable(IReadOnlyList<PastDuration> durations, DateTimeOffset now)
    {
        var counted = durations.GroupBy(past => past.Metric).SelectMany(ofMetric => Newest([.. ofMetric], now));
        foreach (var kind in counted.SelectMany(past => KeysOf(past.Metric, past.Kind, past.GroupId, past.Load).Select(key => (key, past)))
            .GroupBy(line => line.key, line => line.past, StringComparer.Ordinal))
        {
            kinByKey[kind.Key] = new Kin(kind);
        }
    }

    /// <param name="elapsed">The share of the target that is used up.</param>
    /// <returns>The chance, and the number of like tickets behind it; <see langword="null"/> where too little is known.</returns>
    public (double Chance, int Alike)? Find(ServiceLevelMetric metric, TicketKind kind, string? groupId, TeamLoad load, double elapsed)
    {
        (double Chance, int Alike)? found = null;
        foreach (var key in KeysOf(metric, kind, groupId, load))
        {
            if (!kinByKey.TryGetValue(key, out var kin) || (found is null && kin.Ended < Fewest))
            {
                return found;
            }

            var (open, chance) = kin.Find(elapsed);
            var before = found?.Chance ?? chance;
            found = (((open * chance) + (Lean * before)) / (open + Lean), open);
        }

        return found;
    }

    private static List<PastDuration> Newest(List<PastDuration> durations, DateTimeOffset now)
    {
        var recent = durations.FindAll(past => now - past.OpenedAt < Recent);
        return recent.Count(past => !past.IsOpen) >= Plenty ? recent : durations.FindAll(past => now - past.OpenedAt < Longest);
    }

    /// <summary>From the largest kind to the smallest.</summary>
    private static IEnumerable<string> KeysOf(ServiceLevelMetric metric, TicketKind kind, string? groupId, TeamLoad load)
    {
        var key = $"{metric}";
        yield return key;
        yield return key += $"|{kind.Priority}";
        yield return key += $"|{groupId}";
        yield return key += $"|{load}";
        yield return $"{key}|{kind.Intent}";
    }

    /// <summary>Past tickets of one kind, by the share that each used up.</summary>
    private sealed class Kin
    {
        private readonly double[] shares;

        /// <summary>The share of tickets that are still open behind the first so many.</summary>
        private readonly double[] openBehind;

        public Kin(IEnumerable<PastDuration> durations)
        {
            var sorted = durations.OrderBy(past => past.Share).ThenBy(past => past.IsOpen).ToList();
            shares = [.. sorted.Select(past => past.Share)];
            Ended = sorted.Count(past => !past.IsOpen);
            openBehind = new double[sorted.Count + 1];
            openBehind[0] = 1;
            for (var i = 0; i < sorted.Count; i++)
            {
                openBehind[i + 1] = sorted[i].IsOpen ? openBehind[i] : openBehind[i] * (1 - (1.0 / (sorted.Count - i)));
            }
        }

        public int Ended { get; }

        /// <returns>How many were seen open for longer, and the chance that such a one misses.</returns>
        public (int Open, double Chance) Find(double elapsed)
        {
            var (now, due) = (FirstOver(elapsed), FirstOver(Math.Max(1, elapsed)));
            return (shares.Length - now, openBehind[now] == 0 ? 1 : openBehind[due] / openBehind[now]);
        }

        private int FirstOver(double share)
        {
            var (low, high) = (0, shares.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (shares[middle] > share)
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            return low;
        }
    }
}

/// <param name="Load">Of the team when the ticket came in.</param>
/// <param name="Share">Of the target that was used up in the end; over 1 for a breach.</param>
public sealed record PastDuration(
    DateTimeOffset OpenedAt, ServiceLevelMetric Metric, TicketKind Kind, string? GroupId, TeamLoad Load, double Share)
{
    /// <summary>True where it hasn't ended: no more is known than that it was open for so long.</summary>
    public bool IsOpen { get; init; }
}
