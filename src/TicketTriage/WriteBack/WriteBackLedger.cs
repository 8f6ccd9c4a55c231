using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>
/// Decision records and the changes that follow from them. Guarantees:
/// <list type="bullet">
/// <item>a change is recorded, under its ticket's fence, before it is sent: what a helpdesk shows is always found here;</item>
/// <item>a ticket has at most one change of which nobody knows whether it arrived (a unique index holds it);</item>
/// <item>a change is marked applied in the same statement that ends the claim: a worker past its lease marks nothing;</item>
/// <item>the note's text is kept only until it has been applied or given up.</item>
/// </list>
/// </summary>
public sealed class WriteBackLedger(NpgsqlDataSource database)
{
    /// <summary>Records a decision and its change as about to be sent.</summary>
    /// <exception cref="LeaseLostException">Another worker has the ticket by now.</exception>
    public async Task RecordAsync(ClaimedTicket claim, Triage triage, HelpdeskChange change, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with held as (
                select helpdesk, number from tickets where helpdesk = $1 and number = $2 and fence = $3 for update
            ), decided as (
                insert into triages (id, helpdesk, number, decided_at, stamp, content_hash,
                                     conversation, understanding, priority, route, draft, versions)
                select $4, helpdesk, number, $5, $6, $7, $8, $9, $10, $11, $12, $13 from held
                returning id, helpdesk, number
            )
            insert into write_backs (triage_id, helpdesk, number, state, change, note)
            select id, helpdesk, number, 'sent', $14, $15 from decided
            """);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Id.Number });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = claim.Fence });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triage.Id });
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
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Marks a change applied and ends its ticket's claim.</summary>
    /// <param name="applied">What the helpdesk took, where that is less than was recorded; else <see langword="null"/>.</param>
    /// <exception cref="LeaseLostException">Another worker has the ticket; it will find the change in the helpdesk.</exception>
    public async Task FinishAsync(
        ClaimedTicket claim,
        Guid triageId,
        ChangeReceipt receipt,
        HelpdeskChange? applied,
        string contentHash,
        string? reason,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with finished as ({TicketQueue.FinishStatement} returning 1)
            update write_backs
            set state = 'applied', note = null, ended_at = now(), stamp = $7, audit_id = $9, reason = $10,
                change = coalesce($11, change)
            where triage_id = $12 and exists (select 1 from finished)
            """);
        TicketQueue.AddFinishParameters(command.Parameters, claim, TicketOutcome.Written, null, receipt.Stamp, contentHash);
        command.Parameters.Add(Text(receipt.AuditId));
        command.Parameters.Add(Text(reason));
        command.Parameters.Add(Json(applied is null ? null : FieldPlan.ForRecord(applied), WriteBackJson.Default.HelpdeskChange));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        LeaseLostException.ThrowIfNone(await command.ExecuteNonQueryAsync(cancellationToken), claim);
    }

    /// <summary>Gives a change up that is known not to have been applied: <c>superseded</c> by a new decision, or <c>refused</c>.</summary>
    public async Task GiveUpAsync(Guid triageId, bool refused, string reason, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update write_backs set state = $2, note = null, ended_at = now(), reason = $3 where triage_id = $1 and state = 'sent'");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        command.Parameters.Add(Text(refused ? "refused" : "superseded"));
        command.Parameters.Add(Text(reason));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The content that a triage was decided on.</summary>
    public async Task<string> GetContentHashAsync(Guid triageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select content_hash from triages where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triageId });
        return await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new InvalidOperationException($"Triage {triageId} has a write-back and no record.");
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
                ? new AppliedChange(change.Tags ?? [], change.Priority, change.GroupId)
                : last with { Priority = last.Priority ?? change.Priority, GroupId = last.GroupId ?? change.GroupId };
            foreach (var (field, value) in change.Fields ?? fields)
            {
                fields.TryAdd(field, value);
            }
        }

        return last is null ? null : last with { Fields = fields };
    }

    private static NpgsqlParameter Json<T>(T? value, JsonTypeInfo<T> type)
        where T : class =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, type), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HelpdeskChange))]
internal sealed partial class WriteBackJson : JsonSerializerContext;
