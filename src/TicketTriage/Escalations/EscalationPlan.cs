using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Escalations;

/// <summary>Decides what a look at a ticket leads to: which levels open, which are raised, what is over, and when to look again.</summary>
public static class EscalationPlan
{
    /// <summary>How long after the last level people are told again.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromDays(1);

    /// <summary>
    /// What was overdue for longer before this service heard of the ticket is a backlog that people know: telling of each would be a flood.
    /// </summary>
    public static readonly TimeSpan BacklogAfter = TimeSpan.FromDays(1);

    /// <summary>Shares of the target at which a chance of breach is looked at anew: it changes slowly between them.</summary>
    private static readonly double[] RiskShares = [0.1, 0.25, 0.4, 0.55, 0.7];

    /// <param name="clocks">As they stand now.</param>
    /// <param name="over">Earlier waits that are over, as <see cref="TicketClocks.ComputeOver"/> finds them: a cycle may be of one of them.</param>
    /// <param name="standing">All levels that the ticket ever had.</param>
    /// <param name="matrix">In force now; cycles that run keep their own.</param>
    /// <param name="matrixOf">A matrix by its version.</param>
    /// <param name="risk">The chance that a running clock is missed; <see langword="null"/> where nothing was learned.</param>
    public static LookResult Decide(
        WatchedTicket ticket,
        IReadOnlyList<TicketClock> clocks,
        IReadOnlyList<TicketClock> over,
        IReadOnlyList<StandingEscalation> standing,
        MatrixInForce matrix,
        Func<string, EscalationMatrix> matrixOf,
        Func<TicketClock, BreachRisk?> risk,
        DateTimeOffset now)
    {
        var look = new Look(ticket, now);
        var cycles = standing.GroupBy(level => level.Cycle, StringComparer.Ordinal).ToDictionary(cycle => cycle.Key, Last, StringComparer.Ordinal);
        var causes = Causes(ticket, clocks).ToList();
        var before = over.Select(clock => CauseOf(clock) with { IsOver = true }).ToList();
        foreach (var (cycle, last) in cycles.Where(cycle => !cycle.Value.IsConcluded))
        {
            var cause = causes.Find(cause => cause.Cycle == cycle) ?? before.Find(cause => cause.Cycle == cycle);
            if (cause is null || cause.IsOver)
            {
                if (Taken(ticket, last) is { } taken)
                {
                    look.Steps.Add(Take(ticket, last, taken));
                }

                look.Steps.Add(new CloseCycle(ticket.Id, cycle, OutcomeOf(cause, last, ticket)));
            }
            else if (Taken(ticket, last) is { } how)
            {
                look.Steps.Add(Take(ticket, last, how));
                look.LookAt(cause.Clock?.DueAt);
            }
            else
            {
                GoOn(look, cause, last, matrixOf(last.MatrixVersion));
            }
        }

        if (!ticket.IsEnded && matrix.Matrix.FindRow(ticket.Kind) is { } row)
        {
            foreach (var cause in causes.Where(cause => !cause.IsOver && !cycles.ContainsKey(cause.Cycle)))
            {
                Begin(look, cause, row, matrix, risk);
            }
        }

        return new LookResult(look.Steps, look.Next);
    }

    /// <summary>Names the cycle of a clock: it is the same for as long as the clock runs without a rest, or is owed.</summary>
    public static string CycleOf(TicketClock clock) => $"{Words.CauseOf(clock.Metric)}@{Words.Moment(clock.RunningSince)}";

    /// <summary>When somebody has to have taken a level, so that the next hears of it at the latest at its own share.</summary>
    public static DateTimeOffset AcknowledgeBy(MatrixRow row, int level, TicketClock? clock, DateTimeOffset now)
    {
        var by = now + TimeSpan.FromMinutes(row.Levels[level - 1].AcknowledgeMinutes);
        if (level < row.Levels.Count && clock?.FindMoment(row.Levels[level].AtShare) is { } share && share > now && share < by)
        {
            return share;
        }

        return by;
    }

    private static void Begin(Look look, Cause cause, MatrixRow row, MatrixInForce matrix, Func<TicketClock, BreachRisk?> risk)
    {
        if (cause.Clock is not { } clock)
        {
            var rule = matrix.Matrix.AtOnce.FirstOrDefault(rule => rule.Cause == cause.Name);
            if (rule is not null)
            {
                look.Open(cause, row, Math.Min(rule.Level, row.Levels.Count), matrix.Version, [$"At once: {rule.Because}."]);
            }

            return;
        }

        if (clock.DueAt < look.FirstSeenAt - BacklogAfter)
        {
            return;
        }

        // A share that has passed long ago begins at the level that it belongs to: too late for those below.
        for (var level = row.Levels.Count; level >= 1; level--)
        {
            var moment = clock.FindMoment(row.Levels[level - 1].AtShare);
            if (moment <= look.Now)
            {
                look.Open(cause, row, level, matrix.Version, [ShareReason(cause.Name, row.Levels[level - 1].AtShare, clock)]);
                return;
            }

            look.LookAt(moment);
        }

        if (row.Levels[0].AtRisk is { } limit && clock.Stage == ServiceLevelStage.Active && risk(clock) is { } found)
        {
            if (found.Chance >= limit)
            {
                look.Open(cause, row, 1, matrix.Version, found.Reasons);
                return;
            }

            look.LookAt(RiskShares.Select(clock.FindMoment).Where(moment => moment > look.Now).Min());
        }
    }

    private static void GoOn(Look look, Cause cause, StandingEscalation last, EscalationMatrix matrix)
    {
        if (last.State != EscalationState.Open)
        {
            // Somebody has it; what is left to see is whether it comes in time.
            look.LookAt(cause.Clock?.DueAt);
            return;
        }

        var row = matrix.Rows.FirstOrDefault(row => row.Name == last.RowName) ?? matrix.Rows[^1];
        var isLast = last.Level >= row.Levels.Count;
        var passed = !isLast && cause.Clock?.FindMoment(row.Levels[last.Level].AtShare) <= look.Now;
        if (last.AcknowledgeBy > look.Now && !passed)
        {
            look.LookAt(last.AcknowledgeBy);
            look.LookAt(isLast ? null : cause.Clock?.FindMoment(row.Levels[last.Level].AtShare));
            return;
        }

        if (isLast)
        {
            look.Steps.Add(new RepeatLevel(last.Id, look.Now + RepeatAfter));
            look.LookAt(look.Now + RepeatAfter);
            return;
        }

        var reason = passed
            ? ShareReason(cause.Name, row.Levels[last.Level].AtShare, cause.Clock)
            : $"Nobody has taken it from level {last.Level} in time.";
        look.Raise(last, cause, row, last.Level + 1, last.MatrixVersion, [reason]);
    }

    private static string ShareReason(string cause, double share, TicketClock? clock)
    {
        var words = cause.Replace('_', ' ');
        var whose = clock is null ? "" : clock.IsTold ? ", by the helpdesk's own clock" : ", by the clock kept here";
        return share >= 1
            ? $"The target for {words} is missed{whose}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{share:P0} of the target for {words} are used up{(clock?.DueAt is { } due ? $"; it is due at {due:yyyy-MM-dd HH:mm} UTC" : "")}{whose}.");
    }

    /// <summary>Whether what happened in the helpdesk says that somebody has it.</summary>
    private static AcknowledgedHow? Taken(WatchedTicket ticket, StandingEscalation last) =>
        last.State != EscalationState.Open ? null
        : ticket.RepliedAt > last.OpenedAt ? AcknowledgedHow.Answered
        : ticket.AssigneeId is not null && ticket.AssigneeId != last.AssigneeId ? AcknowledgedHow.Assigned
        : null;

    private static TakeCycle Take(WatchedTicket ticket, StandingEscalation last, AcknowledgedHow how) =>
        new(last.Id, how, how == AcknowledgedHow.Assigned ? ticket.AssigneeId ?? "" : "an agent");

    private static EscalationOutcome OutcomeOf(Cause? cause, StandingEscalation last, WatchedTicket ticket) => cause switch
    {
        { Clock: { Stage: ServiceLevelStage.Breached } } => EscalationOutcome.Missed,
        { Clock: { } clock } when IsLate(clock, last) => EscalationOutcome.Missed,
        _ when ticket.Status is HelpdeskStatus.Deleted or HelpdeskStatus.Spam => EscalationOutcome.Neutral,
        { Clock: { Stage: ServiceLevelStage.Achieved } } or { Clock: null } => EscalationOutcome.Prevented,
        _ => EscalationOutcome.Neutral,
    };

    /// <summary>A helpdesk may say no more when a clock was due that was reached; the level that was told of it knows.</summary>
    private static bool IsLate(TicketClock clock, StandingEscalation last) =>
        clock is { EndedAt: not null, DueAt: null } && (clock.IsTold || clock.Target is null) && last.DueAt < clock.EndedAt;

    private static IEnumerable<Cause> Causes(WatchedTicket ticket, IReadOnlyList<TicketClock> clocks)
    {
        foreach (var clock in clocks)
        {
            yield return CauseOf(clock) with
            {
                IsOver = clock.EndedAt is not null || clock.Stage is ServiceLevelStage.Achieved || (!clock.IsRunning && clock.Stage != ServiceLevelStage.Breached),
            };
        }

        foreach (var atOnce in ticket.Causes)
        {
            yield return new Cause(atOnce.Cause, $"{atOnce.Cause}@{Words.Moment(atOnce.Since)}", null)
            {
                IsOver = ticket.IsEnded || ticket.RepliedAt > atOnce.Since,
            };
        }
    }

    private static Cause CauseOf(TicketClock clock) => new(Words.CauseOf(clock.Metric), CycleOf(clock), clock);

    private static StandingEscalation Last(IEnumerable<StandingEscalation> levels) =>
        levels.Aggregate((one, other) => one.Level >= other.Level ? one : other);

    /// <summary>Something that may escalate, with the clock that tells of it; none for what escalates at once.</summary>
    internal sealed record Cause(string Name, string Cycle, TicketClock? Clock)
    {
        public bool IsOver { get; init; }
    }

    private sealed class Look(WatchedTicket ticket, DateTimeOffset now)
    {
        public DateTimeOffset Now => now;

        public DateTimeOffset? FirstSeenAt => ticket.FirstSeenAt;

        public List<EscalationStep> Steps { get; } = [];

        public DateTimeOffset? Next { get; private set; }

        /// <summary>Never at once again: a moment that has passed is looked at now.</summary>
        public void LookAt(DateTimeOffset? moment)
        {
            if (moment > now && (Next is null || moment < Next))
            {
                Next = moment;
            }
        }

        public void Open(Cause cause, MatrixRow row, int level, string version, IReadOnlyList<string> reasons) =>
            Steps.Add(LevelOf(cause, row, level, version, reasons));

        public void Raise(
            StandingEscalation last, Cause cause, MatrixRow row, int level, string version, IReadOnlyList<string> reasons) =>
            Steps.Add(new RaiseLevel(last.Id, LevelOf(cause, row, level, version, reasons)));

        private OpenLevel LevelOf(Cause cause, MatrixRow row, int level, string version, IReadOnlyList<string> reasons)
        {
            var by = AcknowledgeBy(row, level, cause.Clock, now);
            LookAt(by);
            return new OpenLevel(ticket, cause.Name, cause.Cycle, row, level, cause.Clock?.DueAt, by, version, reasons)
            {
                Source = SourceOf(cause),
            };
        }

        private static ClockSource? SourceOf(Cause cause) =>
            cause.Clock is { } clock ? clock.IsTold ? ClockSource.Helpdesk : ClockSource.Computed : null;
    }
}

/// <param name="NextLookAt"><see langword="null"/> where there is nothing to wait for.</param>
public sealed record LookResult(IReadOnlyList<EscalationStep> Steps, DateTimeOffset? NextLookAt);

/// <summary>A chance that a target is missed, and why.</summary>
/// <param name="Chance">In [0, 1].</param>
/// <param name="Reasons">In short sentences.</param>
public sealed record BreachRisk(double Chance, IReadOnlyList<string> Reasons);

public sealed record MatrixInForce(EscalationMatrix Matrix, string Version);
