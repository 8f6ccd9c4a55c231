namespace TicketTriage.ServiceLevels.Risk;

/// <summary>
/// Makes cases learnable that haven't ended. Left out, they would make everything look quicker than it is: of the newest cases only the
/// short have ended.
/// </summary>
public sealed class OpenCases
{
    /// <summary>What is open for longer than anything that ended was missed, most likely.</summary>
    private const double ChanceOfTheOldest = 0.9;

    private const double WeightOfTheOldest = 5;

    private readonly double[] hours;
    private readonly double[] breachesFrom;

    /// <param name="now">Nothing that ended later is known.</param>
    public OpenCases(IReadOnlyList<PastCase> cases, DateTimeOffset now)
    {
        var ended = cases.Where(past => past.HasEndedBy(now))
            .Select(past => (Hours: (past.EndedAt.GetValueOrDefault() - past.OpenedAt).TotalHours, past.IsBreached))
            .OrderBy(past => past.Hours).ToList();
        hours = [.. ended.Select(past => past.Hours)];
        breachesFrom = new double[ended.Count + 1];
        for (var i = ended.Count - 1; i >= 0; i--)
        {
            breachesFrom[i] = breachesFrom[i + 1] + (ended[i].IsBreached ? 1 : 0);
        }
    }

    /// <summary>The chance that a case is a breach which is still open at this age.</summary>
    public double ChanceAt(TimeSpan age)
    {
        var first = Array.BinarySearch(hours, age.TotalHours);
        first = first < 0 ? ~first : first;
        return (breachesFrom[first] + (WeightOfTheOldest * ChanceOfTheOldest)) / (hours.Length - first + WeightOfTheOldest);
    }

    /// <summary>What can be learned at a moment from the cases opened before it, the older the less.</summary>
    /// <param name="halfLife">The age at which a case counts half: how a team works changes within weeks.</param>
    /// <param name="longest">Older cases don't count.</param>
    public static IReadOnlyList<WeightedCase> Weigh(
        IReadOnlyList<PastCase> cases, DateTimeOffset now, TimeSpan halfLife, TimeSpan longest)
    {
        var recent = cases.Where(past => past.OpenedAt < now && now - past.OpenedAt < longest).ToList();
        var open = new OpenCases(recent, now);
        return
        [
            .. from past in recent
               let age = now - past.OpenedAt
               let label = past.HasEndedBy(now) ? (past.IsBreached ? 1 : 0) : open.ChanceAt(age)
               select new WeightedCase(past, label, Math.Pow(0.5, age / halfLife)),
        ];
    }
}
