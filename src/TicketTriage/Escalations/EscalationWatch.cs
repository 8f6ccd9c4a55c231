using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>
/// Looks at the tickets that are due to be looked at, and carries out what follows. Several may look at once. Those of which a helpdesk has
/// to be asked first are looked at apart from all others, each helpdesk's by themselves: a slow one holds up nobody else's.
/// </summary>
public sealed partial class EscalationWatch(
    WatchLedger tickets,
    EscalationLedger escalations,
    EscalationPolicies policies,
    Contacts contacts,
    BreachRisks risks,
    ToldClocks told,
    HelpdeskDirectory helpdesks,
    TimeProvider clock,
    ILogger<EscalationWatch> logger)
{
    private const int MostPerLook = 500;

    private readonly ConcurrentDictionary<string, string> announced = new(StringComparer.Ordinal);

    /// <summary>Looks until nothing is due any more, and returns when the slowest helpdesk has answered or is not waited for any longer.</summary>
    /// <returns>How many tickets were looked at.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return (await Task.WhenAll(
            [LookAtReadyAsync(cancellationToken), .. helpdesks.Names.Select(name => AskAndLookAsync(name, cancellationToken))])).Sum();
    }

    /// <summary>Learns which policies are in force, and how likely a breach is. Comes before the first look and, now and then, again.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await policies.RefreshAsync(cancellationToken);
        await AnnounceAsync(ServiceLevelPolicy.Kind, policies.Hours.Version, cancellationToken);
        await AnnounceAsync(EscalationMatrix.Kind, policies.Matrix.Version, cancellationToken);
        await risks.RefreshAsync(policies.Hours, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Looks at the tickets of which no helpdesk has to be asked.</summary>
    /// <inheritdoc cref="LookAsync"/>
    public Task<int> LookAtReadyAsync(CancellationToken cancellationToken) => LookWhileDueAsync(
        now => tickets.ClaimDueAsync(now, MostPerLook, helpdesks.Names, cancellationToken), (due, _) => Task.FromResult(due), cancellationToken);

    /// <summary>Asks a helpdesk for the clocks of its tickets that are due and have changed, and looks at them, whether it answers or not.</summary>
    /// <inheritdoc cref="LookAsync"/>
    public Task<int> AskAndLookAsync(string helpdesk, CancellationToken cancellationToken) => LookWhileDueAsync(
        now => tickets.ClaimToAskAsync(helpdesk, now, MostPerLook, ToldClocks.Patience, cancellationToken),
        (due, now) => told.AskAsync(helpdesk, due, now, cancellationToken),
        cancellationToken);

    private async Task<int> LookWhileDueAsync(
        Func<DateTimeOffset, Task<IReadOnlyList<WatchedTicket>>> claimAsync,
        Func<IReadOnlyList<WatchedTicket>, DateTimeOffset, Task<IReadOnlyList<WatchedTicket>>> askAsync,
        CancellationToken cancellationToken)
    {
        for (var looked = 0; ;)
        {
            var now = clock.GetUtcNow();
            var due = await claimAsync(now);
            if (due.Count > 0)
            {
                var asked = await askAsync(due, now);
                await LookAtAsync(asked, clock.GetUtcNow(), cancellationToken);
            }

            looked += due.Count;
            if (due.Count < MostPerLook)
            {
                return looked;
            }
        }
    }

    /// <summary>
    /// With another policy a ticket may be due long before the look that the last one asked for. Each process says once which versions it has;
    /// the first to say a new one has all tickets looked at.
    /// </summary>
    private async Task AnnounceAsync(string kind, string version, CancellationToken cancellationToken)
    {
        if (announced.GetValueOrDefault(kind) == version)
        {
            return;
        }

        if (await tickets.AnnounceAsync(kind, version, clock.GetUtcNow(), cancellationToken) is { } anew)
        {
            LookedAtAnew(kind, version, anew);
        }

        announced[kind] = version;
    }

    private async Task LookAtAsync(IReadOnlyList<WatchedTicket> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await escalations.ListOfAsync([.. due.Select(ticket => ticket.Id)], cancellationToken);
        var matrices = new Dictionary<string, EscalationMatrix>(StringComparer.Ordinal);
        foreach (var version in standing.SelectMany(levels => levels).Select(level => level.MatrixVersion).Distinct(StringComparer.Ordinal))
        {
            matrices[version] = await policies.MatrixOfAsync(version, cancellationToken);
        }

        var (matrix, hours) = (policies.Matrix, policies.Hours);
        matrices[matrix.Version] = matrix.Matrix;
        var hoursOf = new Dictionary<string, ServiceLevelHours>(StringComparer.Ordinal) { [hours.Version] = hours };
        var running = Running(standing.SelectMany(levels => levels)).Select(level => level.ServiceVersion).OfType<string>();
        foreach (var version in running.Distinct(StringComparer.Ordinal))
        {
            hoursOf[version] = await policies.HoursOfAsync(version, cancellationToken);
        }

        var nextLooks = new List<(WatchedTicket, DateTimeOffset?)>(due.Count);
        var promises = new List<(TicketId, KeptPromises)>(due.Count);
        foreach (var ticket in due)
        {
            var levels = standing[ticket.Id].ToList();
            var (clocks, over) = ClocksOf(ticket, levels, hours, hoursOf, now);
            var look = EscalationPlan.Decide(
                ticket, clocks, over, levels, matrix, version => matrices[version], clock => risks.Find(ticket, clock, now), now);
            foreach (var step in look.Steps)
            {
                await TakeStepAsync(step, ticket, levels, matrices, hours.Version, now, cancellationToken);
            }

            nextLooks.Add((ticket, NextOf(look, ticket, now)));
            promises.Add((ticket.Id, KeptPromises.Of(ticket.Status, clocks, OverOf(ticket, hours, now))));
        }

        // Before the looks end: a worker that dies in between leaves them to another, who counts the same.
        await tickets.KeepPromisesAsync(promises, cancellationToken);
        await tickets.SettleAsync(nextLooks, cancellationToken);
    }

    /// <summary>
    /// The ticket's clocks by the hours in force. A cycle that runs keeps the targets that it began with: its clock takes the place of its
    /// metric's.
    /// </summary>
    private static (IReadOnlyList<TicketClock> Clocks, IReadOnlyList<TicketClock> Over) ClocksOf(
        WatchedTicket ticket,
        IReadOnlyList<StandingEscalation> standing,
        ServiceLevelHours hours,
        Dictionary<string, ServiceLevelHours> hoursOf,
        DateTimeOffset now)
    {
        var clocks = ClocksOf(ticket, hours, now);
        var over = new List<TicketClock>();
        foreach (var ofVersion in Running(standing).GroupBy(level => level.ServiceVersion ?? hours.Version, StringComparer.Ordinal))
        {
            var began = hoursOf[ofVersion.Key];
            var cycles = ofVersion.Select(level => level.Cycle).ToHashSet(StringComparer.Ordinal);
            over.AddRange(TicketClocks.ComputeOver(ticket.Events, began, ticket.Segment, ticket.Intent, now)
                .Where(clock => cycles.Contains(EscalationPlan.CycleOf(clock))));
            if (began.Version != hours.Version)
            {
                var kept = ClocksOf(ticket, began, now).Where(clock => cycles.Contains(EscalationPlan.CycleOf(clock))).ToList();
                clocks = [.. clocks.ExceptBy(kept.Select(clock => clock.Metric), clock => clock.Metric), .. kept];
            }
        }

        return (clocks, over);
    }

    private static IReadOnlyList<TicketClock> ClocksOf(WatchedTicket ticket, ServiceLevelHours hours, DateTimeOffset now)
    {
        var computed = TicketClocks.Compute(ticket.Events, hours, ticket.Segment, ticket.Intent, now);
        return TicketClocks.Merge(ticket.Told, computed, ticket.Events, hours, ticket.Segment, ticket.Intent, now);
    }

    private static IReadOnlyList<TicketClock> OverOf(WatchedTicket ticket, ServiceLevelHours hours, DateTimeOffset now) =>
        TicketClocks.ComputeOver(ticket.Events, hours, ticket.Segment, ticket.Intent, now);

    private static IEnumerable<StandingEscalation> Running(IEnumerable<StandingEscalation> levels) =>
        levels.Where(level => !level.IsConcluded);

    /// <summary>Also when the helpdesk is to be asked, and when something happens that its clock has ahead of ours.</summary>
    private static DateTimeOffset? NextOf(LookResult look, WatchedTicket ticket, DateTimeOffset now) =>
        ticket.Events.Select(happened => (DateTimeOffset?)happened.At).Append(ticket.AskAt).Where(moment => moment > now)
            .Append(look.NextLookAt).Min();

    private async Task TakeStepAsync(
        EscalationStep step,
        WatchedTicket ticket,
        IReadOnlyList<StandingEscalation> standing,
        Dictionary<string, EscalationMatrix> matrices,
        string serviceVersion,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        switch (step)
        {
            case OpenLevel open:
                var isAtOnce = ticket.Causes.Any(cause => cause.Cause == open.Cause);
                var notices = NoticesOf(open, isAtOnce, matrices, now);
                if (await escalations.OpenAsync(open, notices, serviceVersion, now, cancellationToken))
                {
                    Opened(ticket.Id, open.Cause, open.Level);
                }

                break;
            case RaiseLevel raise:
                var began = standing.First(level => level.Id == raise.From).ServiceVersion ?? serviceVersion;
                if (await escalations.RaiseAsync(raise, NoticesOf(raise.To, isAtOnce: false, matrices, now), began, now, cancellationToken))
                {
                    Raised(ticket.Id, raise.To.Cause, raise.To.Level);
                }

                break;
            case RepeatLevel repeat:
                var level = standing.First(level => level.Id == repeat.Id);
                var matrix = matrices[level.MatrixVersion];
                var row = matrix.Rows.FirstOrDefault(row => row.Name == level.RowName) ?? matrix.Rows[^1];
                await escalations.RepeatAsync(repeat, NoticePlan.OfRepeat(matrix, row.Levels[^1], contacts.Reach, now), now, cancellationToken);
                Unanswered(ticket.Id, level.Cause);
                break;
            case TakeCycle take:
                await escalations.AcknowledgeAsync(take.Id, take.How, take.By, now, cancellationToken);
                break;
            case CloseCycle close:
                await escalations.CloseAsync(close, now, cancellationToken);
                break;
        }
    }

    private LevelNotices NoticesOf(OpenLevel level, bool isAtOnce, Dictionary<string, EscalationMatrix> matrices, DateTimeOffset now)
    {
        var gaps = new List<string>();
        var notices = NoticePlan.OfLevel(level, matrices[level.MatrixVersion], contacts.Reach, isAtOnce, now, gaps);
        foreach (var roster in gaps)
        {
            Gap(roster, level.Ticket.Id);
        }

        return notices;
    }

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket} is escalated because of {Cause}; level {Level} is told.")]
    private partial void Opened(TicketId ticket, string cause, int level);

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket}: nobody took the escalation because of {Cause} in time; level {Level} is told.")]
    private partial void Raised(TicketId ticket, string cause, int level);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket}: the last level has not taken the escalation because of {Cause}; it is told again every day.")]
    private partial void Unanswered(TicketId ticket, string cause);

    [LoggerMessage(LogLevel.Warning, "Nobody is on call on roster {Roster}; the fallback is told of ticket {Ticket}.")]
    private partial void Gap(string roster, TicketId ticket);

    [LoggerMessage(LogLevel.Information, "Version {Version} of {Kind} is in force, and {Count} open tickets are looked at anew.")]
    private partial void LookedAtAnew(string kind, string version, int count);
}
