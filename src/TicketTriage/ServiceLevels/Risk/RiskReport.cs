namespace TicketTriage.ServiceLevels.Risk;

/// <summary>
/// How well breaches are foretold: learned on the first part of a log, measured on the rest. In the rest the scores stay as they were
/// learned, and every week they are calibrated anew with what had ended by then, as in service.
/// </summary>
public sealed record RiskReport
{
    /// <summary>The share of the log, by opening time, that is learned from.</summary>
    public const double LearnedShare = 0.7;

    /// <summary>The share of the target at which the plain rule alarms.</summary>
    public const double RuleShare = 0.75;

    private const int Bins = 15;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public required int Learned { get; init; }

    public required int Reported { get; init; }

    public required double BreachRateLearned { get; init; }

    public required double BreachRateReported { get; init; }

    /// <summary>Area under the curve at opening.</summary>
    public required double Auc { get; init; }

    /// <summary>That of a guess by kind alone, such as the priority.</summary>
    public required double AucOfKind { get; init; }

    /// <summary>Calibration error over 15 bins of equal width.</summary>
    public required double Ece { get; init; }

    public required double EceBeforeCalibration { get; init; }

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
        var model = RiskModel.Learn(OpenCases.Weigh(learned, now, HalfLife, TimeSpan.MaxValue));
        var targets = new RiskTargets(learned, now);
        var (atOpening, atThreeQuarters) = Foretell(model, targets, cases, cut);
        var labels = rest.ConvertAll(past => past.IsBreached);
        bool[] isOpen = [.. rest.Select(past => IsOpenAtRule(past, targets))];
        var late = Enumerable.Range(0, rest.Count).Where(i => isOpen[i]).ToList();
        var rates = learned.Where(past => past.HasEndedBy(now)).GroupBy(past => past.Kind, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Average(past => past.IsBreached ? 1d : 0), StringComparer.Ordinal);
        return new RiskReport
        {
            Learned = cut,
            Reported = rest.Count,
            BreachRateLearned = learned.Average(past => past.IsBreached ? 1d : 0),
            BreachRateReported = rest.Average(past => past.IsBreached ? 1d : 0),
            Auc = RiskFigures.Auc(atOpening, labels),
            AucOfKind = RiskFigures.Auc([.. rest.Select(past => rates.GetValueOrDefault(past.Kind, 0.5))], labels),
            Ece = RiskFigures.Ece(atOpening, labels, Bins),
            EceBeforeCalibration = RiskFigures.Ece([.. rest.Select(past => RiskModel.Chance(model.Score(past)))], labels, Bins),
            OpenAtThreeQuarters = late.Count,
            AucAtThreeQuarters = RiskFigures.Auc(late.ConvertAll(i => atThreeQuarters[i]), late.ConvertAll(i => labels[i])),
            EceAtThreeQuarters = RiskFigures.Ece(late.ConvertAll(i => atThreeQuarters[i]), late.ConvertAll(i => labels[i]), Bins),
            Costs = [.. Enumerable.Range(1, 19).Select(twentieth => RiskCost.Of(twentieth / 20d, isOpen, atThreeQuarters, labels))],
        };
    }

    /// <summary>The chances of the rest, each calibrated with what was known in its week.</summary>
    private static (double[] AtOpening, double[] AtThreeQuarters) Foretell(
        RiskModel model, RiskTargets targets, List<PastCase> cases, int cut)
    {
        var count = cases.Count - cut;
        var (opening, late) = (new double[count], new double[count]);
        var next = cases[cut].OpenedAt;
        var (atOpening, atThreeQuarters) = (new RiskCalibration(1, 0), new RiskCalibration(1, 0));
        for (var i = cut; i < cases.Count; i++)
        {
            for (; cases[i].OpenedAt >= next; next += Week)
            {
                var known = OpenCases.Weigh(cases, next, RiskCalibration.HalfLife, RiskCalibration.Longest);
                var moment = next;
                atOpening = RiskCalibration.Fit([.. known.Select(Scored)]);
                atThreeQuarters = RiskCalibration.Fit([.. known.Where(weighted => IsOpenAtRule(weighted.Case, targets)
                    && moment - weighted.Case.OpenedAt > targets.Find(weighted.Case.Kind) * RuleShare).Select(Scored)]);
            }

            var score = model.Score(cases[i]);
            (opening[i - cut], late[i - cut]) = (atOpening.ChanceOf(score), atThreeQuarters.ChanceOf(score));
        }

        return (opening, late);

        (double Score, double Label, double Weight) Scored(WeightedCase weighted) =>
            (model.Score(weighted.Case), weighted.Label, weighted.Weight);
    }

    private static bool IsOpenAtRule(PastCase past, RiskTargets targets) =>
        targets.Find(past.Kind) is { } target && past.IsOpenAfter(target * RuleShare);
}
