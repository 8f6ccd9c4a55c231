using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels.Risk;

/// <summary>
/// How well the table that runs in service would have foretold the breaches of a log: begun with the first part, measured on the rest. For
/// the rest it is made anew every day, with what was known by then, as in service.
/// </summary>
public sealed record RiskReport
{
    /// <summary>The share of the log, by opening time, that is learned from.</summary>
    public const double LearnedShare = 0.7;

    /// <summary>The share of the target at which the plain rule alarms.</summary>
    public const double RuleShare = 0.75;

    private const int Bins = 15;

    /// <summary>Of the target, for a breach that came sooner than what was taken for the target: the log's own word counts.</summary>
    private const double JustOver = 1.0001;

    public required int Learned { get; init; }

    public required int Reported { get; init; }

    public required double BreachRateLearned { get; init; }

    public required double BreachRateReported { get; init; }

    /// <summary>Area under the curve at opening.</summary>
    public required double Auc { get; init; }

    /// <summary>That of a guess by the priority alone.</summary>
    public required double AucOfKind { get; init; }

    /// <summary>Calibration error over 15 bins of equal width.</summary>
    public required double Ece { get; init; }

    /// <summary>That of the table as it was on the first day, never learned anew.</summary>
    public required double EceOfFirstTable { get; init; }

    /// <summary>Cases of the rest that were still open when three quarters of their target were used up.</summary>
    public required int OpenAtThreeQuarters { get; init; }

    public required double AucAtThreeQuarters { get; init; }

    public required double EceAtThreeQuarters { get; init; }

    /// <summary>What alarms and misses cost, for each price of an alarm.</summary>
    public required IReadOnlyList<RiskCost> Costs { get; init; }

    /// <summary>True where the plain rule is cheaper at no price.</summary>
    public bool IsNeverWorseThanRule => Costs.All(cost => cost.This <= cost.Rule + 1e-9);

    /// <exception cref="InvalidOperationException">There are too few cases, or only breaches, or none.</exception>
    public static RiskReport Measure(IReadOnlyList<PastCase> log)
    {
        var cases = log.OrderBy(past => past.OpenedAt).ToList();
        var cut = (int)(cases.Count * LearnedShare);
        if (cut < 20 || cases[cut..].All(past => past.IsBreached) || cases[cut..].TrueForAll(past => !past.IsBreached))
        {
            throw new InvalidOperationException(
                $"The log has {cases.Count} cases; at least 30 are needed, with met and missed ones among the last {1 - LearnedShare:P0}.");
        }

        var (learned, rest, now) = (cases[..cut], cases[cut..], cases[cut].OpenedAt);
        var targets = new RiskTargets(learned, now);
        var (atOpening, atThreeQuarters, byFirstTable) = Foretell(targets, cases, cut);
        var labels = rest.ConvertAll(past => past.IsBreached);
        bool[] isOpen = [.. rest.Select(past => IsOpenAtRule(past, targets))];
        var late = Enumerable.Range(0, rest.Count).Where(i => isOpen[i]).ToList();
        var rates = learned.Where(past => past.HasEndedBy(now)).GroupBy(past => past.Kind.Priority)
            .ToDictionary(kind => kind.Key, kind => kind.Average(past => past.IsBreached ? 1d : 0));
        return new RiskReport
        {
            Learned = cut,
            Reported = rest.Count,
            BreachRateLearned = learned.Average(past => past.IsBreached ? 1d : 0),
            BreachRateReported = rest.Average(past => past.IsBreached ? 1d : 0),
            Auc = RiskFigures.Auc(atOpening, labels),
            AucOfKind = RiskFigures.Auc([.. rest.Select(past => rates.GetValueOrDefault(past.Kind.Priority, 0.5))], labels),
            Ece = RiskFigures.Ece(atOpening, labels, Bins),
            EceOfFirstTable = RiskFigures.Ece(byFirstTable, labels, Bins),
            OpenAtThreeQuarters = late.Count,
            AucAtThreeQuarters = RiskFigures.Auc(late.ConvertAll(i => atThreeQuarters[i]), late.ConvertAll(i => labels[i])),
            EceAtThreeQuarters = RiskFigures.Ece(late.ConvertAll(i => atThreeQuarters[i]), late.ConvertAll(i => labels[i]), Bins),
            Costs = [.. Enumerable.Range(1, 19).Select(twentieth => RiskCost.Of(twentieth / 20d, isOpen, atThreeQuarters, labels))],
        };
    }

    /// <summary>The chances of the rest, each by the table of its day.</summary>
    private static (double[] AtOpening, double[] AtThreeQuarters, double[] ByFirstTable) Foretell(
        RiskTargets targets, List<PastCase> cases, int cut)
    {
        var queues = new OpenQueues();
        var open = cases.ConvertAll(past => queues.Enter(past.GroupId, past.OpenedAt, past.EndedAt));
        var count = cases.Count - cut;
        var (opening, late, byFirst) = (new double[count], new double[count], new double[count]);
        var learnAt = cases[cut].OpenedAt;
        var (table, loads) = Learn(targets, cases[..cut], open, learnAt);
        var first = table;
        for (var i = cut; i < cases.Count; i++)
        {
            if (cases[i].OpenedAt - learnAt >= DurationTable.LearnEvery)
            {
                learnAt = cases[i].OpenedAt;
                (table, loads) = Learn(targets, cases[..i], open, learnAt);
            }

            var (past, load) = (cases[i], loads.Of(cases[i].GroupId, open[i]));

            // Where it knows too little the shares of the target alone decide: nothing at opening, an alarm at three quarters.
            opening[i - cut] = Find(table, past, load, 0) ?? 0;
            late[i - cut] = Find(table, past, load, RuleShare) ?? 1;
            byFirst[i - cut] = Find(first, past, load, 0) ?? 0;
        }

        return (opening, late, byFirst);
    }

    private static double? Find(DurationTable table, PastCase past, TeamLoad load, double share) =>
        table.Find(ServiceLevelMetric.ResolutionTime, past.Kind, past.GroupId, load, share)?.Chance;

    /// <param name="cases">Opened by <paramref name="now"/>.</param>
    private static (DurationTable Table, TeamLoads Loads) Learn(
        RiskTargets targets, List<PastCase> cases, List<int> open, DateTimeOffset now)
    {
        var known = Enumerable.Range(0, cases.Count).Where(i => now - cases[i].OpenedAt < DurationTable.Longest).ToList();
        var loads = new TeamLoads(known.Select(i => (cases[i].GroupId, (long)open[i])));
        var durations = new List<PastDuration>(known.Count);
        foreach (var i in known)
        {
            var past = cases[i];
            if (targets.Find(past.Kind.Priority) is not { } target)
            {
                continue;
            }

            var hasEnded = past.HasEndedBy(now);
            var share = ((hasEnded ? past.EndedAt ?? now : now) - past.OpenedAt) / target;
            durations.Add(new PastDuration(
                past.OpenedAt,
                ServiceLevelMetric.ResolutionTime,
                past.Kind,
                past.GroupId,
                loads.Of(past.GroupId, open[i]),
                !hasEnded ? share : past.IsBreached ? Math.Max(share, JustOver) : Math.Min(share, 1))
            {
                IsOpen = !hasEnded,
            });
        }

        return (new DurationTable(durations, now), loads);
    }

    private static bool IsOpenAtRule(PastCase past, RiskTargets targets) =>
        targets.Find(past.Kind.Priority) is { } target && past.IsOpenAfter(target * RuleShare);
}
