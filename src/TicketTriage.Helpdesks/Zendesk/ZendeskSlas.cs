namespace TicketTriage.Helpdesks.Zendesk;

/// <param name="PolicyMetrics">Empty where no policy applies; missing where the account has none.</param>
internal sealed record ZendeskSlas(IReadOnlyList<ZendeskPolicyMetric?>? PolicyMetrics);

internal sealed record ZendeskPolicyMetric(string? Metric, string? Stage, string? BreachAt);

/// <param name="EndTime">Unix seconds: where the next page begins.</param>
internal sealed record ZendeskMetricEventsPage(
    IReadOnlyList<ZendeskMetricEvent?>? TicketMetricEvents, long? EndTime, string? NextPage, bool? EndOfStream);

/// <param name="InstanceId">Counts the runs of one clock: a second question starts the second reply time.</param>
internal sealed record ZendeskMetricEvent(long? TicketId, string? Metric, long? InstanceId, string? Type, string? Time, bool? Deleted);
