using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels.Risk;

/// <summary>The targets of a log that doesn't name them: for each priority the age that parts met from missed with the fewest errors.</summary>
public sealed class RiskTargets
{
    private readonly Dictionary<TicketPriority, TimeSpan> targets;

    /// <param name="now">Nothing that ended later is known.</param>
    public RiskTargets(IReadOnlyList<PastCase> cases, DateTimeOffset now) => targets = cases.Where(past => past.HasEndedBy(now))
        .GroupBy(past => past.Kind.Priority)
        .ToDictionary(kind => kind.Key, kind => Part([.. kind]));

    /// <returns>Over 0; <see langword="null"/> for a priority of which none ever ended.</returns>
    public TimeSpan? Find(TicketPriority priority) => targets.TryGetValue(priority, out var target) && target > TimeSpan.Zero ? target : null;

    private static TimeSpan Part(IReadOnlyList<PastCase> cases)
    {
        var byAge = cases.Select(past => (Age: past.EndedAt.GetValueOrDefault() - past.OpenedAt, past.IsBreached)).OrderBy(past => past.Age).ToList();
        var errors = byAge.Count(past => !past.IsBreached);
        var (best, fewest) = (byAge[0].Age, int.MaxValue);
        foreach (var (age, isBreached) in byAge)
        {
            errors += isBreached ? 1 : -1;
            if (errors < fewest)
            {
                (best, fewest) = (age, errors);
            }
        }

        return best;
    }
}
