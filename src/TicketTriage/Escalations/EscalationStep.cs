using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>What a look leads to. Each is one statement; one that comes too late changes nothing.</summary>
public abstract record EscalationStep;

/// <summary>Somebody hears of it for the first time, or the next level does.</summary>
/// <param name="Level">From 1.</param>
/// <param name="DueAt">When the target is missed; <see langword="null"/> where no clock is the cause.</param>
/// <param name="MatrixVersion">Kept to the end of the cycle.</param>
public sealed record OpenLevel(
    WatchedTicket Ticket,
    string Cause,
    string Cycle,
    MatrixRow Row,
    int Level,
    DateTimeOffset? DueAt,
    DateTimeOffset AcknowledgeBy,
    string MatrixVersion,
    IReadOnlyList<string> Reasons) : EscalationStep
{
    public MatrixLevel Rule => Row.Levels[Level - 1];

    /// <summary><see langword="null"/> where no clock is the cause.</summary>
    public ClockSource? Source { get; init; }
}

/// <summary>Nobody took it in time.</summary>
public sealed record RaiseLevel(Guid From, OpenLevel To) : EscalationStep;

/// <summary>The last level did not take it: it is told again.</summary>
public sealed record RepeatLevel(Guid Id, DateTimeOffset Again) : EscalationStep;

/// <summary>The helpdesk shows that somebody has it.</summary>
public sealed record TakeCycle(Guid Id, AcknowledgedHow How, string By) : EscalationStep;

/// <summary>What caused it is over.</summary>
public sealed record CloseCycle(TicketId Ticket, string Cycle, EscalationOutcome Outcome) : EscalationStep;

internal static class Words
{
    /// <summary>A clock as a cause, in tables and answers.</summary>
    public static string CauseOf(ServiceLevelMetric metric) => metric switch
    {
        ServiceLevelMetric.FirstReplyTime => "first_reply",
        ServiceLevelMetric.NextReplyTime => "next_reply",
        ServiceLevelMetric.PeriodicUpdateTime => "periodic_update",
        ServiceLevelMetric.RequesterWaitTime => "requester_wait",
        ServiceLevelMetric.AgentWorkTime => "agent_work",
        ServiceLevelMetric.ResolutionTime => "resolution",
        ServiceLevelMetric.Unknown => "unknown",
    };

    public static string Moment(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
