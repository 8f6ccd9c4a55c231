using Npgsql;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Escalations;

/// <summary>
/// The outbox. Guarantees: a notice is in one message; a person's messages are counted and made under one lock, so that all processes
/// together keep to the pace; and a message whose sender ended without a word is not sent again, since it may have arrived: the level's time
/// runs on, and the next level hears of it. What goes into the helpdesk can be looked for there, and is tried again.
/// </summary>
public sealed class NoticeLedger(NpgsqlDataSource database)
{
    /// <summary>How long a sender may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long further tickets of one cause are gathered after a person was told of it: an outage is one message with a list, and then one with
    /// what has come since. Shorter than any level's time in the shipped matrix.
    /// </summary>
    private static readonly TimeSpan GatherBundle = TimeSpan.FromMinutes(5);

    /// <summary>Lines of one message; more than anybody reads, and all that a storm brings within its time.</summary>
    private const int MostLines = 2_000;

    private const string LineColumns =
        $"""
        n.id, e.id, e.helpdesk, e.number, e.cause, e.level, e.reasons, e.due_at, e.bundle, e.intent, e.unanswered_since is not null,
        coalesce(w.priority, 'None'), n.tries, e.row_name, e.matrix_version, e.people, n.recipient = '{NoticePlan.Mark}'
        """;

    /// <summary>What goes into a helpdesk goes to one of these.</summary>
    internal static readonly string[] NoteRecipients = [NoticePlan.Helpdesk, NoticePlan.Mark];

    /// <summary>For a <c>where</c>: may go out by this channel at <c>$1</c>.</summary>
    internal static string IsWaiting(string channel) => $"channel = {channel} and state = 'waiting' and not_before <= $1";

    /// <summary>For a <c>where</c> over <c>notices n</c>: may be written into its helpdesk at <c>$1</c>.</summary>
    internal static string IsWaitingNote(string recipients) =>
        $"n.channel = 'note' and n.recipient = any({recipients}) and n.state = 'waiting' and n.not_before <= $1";

    /// <summary>The recipients for whom something waits now, the longest waiting first.</summary>
    public async Task<IReadOnlyList<string>> ListWaitingAsync(NoticeChannel channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select recipient from notices where {IsWaiting("$2")} group by recipient order by min(not_before)");
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(Text(channel.Word()));
        var waiting = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add(reader.GetString(0));
        }

        return waiting;
    }

    /// <summary>Makes one message of all that waits for a recipient, where the pace allows one now.</summary>
    /// <param name="coolDown">
    /// Who was told of a ticket, by whatever channel, is not told of it again before this. What one level says by several channels is one telling.
    /// </param>
    /// <param name="most">Messages within <see cref="MessagePace.Window"/>; <see langword="null"/> for a machine, which needs no rest.</param>
    public async Task<EscalationMessage?> TakeMessageAsync(
        NoticeChannel channel, string recipient, TimeSpan coolDown, int? most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var lockRecipient = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 8))", connection))
        {
            lockRecipient.Parameters.Add(Text(recipient));
            await lockRecipient.ExecuteNonQueryAsync(cancellationToken);
        }

        if (most is { } limit && MessagePace.NextAt(await ListSentAsync(connection, recipient, now, cancellationToken), limit, now) > now)
        {
            return null;
        }

        await using var take = new NpgsqlCommand(
            $"""
            with message as (
                insert into messages (id, channel, recipient, state, created_at) values ($1, $2, $3, 'sending', $4)
            ), told_of as (
                select distinct e.helpdesk, e.bundle
                from messages m join notices n on n.message_id = m.id join escalations e on e.id = n.escalation_id
                where m.recipient = $3 and m.channel = $2 and m.created_at > $4 - $7 and m.state = 'sent' and e.bundle is not null
            ), due as (
                select n.id from notices n join escalations e on e.id = n.escalation_id
                where n.channel = $2 and n.recipient = $3 and n.state = 'waiting' and n.not_before <= $4
                    and not exists (
                        select from notices before join escalations told on told.id = before.escalation_id
                        where before.recipient = $3 and before.state = 'sent' and before.sent_at > $4 - $5
                            and (before.escalation_id, before.occasion) <> (n.escalation_id, n.occasion)
                            and told.helpdesk = e.helpdesk and told.number = e.number)
                    and not exists (select from told_of where told_of.helpdesk = e.helpdesk and told_of.bundle = e.bundle)
                order by n.not_before limit $6
                for update of n skip locked
            ), taken as (
                update notices n set state = 'sending', message_id = $1, tries = tries + 1 from due where n.id = due.id
                returning n.id, n.escalation_id, n.tries, n.recipient
            )
            select {LineColumns} from taken n join escalations e on e.id = n.escalation_id
            left join watched_tickets w on w.helpdesk = e.helpdesk and w.number = e.number
            order by e.due_at nulls first, e.opened_at
            """,
            connection);
        var id = Guid.CreateVersion7(now);
        take.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        take.Parameters.Add(Text(channel.Word()));
        take.Parameters.Add(Text(recipient));
        take.Parameters.Add(Moment(now));
        var rest = most is null ? TimeSpan.Zero : coolDown;
        take.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = rest });
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostLines });
        take.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = rest < GatherBundle ? rest : GatherBundle });
        var lines = await ReadLinesAsync(take, cancellationToken);
        if (lines.Count == 0)
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        return new EscalationMessage(id, channel, recipient, lines);
    }

    /// <summary>
    /// Takes notices that go into a helpdesk, those of a ticket together: one change tells of all. One that is tried again keeps the id by
    /// which it may be found there.
    /// </summary>
    public Task<IReadOnlyList<EscalationMessage>> TakeNotesAsync(
        string helpdesk, int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        TakeNotesAsync("e.helpdesk = $6", Text(helpdesk), most, now, cancellationToken);

    /// <summary>Takes notices that go into any helpdesk but these.</summary>
    /// <inheritdoc cref="TakeNotesAsync(string, int, DateTimeOffset, CancellationToken)"/>
    public Task<IReadOnlyList<EscalationMessage>> TakeNotesExceptAsync(
        IReadOnlyList<string> helpdesks, int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        TakeNotesAsync("e.helpdesk <> all($6)", new NpgsqlParameter<string[]> { TypedValue = [.. helpdesks] }, most, now, cancellationToken);

    private async Task<IReadOnlyList<EscalationMessage>> TakeNotesAsync(
        string which, NpgsqlParameter helpdesks, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with due as (
                select n.id, n.message_id, e.helpdesk, e.number from notices n join escalations e on e.id = n.escalation_id
                where {IsWaitingNote("$4")} and {which}
                order by n.not_before limit $2 for update of n skip locked
            ), fresh as (
                select helpdesk, number, ($5::uuid[])[row_number() over ()] as id
                from due where message_id is null group by helpdesk, number
            ), made as (
                insert into messages (id, channel, recipient, state, created_at)
                select id, 'note', helpdesk || '/' || number, 'sending', $1 from fresh
            ), taken as (
                update notices n set tries = tries + 1, not_before = $1 + $3, message_id = coalesce(n.message_id, fresh.id)
                from due left join fresh on fresh.helpdesk = due.helpdesk and fresh.number = due.number
                where n.id = due.id
                returning n.id, n.escalation_id, n.tries, n.recipient, n.message_id
            )
            select {LineColumns}, n.message_id from taken n join escalations e on e.id = n.escalation_id
            left join watched_tickets w on w.helpdesk = e.helpdesk and w.number = e.number
            order by e.level desc, e.opened_at
            """);
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = NoteRecipients });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. Enumerable.Range(0, most).Select(_ => Guid.CreateVersion7(now))] });
        command.Parameters.Add(helpdesks);
        var notes = new List<(Guid Message, MessageLine Line)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            notes.Add((reader.GetGuid(17), await ReadLineAsync(reader, cancellationToken)));
        }

        return
        [
            .. notes.GroupBy(note => note.Message, note => note.Line)
                .Select(note => new EscalationMessage(note.Key, NoticeChannel.Note, NoticePlan.Helpdesk, [.. note])),
        ];
    }

    /// <summary>The message has arrived.</summary>
    public async Task SentAsync(Guid message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with sent as (update messages set state = 'sent', sent_at = $2 where id = $1 and state in ('sending', 'unsure') returning id)
            update notices n set state = 'sent', sent_at = $2, error = null from sent where n.message_id = sent.id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message });
        command.Parameters.Add(Moment(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// The message has not arrived, and its notices wait for the next; or it may have arrived, and is not sent again. Either way another way
    /// is taken as well.
    /// </summary>
    /// <param name="instead">The other way; <see langword="null"/> for none.</param>
    public async Task FailedAsync(
        Guid message,
        bool mayHaveArrived,
        string error,
        DateTimeOffset next,
        PlannedNotice? instead,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with failed as (
                update messages set state = case when $7 then 'unsure' else 'failed' end, error = $2 where id = $1 and state = 'sending'
                returning id
            ), back as (
                update notices n
                set state = case when $7 then 'unsure' else 'waiting' end, not_before = $3, error = $2,
                    message_id = case when $7 then n.message_id end
                from failed where n.message_id = failed.id
                returning n.escalation_id, n.occasion
            )
            insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at)
            select gen_random_uuid(), back.escalation_id, back.occasion, $4, $5, $6, $6 from back where $4::text is not null
            on conflict do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message });
        command.Parameters.Add(Text(error));
        command.Parameters.Add(Moment(next));
        command.Parameters.Add(Text(instead?.Channel.Word()));
        command.Parameters.Add(Text(instead?.Recipient));
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = mayHaveArrived });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What became of notices that go into the helpdesk.</summary>
    /// <param name="state"><c>sent</c> or <c>dropped</c>, or <c>waiting</c> to be tried again at <paramref name="next"/>.</param>
    public async Task EndNoteAsync(
        Guid message, string state, string? error, DateTimeOffset next, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with ended as (
                update messages set state = case $2 when 'sent' then 'sent' when 'dropped' then 'failed' else state end, error = $3,
                    sent_at = case when $2 = 'sent' then $5 end
                where id = $1
            )
            update notices set state = $2, error = $3, not_before = $4, sent_at = case when $2 = 'sent' then $5 end
            where message_id = $1 and state = 'waiting'
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message });
        command.Parameters.Add(Text(state));
        command.Parameters.Add(Text(error));
        command.Parameters.Add(Moment(next));
        command.Parameters.Add(Moment(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Marks messages whose sender ended without a word.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> MarkUnsureAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with lost as (update messages set state = 'unsure' where state = 'sending' and channel <> 'note' and created_at < $1 - $2 returning id)
            update notices n set state = 'unsure' from lost where n.message_id = lost.id
            """);
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lease });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>What a message told of, with what has become of it; empty for one that was never made.</returns>
    public async Task<IReadOnlyList<MessageLine>> FindLinesAsync(Guid message, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {LineColumns} from notices n join escalations e on e.id = n.escalation_id
            left join watched_tickets w on w.helpdesk = e.helpdesk and w.number = e.number
            where n.message_id = $1 order by e.due_at nulls first, e.opened_at
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message });
        return await ReadLinesAsync(command, cancellationToken);
    }

    /// <returns>To whom a message went; <see langword="null"/> for one that was never made.</returns>
    public async Task<string?> FindRecipientAsync(Guid message, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select recipient from messages where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> ListSentAsync(
        NpgsqlConnection connection, string recipient, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select created_at from messages where recipient = $1 and created_at > $2 and state <> 'failed'", connection);
        command.Parameters.Add(Text(recipient));
        command.Parameters.Add(Moment(now - MessagePace.Window));
        var sent = new List<DateTimeOffset>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sent.Add(await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken));
        }

        return sent;
    }

    private static async Task<IReadOnlyList<MessageLine>> ReadLinesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var lines = new List<MessageLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(await ReadLineAsync(reader, cancellationToken));
        }

        return lines;
    }

    private static async Task<MessageLine> ReadLineAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => new()
    {
        Notice = reader.GetGuid(0),
        Escalation = reader.GetGuid(1),
        Ticket = new TicketId(reader.GetString(2), reader.GetString(3)),
        Cause = reader.GetString(4),
        Level = reader.GetInt32(5),
        Reasons = await reader.GetFieldValueAsync<string[]>(6, cancellationToken),
        DueAt = await reader.IsDBNullAsync(7, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(7, cancellationToken),
        Bundle = reader[8] as string,
        Intent = reader[9] as string,
        IsUnanswered = reader.GetBoolean(10),
        Priority = reader.GetString(11),
        Tries = reader.GetInt32(12),
        RowName = reader.GetString(13),
        MatrixVersion = reader.GetString(14),
        People = await reader.GetFieldValueAsync<string[]>(15, cancellationToken),
        IsMarkOnly = reader.GetBoolean(16),
    };
}
