using TicketTriage.Routing.Matching;

namespace TicketTriage.Routing.Simulation;

/// <summary>
/// Compares policies on the same draws. What differs between two of them in one seed is the policies' doing alone, so that the differences
/// are looked at seed by seed.
/// </summary>
public static class SimulationComparison
{
    /// <param name="draws">One for each seed.</param>
    /// <param name="policies">The router may be among them.</param>
    public static IReadOnlyList<ComparedPolicy> Compare(
        IReadOnlyList<SimulatedHelpdesk> draws,
        IReadOnlyList<SimulatedPolicy> policies,
        RouterTuning tuning,
        CancellationToken cancellationToken)
    {
        var outcomes = new List<IReadOnlyList<SimulatedOutcome>>();
        foreach (var policy in policies)
        {
            var own = new List<SimulatedOutcome>();
            foreach (var draw in draws)
            {
                own.Add(SimulationRun.Run(draw, policy, tuning, cancellationToken));
            }

            outcomes.Add(own);
        }

        var usual = outcomes.Where(own => own[0].Policy.Kind != PolicyKind.This).ToList();
        return [.. outcomes.Select(own => Judge(own, usual.Where(other => other != own).MinBy(Breaches)))];
    }

    private static double Breaches(IReadOnlyList<SimulatedOutcome> outcomes) => outcomes.Average(outcome => outcome.BreachRate);

    private static ComparedPolicy Judge(IReadOnlyList<SimulatedOutcome> own, IReadOnlyList<SimulatedOutcome>? best) => new(
        own[0].Policy,
        Breaches(own),
        own.Average(outcome => outcome.BreachRateP1P2),
        own.Average(outcome => outcome.BreachRateP4),
        own.Average(outcome => outcome.SkillMatch),
        own.Average(outcome => outcome.Gini),
        own.Max(outcome => outcome.MaxWaitOverTarget),
        own.Average(outcome => outcome.MeanWaitMinutes),
        best?[0].Policy,
        best is null ? null : Interval.Of([.. own.Zip(best, (one, other) => one.BreachRate - other.BreachRate)]));
}

/// <summary>A policy over all seeds: means, the longest wait as the longest of all.</summary>
/// <param name="Best">The usual policy with the fewest breaches, other than this one itself; <see langword="null"/> where none was
/// run.</param>
/// <param name="DifferenceToBest">Of the breach rate, seed by seed: negative where this one has fewer.</param>
public sealed record ComparedPolicy(
    SimulatedPolicy Policy,
    double BreachRate,
    double BreachRateP1P2,
    double BreachRateP4,
    double SkillMatch,
    double Gini,
    double MaxWaitOverTarget,
    double MeanWaitMinutes,
    SimulatedPolicy? Best,
    Interval? DifferenceToBest);

/// <summary>A mean with its interval of 95 %, by Student's t.</summary>
public sealed record Interval(double Mean, double Low, double High)
{
    // 97.5 % points for 1 to 30 degrees of freedom; beyond them the normal distribution's is close enough.
    private static readonly double[] Points =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <param name="values">At least one; of one alone nothing is known about the spread, and the interval is infinite.</param>
    public static Interval Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count == 1)
        {
            return new Interval(mean, double.NegativeInfinity, double.PositiveInfinity);
        }

        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        var point = values.Count - 2 < Points.Length ? Points[values.Count - 2] : 1.96;
        var half = point * Math.Sqrt(variance / values.Count);
        return new Interval(mean, mean - half, mean + half);
    }
}
