using System.Runtime.InteropServices;
using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Matching;

/// <summary>A ticket that waits for an agent.</summary>
public sealed record PoolTicket
{
    /// <summary>Names it, and breaks ties: the lower one in ordinal order comes first.</summary>
    public required string Id { get; init; }

    public required TicketDemand Demand { get; init; }

    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>Working minutes until it is due; negative where that is past, <see langword="null"/> where nothing is promised.</summary>
    public double? MinutesLeft { get; init; }

    /// <summary>
    /// Working minutes that were promised from its beginning; with <see cref="MinutesLeft"/> they tell how long it has waited.
    /// </summary>
    public double? TargetMinutes { get; init; }

    /// <summary>How long such a ticket takes on average somebody at full speed.</summary>
    public double ExpectedMinutes { get; init; } = 30;

    /// <summary>By which its units are counted: each agent's own weight of it.</summary>
    public string? Channel { get; init; }

    /// <summary>The id of the agent whom this requester had last.</summary>
    public string? LastAgent { get; init; }

    /// <summary>The ids of agents whom the helpdesk did not take for it: they are not tried again.</summary>
    public IReadOnlyList<string> NotAgain { get; init; } = [];

    /// <summary>
    /// What it was at lower priorities before it was raised. It is worth no less than it would be then, because a shorter promise may be
    /// lost at once.
    /// </summary>
    public IReadOnlyList<LowerStanding> RaisedFrom { get; init; } = [];
}

/// <summary>A ticket's priority before it was raised, with what was promised and expected of it then.</summary>
/// <param name="MinutesLeft">As <see cref="PoolTicket.MinutesLeft"/>, of the promise at that priority.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LowerStanding(TicketPriority Priority, double? MinutesLeft, double ExpectedMinutes);

/// <summary>An agent as things stand now, in the order of the <see cref="Staff"/>.</summary>
/// <param name="IsThere">At work and accepting tickets.</param>
/// <param name="UsedUnits">What the agent has now.</param>
/// <param name="MostUnits">What the agent may have; 0 takes nothing.</param>
/// <param name="LeavesInMinutes">Working minutes until the next absence that is known; infinite where none is.</param>
/// <param name="WorkedShare">Time on tickets by time at work, in [0, 1]: between equals it goes to who had less.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AgentNow(bool IsThere, int UsedUnits, int MostUnits, double LeavesInMinutes = double.PositiveInfinity,
    double WorkedShare = 0)
{
    /// <summary>True where a ticket of so many units can be given to the agent without exceeding what is allowed.</summary>
    public bool HasRoomFor(int units) => IsThere && UsedUnits + units <= MostUnits;
}

/// <summary>A ticket and the agent it goes to, by their places in what was given.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Assignment(int Ticket, int Agent);
