using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TicketTriage.Escalations;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Api;

/// <summary><c>/api/escalations</c>: what escalated and what became of it; the ways to take one, and to say what it was good for.</summary>
internal static partial class EscalationApi
{
    private const int MostInList = 1_000;

    public static async Task<IResult> ListAsync(
        EscalationRecords records, bool? open, string? helpdesk, string? ticket, CancellationToken cancellationToken)
    {
        TicketId? only = helpdesk is not null && ticket is not null ? new TicketId(helpdesk, ticket) : null;
        if (only is null && (helpdesk is not null || ticket is not null))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "helpdesk and ticket have to be given together.");
        }

        var found = await records.ListAsync(open ?? false, only, MostInList, cancellationToken);
        return Json(new JsonObject { ["escalations"] = new JsonArray([.. found.Select(Answer)]) });
    }

    public static async Task<IResult> CountAsync(
        EscalationRecords records, DateOnly? since, string? by, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<EscalationGrouping>(by ?? "all", ignoreCase: true, out var grouping) || !Enum.IsDefined(grouping))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest, detail: "by has to be all, week, cause, group or product.");
        }

        var from = since is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : clock.GetUtcNow().AddDays(-90);
        var counts = await records.CountAsync(from, grouping, cancellationToken);
        return Json(new JsonObject
        {
            ["since"] = from,
            ["statistics"] = new JsonArray([.. counts.Select(count => new JsonObject
            {
                ["week"] = count.Week?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["cause"] = count.Cause,
                ["group"] = count.GroupId,
                ["product"] = count.Product,
                ["levels"] = count.Levels,
                ["acknowledged"] = count.Acknowledged,
                ["prevented"] = count.Prevented,
                ["missed"] = count.Missed,
                ["neutral"] = count.Neutral,
                ["lowerLevelCould"] = count.LowerLevelCould,
                ["medianSecondsToTake"] = count.MedianTaking.TotalSeconds,
            })]),
        });
    }

    public static async Task<IResult> AcknowledgeAsync(
        Guid id, EscalationLedger escalations, HttpContext context, TimeProvider clock, CancellationToken cancellationToken) =>
        await escalations.AcknowledgeAsync(
            id, AcknowledgedHow.Command, context.User.Identity?.Name ?? "somebody", clock.GetUtcNow(), cancellationToken)
            ? Json(new JsonObject { ["state"] = EscalationState.Acknowledged.Word() })
            : Results.Problem(
                statusCode: StatusCodes.Status409Conflict,
                detail: $"Escalation {id} is not open (any more); GET /api/escalations shows how it stands.");

    /// <summary>An answer to a message, handed on by a mailbox's rule or a chat's robot: the reference in its subject says what it is about.</summary>
    public static async Task<IResult> ReplyAsync(
        ReplyBody reply, EscalationLedger escalations, NoticeLedger notices, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Reference().Match($"{reply.Subject} {reply.Text}") is not { Success: true } found
            || !Guid.TryParseExact(found.Groups["id"].Value, "N", out var message)
            || await notices.FindRecipientAsync(message, cancellationToken) is not { } recipient)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound, detail: "The answer names no message: its subject has to keep the reference TT-… in brackets.");
        }

        var taken = await escalations.AcknowledgeMessageAsync(
            message, only: null, AcknowledgedHow.Reply, recipient, clock.GetUtcNow(), cancellationToken);
        return Json(new JsonObject { ["acknowledged"] = taken.Count });
    }

    public static async Task<IResult> CorrectAsync(
        Guid id, OutcomeBody body, EscalationLedger escalations, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<EscalationOutcome>(body.Outcome, ignoreCase: true, out var outcome) || !Enum.IsDefined(outcome))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest, detail: "outcome has to be prevented, neutral or missed.");
        }

        return await escalations.CorrectAsync(id, outcome, body.LowerLevelCould, context.User.Identity?.Name ?? "somebody", cancellationToken)
            ? Json(new JsonObject { ["outcome"] = outcome.Word() })
            : Results.Problem(statusCode: StatusCodes.Status409Conflict, detail: $"There is no escalation {id} that is over.");
    }

    private static JsonObject Answer(EscalationRecord record) => new()
    {
        ["id"] = record.Id,
        ["helpdesk"] = record.Ticket.Helpdesk,
        ["ticket"] = record.Ticket.Number,
        ["cause"] = record.Cause,
        ["level"] = record.Level,
        ["direction"] = record.Direction,
        ["state"] = record.State,
        ["people"] = new JsonArray([.. record.People.Select(person => JsonValue.Create(person))]),
        ["reasons"] = new JsonArray([.. record.Reasons.Select(reason => JsonValue.Create(reason))]),
        ["dueAt"] = record.DueAt,
        ["source"] = record.Source,
        ["openedAt"] = record.OpenedAt,
        ["acknowledgeBy"] = record.AcknowledgeBy,
        ["unansweredSince"] = record.UnansweredSince,
        ["acknowledgedAt"] = record.AcknowledgedAt,
        ["acknowledgedBy"] = record.AcknowledgedBy,
        ["acknowledgedHow"] = record.AcknowledgedHow,
        ["endedAt"] = record.EndedAt,
        ["outcome"] = record.Outcome,
        ["outcomeBy"] = record.OutcomeBy,
        ["lowerLevelCould"] = record.LowerLevelCould,
        ["raisedFrom"] = record.RaisedFrom,
        ["intent"] = record.Intent,
        ["product"] = record.Product,
        ["bundle"] = record.Bundle,
        ["versions"] = new JsonObject { ["matrix"] = record.MatrixVersion, ["serviceLevels"] = record.ServiceVersion },
    };

    private static IResult Json(JsonObject answer) => Results.Text(answer.ToJsonString(), "application/json");

    [GeneratedRegex("TT-(?<id>[0-9a-f]{32})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}

/// <summary>An answer to a message, as a mailbox's rule hands it on.</summary>
internal sealed record ReplyBody(string? Subject, string? Text);

/// <param name="LowerLevelCould">Whether a lower level could have solved it; absent where that stays as it is.</param>
internal sealed record OutcomeBody(string? Outcome, bool? LowerLevelCould = null);
