namespace TicketTriage.WriteBack;

/// <summary>Where a change stands; the column <c>state</c> has the same words in small letters.</summary>
public enum WriteBackState
{
    /// <summary>Recorded, and sent in the next moment: whether it arrived is not known until something else is recorded.</summary>
    Sent = 0,

    /// <summary>The helpdesk has it.</summary>
    Applied,

    /// <summary>The helpdesk does not have it, and a new decision takes its place.</summary>
    Superseded,

    /// <summary>The helpdesk will not take it.</summary>
    Refused,
}

/// <summary>
/// A way of a change from state to state, and the only ones there are. Each is made by the holder of its ticket's newest claim alone:
/// the statement locks the ticket's row under the fence before it touches the change.
/// </summary>
public sealed class WriteBackTransition
{
    private WriteBackTransition(string name, WriteBackState[] from, WriteBackState[] to)
    {
        (Name, From, To) = (name, from, to);
        Condition = $"state in ({string.Join(", ", from.Select(state => $"'{state.Word()}'"))})";
    }

    /// <summary>A decision is recorded together with the change that follows from it.</summary>
    public static WriteBackTransition Record { get; } = new("record", [], [WriteBackState.Sent]);

    /// <summary>The helpdesk has refused a part, and the rest is sent.</summary>
    public static WriteBackTransition Reduce { get; } = new("reduce", [WriteBackState.Sent], [WriteBackState.Sent]);

    /// <summary>The receipt came, or the change was found in the helpdesk; also one that was given up as lost and arrived late.</summary>
    public static WriteBackTransition Apply { get; } = new(
        "apply", [WriteBackState.Sent, WriteBackState.Superseded], [WriteBackState.Applied]);

    public static WriteBackTransition GiveUp { get; } = new(
        "give up", [WriteBackState.Sent], [WriteBackState.Superseded, WriteBackState.Refused]);

    public static IReadOnlyList<WriteBackTransition> All { get; } = [Record, Reduce, Apply, GiveUp];

    public string Name { get; }

    /// <summary>Empty for the first.</summary>
    public IReadOnlyList<WriteBackState> From { get; }

    public IReadOnlyList<WriteBackState> To { get; }

    /// <summary>For the <c>where</c> of its statement.</summary>
    internal string Condition { get; }

    public override string ToString() => Name;
}

public static class WriteBackStateWords
{
    /// <summary>The word in tables and answers.</summary>
    public static string Word(this WriteBackState state) => state switch
    {
        WriteBackState.Sent => "sent",
        WriteBackState.Applied => "applied",
        WriteBackState.Superseded => "superseded",
        WriteBackState.Refused => "refused",
    };
}
