using System.Globalization;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>A ticket's clocks, from whichever place the account shows them in.</summary>
internal sealed class ZendeskServiceLevels(string helpdesk, ZendeskApi api, ZendeskAbilities abilities, TimeProvider clock)
    : IHelpdeskServiceLevels
{
    /// <summary>Of the record of events, which is everybody's; ten a minute are allowed.</summary>
    private const int MostPages = 5;

    /// <summary>A clock that was started earlier is not found in the record of events.</summary>
    private static readonly TimeSpan LongestLookBack = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<ServiceLevelClock>?> FindClocksAsync(string number, CancellationToken cancellationToken)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            var source = (await abilities.FindAsync(cancellationToken)).ServiceLevels;
            return source switch
            {
                ServiceLevelSource.WithTicket =>
                    Clocks(OnlyOne(await api.ShowTicketWithSlasAsync(id, cancellationToken))?.Slas?.PolicyMetrics, source),
                ServiceLevelSource.OfTicket => Clocks((await api.ListPolicyMetricsAsync(id, cancellationToken)).PolicyMetrics, source),
                ServiceLevelSource.Events => await ReadEventsAsync(id, cancellationToken),
                ServiceLevelSource.None => null,
            };
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            return null;
        }
    }

    private static ZendeskTicket? OnlyOne(ZendeskTicketsPage page) => page.Tickets is [{ } ticket, ..] ? ticket : null;

    private List<ServiceLevelClock>? Clocks(IReadOnlyList<ZendeskPolicyMetric?>? metrics, ServiceLevelSource source) =>
        metrics is null ? null : [.. metrics.OfType<ZendeskPolicyMetric>().Select(metric => Clock(metric, source))];

    private ServiceLevelClock Clock(ZendeskPolicyMetric metric, ServiceLevelSource source)
    {
        var stage = Stage(metric.Stage);
        var breachAt = ZendeskWords.Moment(metric.BreachAt);
        if (breachAt == DateTimeOffset.MinValue || stage == ServiceLevelStage.Paused)
        {
            return new ServiceLevelClock(Metric(metric.Metric), stage, BreachAt: null, source);
        }

        // Zendesk calls a clock active long after its target was missed.
        var isMissed = stage == ServiceLevelStage.Active && breachAt <= clock.GetUtcNow();
        return new ServiceLevelClock(Metric(metric.Metric), isMissed ? ServiceLevelStage.Breached : stage, breachAt, source);
    }

    private async Task<List<ServiceLevelClock>?> ReadEventsAsync(long id, CancellationToken cancellationToken)
    {
        var created = ZendeskWords.Moment((await api.ShowTicketAsync(id, cancellationToken)).Ticket?.CreatedAt);
        var earliest = clock.GetUtcNow() - LongestLookBack;
        var from = (created > earliest ? created : earliest).ToUnixTimeSeconds();
        var ofTicket = new List<ZendeskMetricEvent>();
        for (var read = 0; read < MostPages; read++)
        {
            var page = await api.ListMetricEventsAsync(from, cancellationToken);
            var events = page.TicketMetricEvents ?? throw ZendeskPages.Incomplete(helpdesk, "the events of service levels");
            ofTicket.AddRange(events.OfType<ZendeskMetricEvent>().Where(change => change.TicketId == id && change.Deleted != true));
            if (page.EndTime is not { } end || end <= from || page.NextPage is null || page.EndOfStream == true || events.Count == 0)
            {
                return [.. ofTicket.GroupBy(change => change.Metric).Select(Replay).OfType<ServiceLevelClock>()];
            }

            from = end;
        }

        return null;
    }

    /// <summary>The newest run of one clock, from what happened to it in order.</summary>
    private ServiceLevelClock? Replay(IGrouping<string?, ZendeskMetricEvent> ofMetric)
    {
        var run = ofMetric.Max(change => change.InstanceId ?? 0);
        var (stage, isCovered) = (ServiceLevelStage.Unknown, false);
        DateTimeOffset? breachAt = null;
        DateTimeOffset? reachedAt = null;
        var inOrder = ofMetric.Where(change => (change.InstanceId ?? 0) == run).OrderBy(change => ZendeskWords.Moment(change.Time));
        foreach (var change in inOrder)
        {
            switch (change.Type)
            {
                case "apply_sla":
                    isCovered = true;
                    break;
                case "breach" when ZendeskWords.Moment(change.Time) is var at:
                    (breachAt, isCovered) = (at, true);
                    stage = at <= clock.GetUtcNow() && reachedAt is null ? ServiceLevelStage.Breached : stage;
                    break;
                case "fulfill":
                    reachedAt = ZendeskWords.Moment(change.Time);
                    stage = stage == ServiceLevelStage.Breached ? stage : ServiceLevelStage.Achieved;
                    break;
                default:
                    (stage, reachedAt) = Stage(change.Type) is var next and not ServiceLevelStage.Unknown
                        ? (next, null)
                        : (stage, reachedAt);
                    break;
            }
        }

        // A metric is measured on every ticket; it is a clock only where a policy set it a target.
        breachAt = stage == ServiceLevelStage.Paused ? null : breachAt;
        return isCovered
            ? new ServiceLevelClock(ReplyOf(ofMetric.Key, run), stage, breachAt, ServiceLevelSource.Events) { ReachedAt = reachedAt }
            : null;
    }

    private static ServiceLevelMetric ReplyOf(string? metric, long run) => metric is "reply_time"
        ? run <= 1 ? ServiceLevelMetric.FirstReplyTime : ServiceLevelMetric.NextReplyTime
        : Metric(metric);

    private static ServiceLevelMetric Metric(string? word) => word?.ToLowerInvariant() switch
    {
        "first_reply_time" => ServiceLevelMetric.FirstReplyTime,
        "next_reply_time" => ServiceLevelMetric.NextReplyTime,
        "periodic_update_time" or "pausable_update_time" => ServiceLevelMetric.PeriodicUpdateTime,
        "requester_wait_time" => ServiceLevelMetric.RequesterWaitTime,
        "agent_work_time" => ServiceLevelMetric.AgentWorkTime,
        "resolution_time" or "total_resolution_time" => ServiceLevelMetric.ResolutionTime,
        _ => ServiceLevelMetric.Unknown,
    };

    private static ServiceLevelStage Stage(string? word) => word?.ToLowerInvariant() switch
    {
        "active" or "activate" => ServiceLevelStage.Active,
        "paused" or "pause" => ServiceLevelStage.Paused,
        "achieved" or "fulfilled" or "fulfill" => ServiceLevelStage.Achieved,
        "breached" or "breach" => ServiceLevelStage.Breached,
        _ => ServiceLevelStage.Unknown,
    };
}
