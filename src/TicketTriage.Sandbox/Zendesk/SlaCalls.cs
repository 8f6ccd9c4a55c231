using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>What the API tells of service levels, by the ways that the account has.</summary>
internal sealed class SlaCalls(TicketDesk desk, SandboxOptions options, string address)
{
    private const long PolicyId = 8_447_450_000_001;
    private const string FirstReply = "first_reply_time";
    private const string Resolution = "total_resolution_time";

    private readonly TimeProvider clock = options.TimeProvider;
    private readonly DateTimeOffset since = options.TimeProvider.GetUtcNow();

    public bool Sideloads(ApiRequest request) =>
        options.SlaRoutes.HasFlag(SlaRoutes.Sideload) && request.AskWords("include").Contains("slas");

    public Answer ShowPolicyMetrics(ApiRequest request) =>
        options.SlaRoutes.HasFlag(SlaRoutes.PolicyMetrics) && desk.Find(request.Id) is { Status: not "deleted" } ticket
            ? ZendeskList.Answer(new JsonObject { ["policy_metrics"] = WriteMetrics(ticket) })
            : ZendeskRefusal.NotFound();

    public Answer ListPolicies(ApiRequest request) => ZendeskList.Answer(
        request, address, "sla_policies", [PolicyId],
        id => new JsonObject
        {
            ["url"] = $"{address}/api/v2/slas/policies/{id}.json",
            ["id"] = id,
            ["title"] = "Every ticket",
            ["description"] = "By priority, around the clock",
            ["position"] = 1,
            ["filter"] = new JsonObject { ["all"] = new JsonArray(), ["any"] = new JsonArray() },
            ["policy_metrics"] = new JsonArray([.. Deadlines.Targets.SelectMany(target => new[]
            {
                WriteTarget(target.Key, FirstReply, target.Value.FirstResponse),
                WriteTarget(target.Key, Resolution, target.Value.Resolution),
            })]),
            ["created_at"] = ZendeskList.Time(since),
            ["updated_at"] = ZendeskList.Time(since),
        });

    /// <summary>All in one page: what happened to the clocks of tickets since a second.</summary>
    public Answer ListMetricEvents(ApiRequest request)
    {
        if (!options.SlaRoutes.HasFlag(SlaRoutes.MetricEvents))
        {
            return ZendeskRefusal.NotFound();
        }

        if (request.AskNumber("start_time") is not { } start)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "InvalidValue", "start_time must be a Unix time in seconds.");
        }

        JsonNode[] events =
        [
            .. desk.ListAll().SelectMany(ListEvents)
                .Where(metric => metric.At.ToUnixTimeSeconds() >= start && metric.At <= clock.GetUtcNow())
                .OrderBy(metric => metric.At)
                .Select(Write),
        ];
        var end = clock.GetUtcNow().ToUnixTimeSeconds();
        return ZendeskList.Answer(new JsonObject
        {
            ["ticket_metric_events"] = new JsonArray(events),
            ["count"] = events.Length,
            ["end_time"] = end,
            ["end_of_stream"] = true,
            ["next_page"] = $"{address}/api/v2/incremental/ticket_metric_events.json?start_time={end}",
        });
    }

    /// <summary>Both clocks of a ticket; none while it has no priority.</summary>
    public JsonArray WriteMetrics(SandboxTicket ticket)
    {
        if (desk.ReadDeadlines(ticket) is not { } due)
        {
            return [];
        }

        var isOver = ticket.Status is "solved" or "closed";
        var running = ticket.Status is "pending" or "hold" ? "paused" : "active";
        return
        [
            WriteMetric(FirstReply, due.FirstResponse, isOver || FindFirstReply(ticket) is not null ? "achieved" : running),
            WriteMetric(Resolution, due.Resolution, isOver ? "achieved" : running),
        ];
    }

    private JsonObject WriteMetric(string metric, DateTimeOffset breachAt, string stage)
    {
        var left = (long)(breachAt - clock.GetUtcNow()).TotalMinutes;
        var written = new JsonObject { ["breach_at"] = ZendeskList.Time(breachAt), ["stage"] = stage, ["metric"] = metric };
        var (unit, amount) = Math.Abs(left) switch
        {
            < 120 => ("minutes", left),
            < 2_880 => ("hours", left / 60),
            _ => ("days", left / 1_440),
        };
        written[unit] = amount;
        return written;
    }

    private IEnumerable<MetricEvent> ListEvents(SandboxTicket ticket)
    {
        if (desk.ReadDeadlines(ticket) is not { } due)
        {
            yield break;
        }

        var reply = FindFirstReply(ticket);
        var solved = ticket.Status is "solved" or "closed" ? ticket.UpdatedAt : (DateTimeOffset?)null;
        foreach (var (place, metric, breach, fulfilled) in new[]
        {
            (1, "reply_time", due.FirstResponse, reply ?? solved), (2, "resolution_time", due.Resolution, solved),
        })
        {
            yield return new(ticket.Number, place, metric, "activate", ticket.CreatedAt);
            yield return new(ticket.Number, place, metric, "apply_sla", ticket.CreatedAt);
            if (fulfilled is { } at)
            {
                yield return new(ticket.Number, place, metric, "fulfill", at);
            }

            if ((fulfilled ?? DateTimeOffset.MaxValue) > breach)
            {
                yield return new(ticket.Number, place, metric, "breach", breach);
            }
        }
    }

    private static JsonObject Write(MetricEvent metric, int place) => new()
    {
        ["id"] = metric.Ticket * 100 + place,
        ["ticket_id"] = metric.Ticket,
        ["metric"] = metric.Metric,
        ["instance_id"] = metric.Instance,
        ["type"] = metric.Type,
        ["time"] = ZendeskList.Time(metric.At),
    };

    private static JsonObject WriteTarget(string priority, string metric, TimeSpan target) => new JsonObject
    {
        ["priority"] = priority,
        ["metric"] = metric,
        ["target"] = (long)target.TotalMinutes,
        ["business_hours"] = false,
    };

    private DateTimeOffset? FindFirstReply(SandboxTicket ticket) => desk.ListEvery(ticket.Number)
        .FirstOrDefault(comment => comment.IsPublic && desk.People.FindPerson(comment.AuthorId) is { IsStaff: true })?.CreatedAt;

    private sealed record MetricEvent(long Ticket, int Instance, string Metric, string Type, DateTimeOffset At);
}
