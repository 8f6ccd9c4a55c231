namespace TicketTriage.ServiceLevels;

/// <summary>A service level policy with its calendars read.</summary>
public sealed class ServiceLevelHours
{
    private readonly Dictionary<string, BusinessCalendar> calendars = new(StringComparer.Ordinal);

    /// <param name="version">Of the policy document.</param>
    /// <exception cref="ArgumentException">The policy has faults that <see cref="ServiceLevelLint"/> would have named.</exception>
    public ServiceLevelHours(ServiceLevelPolicy policy, string version)
    {
        Policy = policy;
        Version = version;
        var faults = new List<string>();
        foreach (var (name, text) in policy.Calendars)
        {
            if (text.Read($"Calendar {name}", faults) is { } calendar)
            {
                calendars[name] = calendar;
            }
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(policy));
        }
    }

    public ServiceLevelPolicy Policy { get; }

    public string Version { get; }

    public BusinessCalendar CalendarOf(TargetRule rule) => calendars[rule.Calendar];
}
