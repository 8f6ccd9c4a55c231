using System.Runtime.InteropServices;
using TicketTriage.Agents;
using TicketTriage.Routing.Matching;

namespace TicketTriage.Routing.Simulation;

/// <summary>
/// The set-up of a simulated helpdesk. Times are working minutes that run on from day to day: nights don't exist, a day has
/// <see cref="MinutesOfDay"/>.
/// </summary>
public sealed record SimulationPlan
{
    public const int MinutesOfDay = 480;

    public int Agents { get; init; } = 24;

    public int Skills { get; init; } = 8;

    /// <summary>Work that comes in by work that the agents at hand can do.</summary>
    public double Load { get; init; } = 0.95;

    public int Days { get; init; } = 20;

    /// <summary>Mean handling time at full speed with the right skill.</summary>
    public double MeanMinutes { get; init; } = 45;

    /// <summary>Of the logarithm of the handling time.</summary>
    public double Deviation { get; init; } = 0.8;

    /// <summary>Of the agents' speed.</summary>
    public double SpeedDeviation { get; init; } = 0.12;

    /// <summary>Share of tickets whose skill was recognised wrongly.</summary>
    public double WrongSkills { get; init; } = 0.08;

    /// <summary>Chance of an agent to be away for a whole day.</summary>
    public double SickDays { get; init; } = 0.05;

    /// <summary>Chance of an agent to be in a meeting for half of a day.</summary>
    public double HalfDayMeetings { get; init; } = 0.1;

    /// <summary>Share of agents who are all away on the third and fourth day.</summary>
    public double MassSickness { get; init; }

    /// <summary>Tickets that come at once, of one skill, every <see cref="DaysBetweenBursts"/> days.</summary>
    public int Burst { get; init; } = 15;

    public int DaysBetweenBursts { get; init; } = 4;

    /// <summary>One skill that one agent alone has.</summary>
    public bool HasLonelySkill { get; init; }

    /// <summary>
    /// By how much the times that the router expects are wrong: 2 doubles those of every second skill and halves the others.
    /// </summary>
    public double EstimateError { get; init; } = 1;
}

/// <summary>A ticket of the trace, with what the router sees of it and what it doesn't.</summary>
/// <param name="ArrivesAt">In working minutes.</param>
/// <param name="Rank">0 urgent to 3 low.</param>
/// <param name="Skill">What it really needs.</param>
/// <param name="SeenSkill">What was recognised.</param>
/// <param name="Minutes">How long it takes at full speed with the right skill.</param>
/// <param name="TargetMinutes">From arrival to solution.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TracedTicket(double ArrivesAt, int Rank, int Skill, int SeenSkill, double Minutes, double TargetMinutes);

/// <summary>Half-open.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Away(double From, double To);

/// <summary>One drawn helpdesk: the same for every policy that is compared.</summary>
/// <param name="Levels">For each agent and skill the time factor: 1 first skill, more for a second, 2 for none.</param>
/// <param name="Has">Whether the agent has the skill at all.</param>
/// <param name="Speeds">By which handling times are multiplied.</param>
/// <param name="Aways">For each agent in order, none overlapping.</param>
/// <param name="ExpectedMinutes">For each skill, what the router goes by.</param>
public sealed record SimulatedHelpdesk(
    IReadOnlyList<TracedTicket> Tickets,
    double[][] Levels,
    bool[][] Has,
    double[] Speeds,
    IReadOnlyList<IReadOnlyList<Away>> Aways,
    double[] ExpectedMinutes)
{
    /// <summary>
    /// Who they really are, each with as much as he may have at once; <see langword="null"/> for drawn ones, of whom the router knows their
    /// skills. <see cref="Has"/> has to say the same of them.
    /// </summary>
    public IReadOnlyList<Agent>? Agents { get; init; }

    /// <summary>For each skill what the router sees that it asks for; <see langword="null"/> where it is the skill alone.</summary>
    public IReadOnlyList<TicketDemand>? Demands { get; init; }
}
