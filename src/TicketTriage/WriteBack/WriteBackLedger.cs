using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.WriteBack;

/// <summary>
/// Decision records and the changes that follow from them. Guarantees, each statement with the condition of its
/// <see cref="WriteBackTransition"/>:
/// <list type="bullet">
/// <item>a change is recorded, under its ticket's fence and within its lease, before it is sent: what a helpdesk shows is always found here;</item>
/// <item>a ticket has at most one change of which nobody knows whether it arrived (a unique index holds it);</item>
/// <item>a change is marked applied in the same statement that ends the claim;</item>
/// <item>every mark needs the fence: a worker past its lease marks nothing;</item>
/// <item>the note's text is kept only until it has been applied or given up.</item>
/// </list>
/// </summary>
public sealed class WriteBackLedger(NpgsqlDataSource database)
{
    /// <summary>Locks the ticket's row for whoever has its newest claim, and gives nothing to anybody else.</summary>
    private static readonly string Held =
        $"""
        held as (
            select helpdesk, number from tickets
            where helpdesk = $1 and number = $2 and {TicketTransition.Finish.Condition}
            for update
        )
        """;

    private static readonly string RecordStatement =
        $"""
        with held as (
            select helpdesk, number from tickets
            where helpdesk = $1 and number = $2 and {TicketTransition.Finish.Condition} and lease_until > now()
            for update
        ), decided as (
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash,
                                 conversation, understanding, priority, route, draft, versions, requester_id, sent)
            select $4, helpdesk, number, $5, $6, $7, $8, $9, $10, $11, $12, $13, $16, $17 from held
            returning id, helpdesk, number
        )
        insert into write_backs (triage_id, helpdesk, number, state, change, note)
        select id, helpdesk, number, '{WriteBackState.Sent.Word()}', $14, $15 from decided
        """;

    private static readonly string ReduceStatement =
        $"""
        with {Held}
        update write_backs set change = $5, note = $6, reason = $7
        where triage_id = $4 and {WriteBackTransition.Reduce.Condition} and exists (select 1 from held)
        """;

    private static readonly string ApplyStatement =
        $"""
        with finished as (
            {TicketQueue.FinishStatement}
              and exists (select 1 from write_backs where triage_id = $11 and {WriteBackTransition.Apply.Condition})
            returning 1
        )
        update write_backs
        set state = '{WriteBackState.Applied.Word()}', note = null, ended_at = now(), stamp = $7, audit_id = $9,
            reason = coalesce($10, reason)
        where triage_id = $11 and exists (select 1 from finished)
        """;

    private static readonly string SettleStatement =
        $"""
        with settled as (
            {TicketQueue.SettleStatement}
              and exists (select 1 from write_backs where triage_id = $4 and {WriteBackTransition.Apply.Condition})
            returning 1
        )
        update write_backs
        set state = '{WriteBackState.Applied.Word()}', note = null, ended_at = now(), stamp = $5, audit_id = $7, reason = $8
        where triage_id = $4 and exists (select 1 from settled)
        """;

    private static readonly string GiveUpStatement =
        $"""
        with {Held}, given_up as (
            update write_backs set state = $5, note = null, ended_at = now(), reason = $6
            where triage_id = $4 and {WriteBackTransition.GiveUp.Condition} and exists (select 1 from held)
        )
        select count(*)::int from held
        """;

    /// <summary>Records a decision and its change as about to be sent.</summary>
    /// <exception cref="LeaseLostException">The lease is over, or another worker has the ticket by now.</exception>
    public async Task RecordAsync(ClaimedTicket claim, Triage triage, HelpdeskChange change, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RecordStatement);
        var parameters = command.Parameters;
        AddClaim(parameters, claim, triage.Id);
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = triage.DecidedAt });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = triage.Stamp });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = triage.ContentHash });
        parameters.Add(Json(triage.Conversation, TriageJson.Default.CleanTicket));
        parameters.Add(Json(triage.Understanding, TriageJson.Default.TicketUnderstanding));
        parameters.Add(Json(triage.Priority, TriageJson.Default.PriorityChoice));
        parameters.Add(Json(triage.Route, TriageJson.Default.Route));
        parameters.Add(Json(triage.Draft, TriageJson.Default.ReplyDraft));
        parameters.Add(Json(triage.Versions, TriageJson.Default.Versions));
        parameters.Add(Json(FieldPlan.ForRecord(change), WriteBackJson.Default.HelpdeskChange));
        parameters.Add(Text(change.PrivateNoteHtml));
        parameters.Add(Text(triage.RequesterId));
        parameters.Add(Json(triage.Sent, TriageJson.Default.SentToModel));
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>
    /// Records that less than before is sent in its place: after a lost answer, what is found in the helpdesk has to be what stands here.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task ReduceAsync(ClaimedTicket claim, HelpdeskChange reduced, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReduceStatement);
        AddClaim(command.Parameters, claim, reduced.TriageId);
        command.Parameters.Add(Json(FieldPlan.ForRecord(reduced), WriteBackJson.Default.HelpdeskChange));
        command.Parameters.Add(Text(reduced.PrivateNoteHtml));
        command.Parameters.Add(Text(reason));
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Marks a change applied and ends its ticket's claim.</summary>
    /// <param name="reason">What there is to say about it; <see langword="null"/> leaves what was said before.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket; it will find the change in the helpdesk.</exception>
    public async Task FinishAsync(
        ClaimedTicket claim, Guid triageId, ChangeReceipt receipt, string contentHash, string? reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ApplyStatement);
        TicketQueue.AddFinishParameters(command.Parameters, claim, TicketOutcome.Written, null, receipt.Stamp, contentHash);
        command.Parameters.Add(Text(receipt.AuditId));
        command.Parameters.Add(Text(reason));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Marks a change applied that an earlier claim has sent, and gives this claim back: what came since is still to be decided.</summary>
    /// <param name="contentHash">What the customer had said when the change was decided.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket; it will find the change in the helpdesk.</exception>
    public async Task SettleAsync(
        ClaimedTicket claim, Guid triageId, ChangeReceipt receipt, string contentHash, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SettleStatement);
        AddClaim(command.Parameters, claim, triageId);
        command.Parameters.Add(Text(receipt.Stamp));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contentHash });
        command.Parameters.Add(Text(receipt.AuditId));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>
    /// Gives a change up that is known not to have been applied: superseded by a new decision, or refused. One that was given up before
    /// stays as it is.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task GiveUpAsync(ClaimedTicket claim, Guid triageId, bool refused, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(GiveUpStatement);
        AddClaim(command.Parameters, claim, triageId);
        command.Parameters.Add(Text((refused ? WriteBackState.Refused : WriteBackState.Superseded).Word()));
        command.Parameters.Add(Text(reason));
        LeaseLostException.ThrowIfNone((int)(await command.ExecuteScalarAsync(cancellationToken) ?? 0), claim);
    }

    /// <summary>
    /// Looks whether a ticket has had its share of changes within the hour. Only the holder of its claim adds to them, so what is found
    /// here holds until it does.
    /// </summary>
    /// <param name="mostPerHour">At least 1.</param>
    /// <returns>How long until the next is due; <see langword="null"/> where it is now.</returns>
    public async Task<TimeSpan?> FindWaitAsync(TicketId ticket, int mostPerHour, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select sent_at + interval '1 hour' - now() from write_backs
            where helpdesk = $1 and number = $2 and state in ('sent', 'applied') and sent_at > now() - interval '1 hour'
            order by sent_at desc
            offset $3 limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = mostPerHour - 1 });
        return await command.ExecuteScalarAsync(cancellationToken) as TimeSpan?;
    }

    /// <summary>The content that a triage was decided on.</summary>
    public async Task<string> GetContentHashAsync(Guid triageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select content_hash from triages where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        return await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new InvalidOperationException($"Triage {triageId} has a write-back and no record.");
    }

    /// <returns>False where the records don't have it, as after an older backup was restored.</returns>
    public async Task<bool> KnowsAsync(Guid triageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select 1 from triages where id = $1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>What was last changed on a ticket, put together from all of its applied changes: a change names only what it changed.</summary>
    /// <returns><see langword="null"/> where nothing was ever applied.</returns>
    public async Task<AppliedChange?> FindLastAppliedAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select change from write_backs
            where helpdesk = $1 and number = $2 and state = 'applied'
            order by sent_at desc
            limit 20
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });

        AppliedChange? last = null;
        var fields = new Dictionary<TriageField, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var change = JsonSerializer.Deserialize(reader.GetString(0), WriteBackJson.Default.HelpdeskChange)
                ?? throw new InvalidOperationException($"A change of ticket {ticket} is stored as nothing.");
            last = last is null
                ? new AppliedChange(change.Tags ?? [], change.Priority, change.GroupId) { Skills = change.Skills?.Own }
                : last with
                {
                    Priority = last.Priority ?? change.Priority,
                    GroupId = last.GroupId ?? change.GroupId,
                    Skills = last.Skills ?? change.Skills?.Own,
                };
            foreach (var (field, value) in change.Fields ?? fields)
            {
                fields.TryAdd(field, value);
            }
        }

        return last is null ? null : last with { Fields = fields };
    }

    private static void AddClaim(NpgsqlParameterCollection parameters, ClaimedTicket claim, Guid triageId)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Number });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = claim.Fence });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
    }

    private static NpgsqlParameter Json<T>(T? value, JsonTypeInfo<T> type)
        where T : class =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, type), NpgsqlDbType = NpgsqlDbType.Jsonb };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HelpdeskChange))]
internal sealed partial class WriteBackJson : JsonSerializerContext;
