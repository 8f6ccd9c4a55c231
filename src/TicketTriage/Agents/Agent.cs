using NodaTime;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Agents;

/// <summary>Somebody who works on tickets: what for, when, and how much at once.</summary>
public sealed record Agent
{
    public const int LowestLevel = 1;
    public const int HighestLevel = 5;

    /// <summary>The helpdesk's own id.</summary>
    public required string Id { get; init; }

    /// <summary>Personal data; never logged.</summary>
    public string Name { get; init; } = "";

    /// <summary>The level of each skill, 1 to 5: 5 works at full speed, lower ones take longer.</summary>
    public IReadOnlyDictionary<string, int> Skills { get; init; } = NoSkills;

    /// <summary>ISO 639-1; empty where nobody has said, and the agent is taken for any.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Empty where the agent is for every product.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Names of groups; empty where nobody has said.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How many units of work the agent has at once, at most.</summary>
    public int MostUnits { get; init; } = 1;

    /// <summary>How many units a ticket of a channel takes; a channel that is missing takes one.</summary>
    public IReadOnlyDictionary<string, int> UnitsByChannel { get; init; } = NoSkills;

    /// <summary>When the agent works; <see langword="null"/> for always, where the helpdesk says who is there.</summary>
    public BusinessCalendar? Hours { get; init; }

    /// <summary>Half-open stretches of absence.</summary>
    public IReadOnlyList<Interval> Absences { get; init; } = [];

    private static IReadOnlyDictionary<string, int> NoSkills { get; } = new Dictionary<string, int>();

    /// <summary>Whether the id or the name is this agent's.</summary>
    public bool IsCalled(string idOrName) => idOrName == Id || idOrName.Equals(Name, StringComparison.OrdinalIgnoreCase);

    public int UnitsOf(string? channel) => channel is not null && UnitsByChannel.TryGetValue(channel, out var units) ? units : 1;

    /// <summary>Whether the agent has a day off, or is away for another reason that was entered.</summary>
    public bool IsAbsentAt(Instant moment) => Absences.Any(absence => absence.Contains(moment));

    /// <summary>Whether the agent should be at work, by hours and absences alone.</summary>
    public bool WorksAt(Instant moment) =>
        !IsAbsentAt(moment)
        && (Hours is null || BusinessTime.Measure(Hours, moment, moment + Duration.Epsilon, []) > Duration.Zero);

    /// <summary>How long the agent stays, by hours and absences; at most a day is looked ahead.</summary>
    /// <param name="moment">At which the agent works.</param>
    public Duration LeavesAfter(Instant moment)
    {
        var stays = Duration.FromDays(1);
        foreach (var absence in Absences.Where(absence => absence.Start > moment))
        {
            stays = Duration.Min(stays, absence.Start - moment);
        }

        if (Hours is null)
        {
            return stays;
        }

        // The moment at which working time falls behind the clock is the end of the shift.
        var (open, closed) = (Duration.Zero, stays);
        if (BusinessTime.Measure(Hours, moment, moment + closed, []) == closed)
        {
            return closed;
        }

        while (closed - open > Duration.FromMinutes(1))
        {
            var middle = open + ((closed - open) / 2);
            (open, closed) = BusinessTime.Measure(Hours, moment, moment + middle, []) == middle ? (middle, closed) : (open, middle);
        }

        return closed;
    }
}
