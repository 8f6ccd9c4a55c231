namespace TicketTriage.Tickets;

/// <summary>Where a ticket's row stands; the column <c>state</c> has the same words in small letters.</summary>
public enum TicketState
{
    /// <summary>Due, or waiting for its time.</summary>
    Received = 0,

    /// <summary>A worker has it, until the lease ends.</summary>
    Triaging,

    /// <summary>At rest: its last decision is in the helpdesk.</summary>
    Written,

    /// <summary>At rest: there was nothing to do.</summary>
    Skipped,

    /// <summary>At rest until a person, or a new delivery, brings it back.</summary>
    Parked,
}

/// <summary>
/// A way from state to state, and the only ones there are. Each is one conditional <c>UPDATE</c> whose condition is made from here:
/// whoever tries it from elsewhere, or with a fence that is no longer the ticket's, changes no row.
/// </summary>
public sealed class TicketTransition
{
    private TicketTransition(string name, TicketState[] from, TicketState[] to, bool carriesFence)
    {
        (Name, From, To, CarriesFence) = (name, from, to, carriesFence);
        var states = $"state in ({string.Join(", ", from.Select(state => $"'{state.Word()}'"))})";
        Condition = carriesFence ? $"{states} and fence = $3" : states;
    }

    /// <summary>A delivery came in. What waits or is worked on stays so, and is wanted once more.</summary>
    public static TicketTransition Raise { get; } = Anybody(
        "raise",
        [TicketState.Received, TicketState.Triaging, TicketState.Written, TicketState.Skipped, TicketState.Parked],
        [TicketState.Received, TicketState.Triaging]);

    /// <summary>A worker takes a ticket that is due, or whose lease has ended. The fence grows.</summary>
    public static TicketTransition Claim { get; } = Anybody("claim", [TicketState.Received, TicketState.Triaging], [TicketState.Triaging]);

    /// <summary>Something about the ticket has failed before: what is read of it is kept before it is worked on.</summary>
    public static TicketTransition Read { get; } = Holder("read", TicketState.Triaging);

    /// <summary>The worker is done. What was wanted meanwhile makes the ticket due again.</summary>
    public static TicketTransition Finish { get; } = Holder(
        "finish", TicketState.Written, TicketState.Skipped, TicketState.Parked, TicketState.Received);

    /// <summary>
    /// A change that an earlier claim had sent was found in the helpdesk. It answers for what was known then and not for what this claim
    /// was wanted for, so the ticket is due again at once.
    /// </summary>
    public static TicketTransition Settle { get; } = Holder("settle", TicketState.Received);

    /// <summary>The worker has failed, and tries again later; after <see cref="TicketQueue.Horizon"/> a person has to look.</summary>
    public static TicketTransition Retry { get; } = Holder("retry", TicketState.Received, TicketState.Parked);

    /// <summary>The worker has not failed, and the ticket has to wait.</summary>
    public static TicketTransition Postpone { get; } = Holder("postpone", TicketState.Received);

    /// <summary>Its helpdesk is back: it is due at once.</summary>
    public static TicketTransition Wake { get; } = Anybody("wake", [TicketState.Received], [TicketState.Received]);

    /// <summary>The worker has to stop, and somebody else shall take it at once.</summary>
    public static TicketTransition GiveBack { get; } = Holder("give back", TicketState.Received);

    /// <summary>The lease ended without a word of the worker: another chance, or parked after too many.</summary>
    public static TicketTransition Return { get; } = Anybody(
        "return", [TicketState.Triaging], [TicketState.Received, TicketState.Parked]);

    /// <summary>A person wants it tried again.</summary>
    public static TicketTransition Replay { get; } = Anybody("replay", [TicketState.Parked], [TicketState.Received]);

    public static IReadOnlyList<TicketTransition> All { get; } =
        [Raise, Claim, Read, Finish, Settle, Retry, Postpone, Wake, GiveBack, Return, Replay];

    public string Name { get; }

    public IReadOnlyList<TicketState> From { get; }

    public IReadOnlyList<TicketState> To { get; }

    /// <summary>True where only the holder of the ticket's newest claim may make it.</summary>
    public bool CarriesFence { get; }

    /// <summary>For the <c>where</c> of its statement; the fence is expected as <c>$3</c>.</summary>
    internal string Condition { get; }

    public override string ToString() => Name;

    private static TicketTransition Anybody(string name, TicketState[] from, TicketState[] to) => new(name, from, to, carriesFence: false);

    private static TicketTransition Holder(string name, params TicketState[] to) => new(name, [TicketState.Triaging], to, carriesFence: true);
}

public static class TicketStateWords
{
    /// <summary>The word in tables and answers.</summary>
    public static string Word(this TicketState state) => state switch
    {
        TicketState.Received => "received",
        TicketState.Triaging => "triaging",
        TicketState.Written => "written",
        TicketState.Skipped => "skipped",
        TicketState.Parked => "parked",
    };
}
