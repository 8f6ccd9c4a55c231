using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>Looks at the tickets that are due to be looked at, and carries out what follows. Several may look at once.</summary>
public sealed partial class EscalationWatch(
    WatchLedger tickets,
    EscalationLedger escalations,
    EscalationPolicies policies,
    Contacts contacts,
    BreachRisks risks,
    HelpdeskDirectory helpdesks,
    TimeProvider clock,
    ILogger<EscalationWatch> logger)
{
    private const int MostPerLook = 500;

    /// <summary>Tickets whose clocks the helpdesk is asked for in one look; for the others those computed here serve until the next.</summary>
    private const int MostAsked = 25;

    /// <summary>Looks until nothing is due any more.</summary>
    /// <returns>How many tickets were looked at.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await policies.RefreshAsync(cancellationToken);
        await risks.RefreshAsync(policies.Hours, clock.GetUtcNow(), cancellationToken);
        var looked = 0;
        while (true)
        {
            var now = clock.GetUtcNow();
            var due = await tickets.ClaimDueAsync(now, MostPerLook, cancellationToken);
            if (due.Count > 0)
            {
                await LookAtAsync(due, now, cancellationToken);
            }

            looked += due.Count;
            if (due.Count < MostPerLook)
            {
                return looked;
            }
        }
    }

    private async Task LookAtAsync(IReadOnlyList<WatchedTicket> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        due = await AskAsync(due, now, cancellationToken);
        var standing = await escalations.ListOfAsync([.. due.Select(ticket => ticket.Id)], cancellationToken);
        var matrices = new Dictionary<string, EscalationMatrix>(StringComparer.Ordinal);
        foreach (var version in standing.SelectMany(levels => levels).Select(level => level.MatrixVersion).Distinct(StringComparer.Ordinal))
        {
            matrices[version] = await policies.MatrixOfAsync(version, cancellationToken);
        }

        var (matrix, hours) = (policies.Matrix, policies.Hours);
        matrices[matrix.Version] = matrix.Matrix;
        var nextLooks = new List<(WatchedTicket, DateTimeOffset?)>(due.Count);
        foreach (var ticket in due)
        {
            var computed = TicketClocks.Compute(ticket.Events, hours, ticket.Segment, ticket.Intent, now);
            var clocks = TicketClocks.Merge(ticket.Told, computed, ticket.Events, hours, ticket.Segment, ticket.Intent, now);
            var look = EscalationPlan.Decide(
                ticket, clocks, TicketClocks.ComputeOver(ticket.Events, hours, ticket.Segment, ticket.Intent, now), [.. standing[ticket.Id]], matrix, version => matrices[version], clock => risks.Find(ticket, clock, now), now);
            foreach (var step in look.Steps)
            {
                await TakeStepAsync(step, ticket, [.. standing[ticket.Id]], matrices, hours.Version, now, cancellationToken);
            }

            nextLooks.Add((ticket, look.NextLookAt));
        }

        await tickets.SettleAsync(nextLooks, cancellationToken);
    }

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
                if (await escalations.RaiseAsync(raise, NoticesOf(raise.To, isAtOnce: false, matrices, now), serviceVersion, now, cancellationToken))
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

    /// <summary>Asks the helpdesk for its own clocks of tickets that were read since it was last asked.</summary>
    private async Task<IReadOnlyList<WatchedTicket>> AskAsync(
        IReadOnlyList<WatchedTicket> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answered = new Dictionary<TicketId, IReadOnlyList<ServiceLevelClock>?>();
        foreach (var ofHelpdesk in due.Where(ticket => ticket is { IsUntold: true, IsEnded: false }).GroupBy(ticket => ticket.Id.Helpdesk))
        {
            if (helpdesks.Find(ofHelpdesk.Key) is not { ServiceLevels: { } serviceLevels } connected)
            {
                continue;
            }

            try
            {
                var abilities = await connected.Helpdesk.FindAbilitiesAsync(cancellationToken);
                foreach (var ticket in abilities.ServiceLevels == ServiceLevelSource.None ? [] : ofHelpdesk.Take(MostAsked))
                {
                    var told = await serviceLevels.FindClocksAsync(ticket.Id.Number, cancellationToken);
                    await tickets.KeepToldAsync(ticket.Id, told, now, cancellationToken);
                    answered[ticket.Id] = told;
                }
            }
            catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
            {
                NotTold(ofHelpdesk.Key, e.Message);
            }
        }

        return answered.Count == 0
            ? due
            : [.. due.Select(ticket => answered.TryGetValue(ticket.Id, out var told) ? ticket with { Told = told } : ticket)];
    }

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket} is escalated because of {Cause}; level {Level} is told.")]
    private partial void Opened(TicketId ticket, string cause, int level);

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket}: nobody took the escalation because of {Cause} in time; level {Level} is told.")]
    private partial void Raised(TicketId ticket, string cause, int level);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket}: the last level has not taken the escalation because of {Cause}; it is told again every day.")]
    private partial void Unanswered(TicketId ticket, string cause);

    [LoggerMessage(LogLevel.Warning, "Nobody is on call on roster {Roster}; the fallback is told of ticket {Ticket}.")]
    private partial void Gap(string roster, TicketId ticket);

    [LoggerMessage(LogLevel.Warning, "The service level clocks of {Helpdesk} can't be asked for now; those computed here serve. {Message}")]
    private partial void NotTold(string helpdesk, string message);
}
