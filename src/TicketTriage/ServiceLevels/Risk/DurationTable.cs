using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels.Risk;

/// <summary>
/// How much of their targets past tickets used up, by kind. Asked how likely a clock is missed that has run so far: of the tickets of its
/// kind that were still open then, the share that missed. Small kinds lean on the larger ones that they belong to.
/// </summary>
public sealed class DurationTable
{
    /// <summary>With fewer of a metric there is nothing to say, and the shares of the target alone decide.</summary>
    public const int Fewest = 50;

    /// <summary>How many tickets the larger kind counts for in the smaller.</summary>
    private const double Lean = 20;

    private readonly Dictionary<string, double[]> sharesByKey = new(StringComparer.Ordinal);

    public DurationTable(IReadOnlyList<PastDuration> durations)
    {
        foreach (var kind in durations.SelectMany(past => KeysOf(past.Metric, past.Kind, past.GroupId, past.Load).Select(key => (key, past.Share)))
            .GroupBy(line => line.key, line => line.Share, StringComparer.Ordinal))
        {
            sharesByKey[kind.Key] = [.. kind.Order()];
        }
    }

    /// <param name="elapsed">The share of the target that is used up.</param>
    /// <returns>The chance, and the number of like tickets behind it; <see langword="null"/> where too little is known.</returns>
    public (double Chance, int Alike)? Find(ServiceLevelMetric metric, TicketKind kind, string? groupId, TeamLoad load, double elapsed)
    {
        (double Chance, int Alike)? found = null;
        foreach (var key in KeysOf(metric, kind, groupId, load))
        {
            if (!sharesByKey.TryGetValue(key, out var shares) || (found is null && shares.Length < Fewest))
            {
                return found;
            }

            var open = shares.Length - FirstOver(shares, elapsed);
            var missed = shares.Length - FirstOver(shares, Math.Max(1, elapsed));
            var before = found?.Chance ?? (open == 0 ? 1 : missed / (double)open);
            found = ((missed + (Lean * before)) / (open + Lean), open);
        }

        return found;
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

    private static int FirstOver(double[] shares, double share)
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

/// <param name="Share">Of the target that was used up in the end; over 1 for a breach.</param>
/// <param name="Load">Of the team when the ticket came in.</param>
public sealed record PastDuration(ServiceLevelMetric Metric, TicketKind Kind, string? GroupId, TeamLoad Load, double Share);

/// <summary>How much a team has to do, measured by what it mostly has.</summary>
public enum TeamLoad
{
    Usual = 0,
    Low,
    High,
}
