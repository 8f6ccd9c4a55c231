using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Escalations;

/// <summary>
/// The watched tickets. Guarantees: a look takes only tickets that are due, by an index that holds no others; a ticket is looked at by one
/// worker at a time; and what a look settles is void where the ticket was read anew meanwhile, so that no news is slept over.
/// </summary>
public sealed class WatchLedger(NpgsqlDataSource database)
{
    /// <summary>How long a look may take before somebody else takes it up: a killed worker delays nothing by more.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private const string Columns =
        "helpdesk, number, created_at, status, priority, segment, group_id, assignee_id, intent, product, bundle, events, causes, told, "
        + "ask_at, looks, first_seen_at";

    /// <summary>For a <c>where</c>: what <see cref="WatchedTicket.IsEnded"/> is not.</summary>
    internal const string IsOpen = "status not in ('Solved', 'Closed', 'Deleted', 'Spam')";

    internal static readonly string ClaimStatement = Claiming(IsReady("$4"));

    internal static readonly string ClaimToAskStatement = Claiming(IsToAsk("$4"));

    public async Task<WatchedTicket?> FindAsync(TicketId id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from watched_tickets where helpdesk = $1 and number = $2");
        AddId(command.Parameters, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? await ReadAsync(reader, cancellationToken) : null;
    }

    /// <summary>Keeps a ticket as it was just read, and has it looked at.</summary>
    public Task ObserveAsync(WatchedTicket ticket, DateTimeOffset now, CancellationToken cancellationToken) =>
        ObserveAsync(ticket, now, lookAt: now, cancellationToken);

    /// <summary>
    /// Keeps a ticket as it was just read, and has it looked at when the reader is done with it. That it was opened again, or went from one
    /// group to another by somebody else's doing, is counted in the line of its last decision, in the same statement: of a reading that is
    /// repeated nothing is counted twice.
    /// </summary>
    public async Task ObserveAsync(WatchedTicket ticket, DateTimeOffset now, DateTimeOffset lookAt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with news as (
                select status in ('Solved', 'Closed') and $4 not in ('Solved', 'Closed', 'Deleted', 'Spam') as is_reopened,
                       coalesce(group_id <> $7, false) as is_transferred
                from watched_tickets where helpdesk = $1 and number = $2
            ), counted as (
                update decision_lines l set reopens = l.reopens + is_reopened::int, transfers = l.transfers + is_transferred::int
                from news where l.helpdesk = $1 and l.number = $2 and l.is_last and (is_reopened or is_transferred)
            )
            insert into watched_tickets (helpdesk, number, created_at, status, priority, segment, group_id, assignee_id, events, replied_at,
                                         first_seen_at, observed_at, ask_at, next_look_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11, $12)
            on conflict (helpdesk, number) do update
            set status = excluded.status, priority = excluded.priority, segment = excluded.segment, group_id = excluded.group_id,
                assignee_id = excluded.assignee_id, events = excluded.events, replied_at = excluded.replied_at,
                observed_at = excluded.observed_at, ask_at = excluded.ask_at, next_look_at = excluded.next_look_at, looks = watched_tickets.looks + 1
            """);
        var parameters = command.Parameters;
        AddId(parameters, ticket.Id);
        parameters.Add(Moment(ticket.CreatedAt));
        parameters.Add(Text(ticket.Status.ToString()));
        parameters.Add(Text(ticket.Priority.ToString()));
        parameters.Add(Text(ticket.Segment));
        parameters.Add(Text(ticket.GroupId));
        parameters.Add(Text(ticket.AssigneeId));
        parameters.Add(Json(ticket.Events, WatchJson.Default.IReadOnlyListTicketEvent));
        parameters.Add(Moment(ticket.RepliedAt));
        parameters.Add(Moment(now));
        parameters.Add(Moment(lookAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps what was understood of a ticket that is watched already.</summary>
    /// <param name="lookAt">When it is to be looked at; <see langword="null"/> where the look that is due anyway is soon enough.</param>
    public async Task UnderstandAsync(
        TicketId id,
        string intent,
        string product,
        string? bundle,
        IReadOnlyList<AtOnceCause> causes,
        DateTimeOffset? lookAt,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update watched_tickets set intent = $3, product = $4, bundle = $5, causes = $6, next_look_at = coalesce($7, next_look_at), looks = looks + 1
            where helpdesk = $1 and number = $2
            """);
        AddId(command.Parameters, id);
        command.Parameters.Add(Text(intent));
        command.Parameters.Add(Text(product));
        command.Parameters.Add(Text(bundle));
        command.Parameters.Add(Json(causes, WatchJson.Default.IReadOnlyListAtOnceCause));
        command.Parameters.Add(Moment(lookAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Keeps what this service itself has changed, and leaves what it hasn't as it is known by then. The ticket's open escalations go to the
    /// group and the agent that it chose, in the same statement: no look takes its own assignment for an agent's, nor hides an agent's.
    /// </summary>
    /// <param name="askAt">When the helpdesk is to be asked for its clocks.</param>
    /// <param name="lookAt">When it is to be looked at, where it isn't sooner anyway.</param>
    public async Task KeepWrittenAsync(
        TicketId id, HelpdeskChange sent, DateTimeOffset now, DateTimeOffset askAt, DateTimeOffset lookAt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with written as (
                update watched_tickets
                set priority = coalesce($3, priority), group_id = coalesce($4, group_id), assignee_id = coalesce($5, assignee_id),
                    events = case when $3 <> priority then events || $6 else events end, ask_at = $7,
                    next_look_at = least(next_look_at, $8), looks = looks + 1
                where helpdesk = $1 and number = $2
            )
            update escalations set group_id = coalesce($4, group_id), assignee_id = coalesce($5, assignee_id)
            where helpdesk = $1 and number = $2 and state = 'open'
            """);
        var parameters = command.Parameters;
        AddId(parameters, id);
        parameters.Add(Text(sent.Priority?.ToString()));
        parameters.Add(Text(sent.GroupId));
        parameters.Add(Text(sent.AssigneeId));
        parameters.Add(Json<IReadOnlyList<TicketEvent>>(
            [new TicketEvent(now, TicketEventKind.Changed) { Priority = sent.Priority }], WatchJson.Default.IReadOnlyListTicketEvent));
        parameters.Add(Moment(askAt));
        parameters.Add(Moment(lookAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Which of these tickets are watched as if somebody had to work on them.</summary>
    public async Task<IReadOnlySet<string>> FindOpenAsync(string helpdesk, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select number from watched_tickets
            where helpdesk = $1 and number = any($2) and {IsOpen}
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. numbers] });
        var open = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add(reader.GetString(0));
        }

        return open;
    }

    /// <summary>Keeps what the helpdesk says of its own clocks.</summary>
    /// <param name="told"><see langword="null"/> where it says nothing.</param>
    /// <param name="askAgainAt">When it is to be asked again; <see langword="null"/> for when the ticket is read next.</param>
    public async Task KeepToldAsync(
        TicketId id,
        IReadOnlyList<ServiceLevelClock>? told,
        DateTimeOffset? askAgainAt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update watched_tickets set told = $3, told_at = $4, ask_at = case when ask_at > $4 then ask_at else $5 end
            where helpdesk = $1 and number = $2
            """);
        AddId(command.Parameters, id);
        command.Parameters.Add(told is null
            ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb }
            : Json(told, WatchJson.Default.IReadOnlyListServiceLevelClock));
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(Moment(askAgainAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes tickets that are due to be looked at, the longest overdue first.</summary>
    public Task<IReadOnlyList<WatchedTicket>> ClaimDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        ClaimDueAsync(now, most, asked: [], cancellationToken);

    /// <summary>Takes tickets that are due to be looked at, except where one of these helpdesks has to be asked first.</summary>
    public Task<IReadOnlyList<WatchedTicket>> ClaimDueAsync(
        DateTimeOffset now, int most, IReadOnlyList<string> asked, CancellationToken cancellationToken) =>
        ClaimAsync(ClaimStatement, now, most, Lease, new NpgsqlParameter<string[]> { TypedValue = [.. asked] }, cancellationToken);

    /// <summary>Takes tickets of a helpdesk that are due to be looked at, and of which it has to be asked first.</summary>
    /// <param name="patience">How long it may take to answer.</param>
    public Task<IReadOnlyList<WatchedTicket>> ClaimToAskAsync(
        string helpdesk, DateTimeOffset now, int most, TimeSpan patience, CancellationToken cancellationToken) =>
        ClaimAsync(ClaimToAskStatement, now, most, Lease + patience, Text(helpdesk), cancellationToken);

    private async Task<IReadOnlyList<WatchedTicket>> ClaimAsync(
        string statement, DateTimeOffset now, int most, TimeSpan lease, NpgsqlParameter helpdesks, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(statement);
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(helpdesks);
        var due = new List<WatchedTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(await ReadAsync(reader, cancellationToken));
        }

        return due;
    }

    /// <summary>Keeps in the lines of the tickets' last decisions how many targets were met and missed; what is the same is left alone.</summary>
    public async Task KeepPromisesAsync(IReadOnlyList<(TicketId Id, KeptPromises Kept)> promises, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update decision_lines l set targets_met = kept.met, targets_missed = kept.missed
            from unnest($1, $2, $3, $4) as kept (helpdesk, number, met, missed)
            where l.helpdesk = kept.helpdesk and l.number = kept.number and l.is_last
              and (l.targets_met, l.targets_missed) is distinct from (kept.met, kept.missed)
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. promises.Select(ticket => ticket.Id.Helpdesk)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. promises.Select(ticket => ticket.Id.Number)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. promises.Select(ticket => ticket.Kept.Met)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. promises.Select(ticket => ticket.Kept.Missed)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends looks: says when each ticket is to be looked at next, unless it was read anew meanwhile.</summary>
    /// <param name="nextLooks"><see langword="null"/> where there is nothing to wait for.</param>
    public async Task SettleAsync(
        IReadOnlyList<(WatchedTicket Ticket, DateTimeOffset? NextLookAt)> nextLooks, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update watched_tickets w set next_look_at = looked.next_look_at
            from unnest($1, $2, $3, $4) as looked (helpdesk, number, looks, next_look_at)
            where w.helpdesk = looked.helpdesk and w.number = looked.number and w.looks = looked.looks
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. nextLooks.Select(look => look.Ticket.Id.Helpdesk)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. nextLooks.Select(look => look.Ticket.Id.Number)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. nextLooks.Select(look => look.Ticket.Looks)] });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = nextLooks.Select(look => look.NextLookAt?.UtcDateTime).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps which version of a policy is in force, and has all open tickets looked at where it was another.</summary>
    /// <returns>How many; <see langword="null"/> where it is the version of before, or the first.</returns>
    public async Task<int?> AnnounceAsync(string kind, string version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with first as (
                insert into watch_policies (kind, version, since) values ($1, $2, $3) on conflict (kind) do nothing
            ), changed as (
                update watch_policies set version = $2, since = $3 where kind = $1 and version <> $2 returning kind
            ), moved as (
                update watched_tickets set next_look_at = $3, looks = looks + 1
                where {IsOpen} and exists (select from changed)
                returning 1
            )
            select (select count(*)::int from moved) from changed
            """);
        command.Parameters.Add(Text(kind));
        command.Parameters.Add(Text(version));
        command.Parameters.Add(Moment(now));
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>Tickets whose customer has not answered for long and was not reminded since, the longest silent first.</summary>
    public async Task<IReadOnlyList<TicketId>> ListSilentAsync(
        string helpdesk, DateTimeOffset now, TimeSpan silence, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select helpdesk, number from watched_tickets
            where helpdesk = $4 and status = 'Pending' and replied_at <= $1 - $2 and (reminded_at is null or reminded_at < replied_at)
            order by replied_at limit $3
            """);
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = silence });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(Text(helpdesk));
        var silent = new List<TicketId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            silent.Add(new TicketId(reader.GetString(0), reader.GetString(1)));
        }

        return silent;
    }

    /// <summary>The wait is done with: drafted, or nothing to draft.</summary>
    public async Task KeepRemindedAsync(TicketId ticket, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update watched_tickets set reminded_at = $3 where helpdesk = $1 and number = $2");
        AddId(command.Parameters, ticket);
        command.Parameters.Add(Moment(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets tickets that have ended and rested since. One that is opened again is watched anew.</summary>
    /// <param name="before">Those that were last read before this.</param>
    /// <returns>How many were forgotten, <paramref name="most"/> where there are more.</returns>
    public async Task<int> ForgetEndedAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with ended as (
                select helpdesk, number from watched_tickets
                where next_look_at is null and observed_at < $1 and status in ('Solved', 'Closed', 'Deleted', 'Spam')
                limit $2 for update skip locked
            )
            delete from watched_tickets w using ended where w.helpdesk = ended.helpdesk and w.number = ended.number
            """);
        command.Parameters.Add(Moment(before));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>For a <c>where</c>: due at <c>$1</c>, and none of these helpdesks has to be asked first.</summary>
    internal static string IsReady(string asked) => $"next_look_at <= $1 and (ask_at is null or ask_at > $1 or helpdesk <> all({asked}))";

    /// <summary>For a <c>where</c>: due at <c>$1</c>, and this helpdesk has to be asked first.</summary>
    internal static string IsToAsk(string helpdesk) => $"next_look_at <= $1 and ask_at <= $1 and helpdesk = {helpdesk}";

    private static string Claiming(string which) =>
        $"""
        with due as (
            select helpdesk as due_helpdesk, number as due_number from watched_tickets
            where {which}
            order by next_look_at
            limit $2
            for update skip locked
        )
        update watched_tickets set next_look_at = $1 + $3, looks = looks + 1
        from due where helpdesk = due_helpdesk and number = due_number
        returning {Columns}
        """;

    private static async Task<WatchedTicket> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => new()
    {
        Id = new TicketId(reader.GetString(0), reader.GetString(1)),
        CreatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
        Status = Enum.Parse<HelpdeskStatus>(reader.GetString(3)),
        Priority = Enum.Parse<TicketPriority>(reader.GetString(4)),
        Segment = reader.GetString(5),
        GroupId = reader[6] as string,
        AssigneeId = reader[7] as string,
        Intent = reader[8] as string,
        Product = reader[9] as string,
        Bundle = reader[10] as string,
        Events = JsonSerializer.Deserialize(reader.GetString(11), WatchJson.Default.IReadOnlyListTicketEvent) ?? [],
        Causes = JsonSerializer.Deserialize(reader.GetString(12), WatchJson.Default.IReadOnlyListAtOnceCause) ?? [],
        Told = reader[13] is string told ? JsonSerializer.Deserialize(told, WatchJson.Default.IReadOnlyListServiceLevelClock) : null,
        AskAt = await reader.IsDBNullAsync(14, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(14, cancellationToken),
        Looks = reader.GetInt64(15),
        FirstSeenAt = await reader.GetFieldValueAsync<DateTimeOffset>(16, cancellationToken),
    };

    private static void AddId(NpgsqlParameterCollection parameters, TicketId id)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = id.Number });
    }

    private static NpgsqlParameter Json<T>(T value, JsonTypeInfo<T> type) =>
        new() { Value = JsonSerializer.Serialize(value, type), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
