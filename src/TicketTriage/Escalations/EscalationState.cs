namespace TicketTriage.Escalations;

/// <summary>Where a level of an escalation stands; the column <c>state</c> has the same words in small letters.</summary>
public enum EscalationState
{
    /// <summary>Nobody has taken it yet.</summary>
    Open = 0,

    /// <summary>Nobody took it in time, and the next level has it.</summary>
    Raised,

    /// <summary>Somebody has taken it.</summary>
    Acknowledged,

    /// <summary>What caused it is over.</summary>
    Closed,
}

/// <summary>
/// A way from state to state, and the only ones there are. Each is one conditional <c>UPDATE</c> whose condition is made from here, so of
/// two that happen at once, such as a person's word and the timer, one changes no row.
/// </summary>
public sealed class EscalationTransition
{
    private EscalationTransition(string name, EscalationState[] from, EscalationState to)
    {
        (Name, From, To) = (name, from, to);
        Condition = $"state in ({string.Join(", ", from.Select(state => $"'{state.Word()}'"))})";
    }

    /// <summary>Its time is over: the next level gets it in the same statement.</summary>
    public static EscalationTransition Raise { get; } = new("raise", [EscalationState.Open], EscalationState.Raised);

    public static EscalationTransition Acknowledge { get; } = new("acknowledge", [EscalationState.Open], EscalationState.Acknowledged);

    /// <summary>The last level did not take it either: it stays open, and people are told again every day.</summary>
    public static EscalationTransition Repeat { get; } = new("repeat", [EscalationState.Open], EscalationState.Open);

    public static EscalationTransition Close { get; } = new(
        "close", [EscalationState.Open, EscalationState.Acknowledged], EscalationState.Closed);

    public static IReadOnlyList<EscalationTransition> All { get; } = [Raise, Acknowledge, Repeat, Close];

    public string Name { get; }

    public IReadOnlyList<EscalationState> From { get; }

    public EscalationState To { get; }

    /// <summary>For the <c>where</c> of its statement.</summary>
    internal string Condition { get; }

    public override string ToString() => Name;
}

/// <summary>How somebody said that they have it.</summary>
public enum AcknowledgedHow
{
    Link = 0,

    /// <summary>An answer to the message that told of it.</summary>
    Reply,

    /// <summary>The ticket was given to an agent.</summary>
    Assigned,

    /// <summary>An agent has answered the customer.</summary>
    Answered,

    /// <summary>On the command line, in the console or through the API.</summary>
    Command,
}

/// <summary>What an escalation was good for.</summary>
public enum EscalationOutcome
{
    /// <summary>Nothing was at stake any more.</summary>
    Neutral = 0,

    /// <summary>The target was reached in time.</summary>
    Prevented,

    /// <summary>The target was missed all the same.</summary>
    Missed,
}

/// <summary>Whose clock an escalation goes by.</summary>
public enum ClockSource
{
    /// <summary>Counted here, by the service level policy.</summary>
    Computed = 0,

    /// <summary>The helpdesk's own.</summary>
    Helpdesk,
}

public static class EscalationWords
{
    /// <inheritdoc cref="Word(EscalationState)"/>
    public static string Word(this ClockSource source) => source switch
    {
        ClockSource.Computed => "computed",
        ClockSource.Helpdesk => "helpdesk",
    };

    /// <summary>The word in tables and answers.</summary>
    public static string Word(this EscalationState state) => state switch
    {
        EscalationState.Open => "open",
        EscalationState.Raised => "raised",
        EscalationState.Acknowledged => "acknowledged",
        EscalationState.Closed => "closed",
    };

    /// <inheritdoc cref="Word(EscalationState)"/>
    public static string Word(this AcknowledgedHow how) => how switch
    {
        AcknowledgedHow.Link => "link",
        AcknowledgedHow.Reply => "reply",
        AcknowledgedHow.Assigned => "assigned",
        AcknowledgedHow.Answered => "answered",
        AcknowledgedHow.Command => "command",
    };

    /// <inheritdoc cref="Word(EscalationState)"/>
    public static string Word(this EscalationOutcome outcome) => outcome switch
    {
        EscalationOutcome.Neutral => "neutral",
        EscalationOutcome.Prevented => "prevented",
        EscalationOutcome.Missed => "missed",
    };

    /// <inheritdoc cref="Word(EscalationState)"/>
    public static string Word(this NoticeChannel channel) => channel switch
    {
        NoticeChannel.Note => "note",
        NoticeChannel.Mail => "mail",
        NoticeChannel.Chat => "chat",
        NoticeChannel.Webhook => "webhook",
    };
}
