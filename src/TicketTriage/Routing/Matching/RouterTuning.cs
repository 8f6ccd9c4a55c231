using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Matching;

/// <summary>
/// The weights of the router's choice. The defaults were found with <c>simulate-routing</c>; what each is worth stands in docs/routing.md.
/// </summary>
public sealed record RouterTuning
{
    public static RouterTuning Default { get; } = new();

    /// <summary>What a breach costs by priority, from low to urgent.</summary>
    public double Low { get; init; } = 1;

    public double Normal { get; init; } = 1;

    public double High { get; init; } = 4;

    public double Urgent { get; init; } = 8;

    /// <summary>
    /// How far ahead a due time is felt, in expected handling times: the weight of a ticket falls to a third for so much slack. Small
    /// values wait until it is nearly late, large ones go by weight alone.
    /// </summary>
    public double LookAhead { get; init; } = 5;

    /// <summary>
    /// How much further it is felt for each ticket that waits per agent: who waits until tickets are nearly late in the face of a long
    /// queue is late with all of them.
    /// </summary>
    public double LookAheadPerWaiting { get; init; } = 3;

    /// <summary>
    /// So many handling times before the due time a ticket is as pressing as it can be; work takes longer than expected often enough.
    /// </summary>
    public double Margin { get; init; } = 1.5;

    /// <summary>What is left of the weight of a ticket that can't be in time any more.</summary>
    public double Lost { get; init; } = 0.1;

    /// <summary>A ticket that has waited so many times its target goes before all others: nobody waits for ever.</summary>
    public double StarvesAfter { get; init; } = 3;

    /// <summary>
    /// Where more starve than this for each agent at work, none goes before the others: the promise can't be kept to all of them, and
    /// keeping it to some would cost those who can still be in time.
    /// </summary>
    public double MostStarving { get; init; } = 0.5;

    /// <summary>How much more the requester's last agent is worth.</summary>
    public double Stickiness { get; init; } = 0.1;

    /// <summary>What it costs to use somebody who alone could do other tickets.</summary>
    public double Scarcity { get; init; } = 0.2;

    /// <summary>What it costs to use somebody who has worked more than others.</summary>
    public double Fairness { get; init; } = 0.3;

    /// <summary>What is left of the worth of an agent who leaves before the ticket is likely to be done.</summary>
    public double LeavesBefore { get; init; } = 0.3;

    public double WeightOf(TicketPriority priority) => priority switch
    {
        TicketPriority.Urgent => Urgent,
        TicketPriority.High => High,
        TicketPriority.Low => Low,
        TicketPriority.None or TicketPriority.Normal => Normal,
    };
}
