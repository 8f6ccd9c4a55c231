namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// The times at which a ticket's answers are due, as they stand beside it. Accounts opened since August 2025 compute them some seconds
/// after the ticket has arrived.
/// </summary>
internal sealed class FreshdeskServiceLevels(FreshdeskApi api, TimeProvider clock) : IHelpdeskServiceLevels
{
    /// <summary>A ticket that is older and has no time due has no service level.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <returns>Empty where no service level applies; <see langword="null"/> where there is no such ticket, or no time due yet.</returns>
    public async Task<IReadOnlyList<ServiceLevelClock>?> FindClocksAsync(string number, CancellationToken cancellationToken)
    {
        if (!FreshdeskWords.IsId(number, out var id) || await FindAsync(id, cancellationToken) is not { } ticket)
        {
            return null;
        }

        if (ticket is { FrDueBy: null, NrDueBy: null, DueBy: null })
        {
            return clock.GetUtcNow() - FreshdeskWords.Moment(ticket.CreatedAt) < LongestWait ? null : [];
        }

        var stats = ticket.Stats;
        var answeredAt = FreshdeskWords.MomentOrNull(stats?.FirstRespondedAt);
        var resolvedAt = FreshdeskWords.MomentOrNull(stats?.ResolvedAt) ?? FreshdeskWords.MomentOrNull(stats?.ClosedAt);
        ServiceLevelClock?[] clocks =
        [
            Clock(ServiceLevelMetric.FirstReplyTime, ticket.FrDueBy, answeredAt ?? resolvedAt, ticket.FrEscalated, ticket),
            Clock(ServiceLevelMetric.NextReplyTime, ticket.NrDueBy, resolvedAt, ticket.NrEscalated, ticket),
            // is_escalated is true for other reasons too.
            Clock(ServiceLevelMetric.ResolutionTime, ticket.DueBy, resolvedAt, isEscalated: null, ticket),
        ];
        return [.. clocks.OfType<ServiceLevelClock>()];
    }

    private async Task<FreshdeskTicket?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ViewTicketAsync(id, "stats", cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            return null;
        }
    }

    private ServiceLevelClock? Clock(
        ServiceLevelMetric metric, string? due, DateTimeOffset? reachedAt, bool? isEscalated, FreshdeskTicket ticket)
    {
        if (FreshdeskWords.MomentOrNull(due) is not { } dueAt)
        {
            return null;
        }

        var stage = (reachedAt, ticket.Status) switch
        {
            ({ } reached, _) => reached > dueAt ? ServiceLevelStage.Breached : ServiceLevelStage.Achieved,
            (null, FreshdeskWords.Resolved or FreshdeskWords.Closed) => ServiceLevelStage.Achieved,
            _ when isEscalated == true || clock.GetUtcNow() > dueAt => ServiceLevelStage.Breached,
            // The account's own statuses may stop the clock too; which, only Freshdesk knows.
            (null, FreshdeskWords.Pending) => ServiceLevelStage.Paused,
            _ => ServiceLevelStage.Active,
        };
        var breachAt = stage == ServiceLevelStage.Paused ? (DateTimeOffset?)null : dueAt;
        return new ServiceLevelClock(metric, stage, breachAt, ServiceLevelSource.WithTicket) { ReachedAt = reachedAt };
    }
}
