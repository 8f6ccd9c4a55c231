using NodaTime;

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

    /// <returns>The calendar of this name; <see langword="null"/> where the policy has it no more.</returns>
    public BusinessCalendar? FindCalendar(string name) => calendars.GetValueOrDefault(name);

    /// <summary>Whether it is working time for tickets of a kind: by the calendar of the rule that fits, else of the first rule.</summary>
    public bool IsOpen(TicketKind kind, DateTimeOffset at)
    {
        var moment = Instant.FromDateTimeOffset(at);
        var calendar = CalendarOf(Policy.FindRule(kind) ?? Policy.Rules[0]);
        return BusinessTime.Measure(calendar, moment, moment + Duration.Epsilon, []) > Duration.Zero;
    }
}
