namespace TicketTriage.ServiceLevels.Risk;

/// <summary>What each group mostly has to do, and so whether a number of open tickets is few or many for it.</summary>
/// <param name="past">Of each past ticket its group, and how many that had open when it came.</param>
public sealed class TeamLoads(IEnumerable<(string? GroupId, long Open)> past)
{
    private const double LowLoad = 0.67;
    private const double HighLoad = 1.5;

    /// <summary>Medians.</summary>
    private readonly Dictionary<string, double> usualByGroup = past.GroupBy(ticket => ticket.GroupId ?? "", StringComparer.Ordinal).ToDictionary(
        group => group.Key,
        group => (double)group.Select(ticket => ticket.Open).Order().ElementAt(group.Count() / 2),
        StringComparer.Ordinal);

    public TeamLoad Of(string? groupId, long open) => !usualByGroup.TryGetValue(groupId ?? "", out var usual) || usual <= 0 ? TeamLoad.Usual
        : open < usual * LowLoad ? TeamLoad.Low
        : open > usual * HighLoad ? TeamLoad.High
        : TeamLoad.Usual;
}

/// <summary>How much a team has to do, measured by what it mostly has.</summary>
public enum TeamLoad
{
    Usual = 0,
    Low,
    High,
}
