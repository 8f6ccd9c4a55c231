namespace TicketTriage.Prioritisation;

/// <summary>
/// What was known of a ticket when it was decided, beside what it says. It is kept with the decision, since a day later it is no longer so:
/// deciding again goes by what stands there.
/// </summary>
public sealed record Circumstances
{
    /// <summary>Who comes with more tickets a week is a form or a shared mailbox, and says nothing about one customer's patience.</summary>
    public const int MostTicketsOfOne = 20;

    /// <summary>On how many tickets the customer wrote in the seven days before, this one among them; 0 where nobody knows.</summary>
    public int TicketsInWeek { get; init; }

    /// <summary>The promise of which most is used up; <see langword="null"/> where none is running.</summary>
    public RunningPromise? Promise { get; init; }
}

/// <summary>A service level's time that is running.</summary>
/// <param name="Name">What was promised: <c>first reply</c>.</param>
/// <param name="Used">The share that is used up; from 1 on the promise is missed.</param>
/// <param name="DueAt">When it is missed, or was.</param>
public sealed record RunningPromise(string Name, double Used, DateTimeOffset DueAt);
