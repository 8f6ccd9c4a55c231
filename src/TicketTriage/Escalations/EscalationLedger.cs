using Npgsql;
using NpgsqlTypes;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Escalations;

/// <summary>
/// The escalations. Guarantees, each kept by one conditional statement and the indexes behind it:
/// <list type="bullet">
/// <item>a ticket has at most one open escalation of a cause, and each cycle begins once and passes each level once;</item>
/// <item>of a person who takes it and the timer that raises it, one wins: never is it both taken and heard of by the next level;</item>
/// <item>what people are to be told is written with the level in one statement: no level without notices, no notice twice.</item>
/// </list>
/// </summary>
public sealed class EscalationLedger(NpgsqlDataSource database)
{
    private const string Columns =
        "id, helpdesk, number, cycle, cause, level, row_name, direction, raised_from, state, people, reasons, due_at, opened_at, "
        + "acknowledge_by, intent, product, group_id, assignee_id, bundle, matrix_version, service_version, source";

    private const string Values =
        "$1, $2, $3, $4, $5, $6, $7, $8, {0}, 'open', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $25";

    private const string Tell =
        """
        told as (
            insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at)
            select n.id, opened.id, 'level', n.channel, n.recipient, n.not_before, $12
            from opened, unnest($21, $22, $23, $24) as n (id, channel, recipient, not_before)
        )
        select count(*) from opened
        """;

    private static readonly string OpenStatement =
        $"""
        with opened as (
            insert into escalations ({Columns}) values ({Values.Replace("{0}", "null", StringComparison.Ordinal)})
            on conflict do nothing
            returning id
        ), {Tell}
        """;

    private static readonly string RaiseStatement =
        $"""
        with raised as (
            update escalations set state = 'raised', ended_at = $12 where id = $26 and {EscalationTransition.Raise.Condition} returning id
        ), opened as (
            insert into escalations ({Columns})
            select {Values.Replace("{0}", "raised.id", StringComparison.Ordinal)} from raised
            returning id
        ), {Tell}
        """;

    /// <summary>Follows the name of who took it there.</summary>
    public const string OnCommandLine = " on the command line";

    // Whether somebody of a lower level took it: by the name that the matrix has for them; who answers the customer, or gets the ticket, is of the
    // group; and the assignee is known by the helpdesk's id.
    private static readonly string AcknowledgeStatement =
        $$"""
        with taken as (
            update escalations e
            set state = 'acknowledged', acknowledged_at = $1, acknowledged_by = $2, acknowledged_how = $3, ended_at = $1,
                lower_level_could = case when e.level > 1 then exists (
                    select from escalations lower where lower.helpdesk = e.helpdesk and lower.number = e.number and lower.cycle = e.cycle
                    and lower.level < e.level
                    and (split_part($2, '{{OnCommandLine}}', 1) = any(lower.people)
                        or ($3 in ('assigned', 'answered') and lower.people && '{ {{MatrixLevel.Group}}, {{MatrixLevel.Assignee}} }')
                        or ('{{MatrixLevel.Assignee}}' = any(lower.people) and $2 in (lower.assignee_id, 'agent:' || lower.helpdesk || '/' || lower.assignee_id)))) end
            where e.{{EscalationTransition.Acknowledge.Condition}} and {0}
            returning e.id, e.helpdesk, e.number, e.cycle
        ), dropped as (
            update notices n set state = 'dropped'
            from escalations e, taken
            where e.helpdesk = taken.helpdesk and e.number = taken.number and e.cycle = taken.cycle
                and n.escalation_id = e.id and n.state = 'waiting'
        )
        select id, helpdesk, number from taken
        """;

    private static readonly string RepeatStatement =
        $"""
        with opened as (
            update escalations set acknowledge_by = $2, unanswered_since = coalesce(unanswered_since, $3)
            where id = $1 and {EscalationTransition.Repeat.Condition} and acknowledge_by <= $3
            returning id
        )
        insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at)
        select n.id, opened.id, case when n.channel = 'note' and $9 then 'unanswered' else $4 end, n.channel, n.recipient, n.not_before, $3
        from opened, unnest($5, $6, $7, $8) as n (id, channel, recipient, not_before)
        on conflict do nothing
        """;

    private static readonly string CloseStatement =
        $"""
        with closed as (
            update escalations
            set state = case when {EscalationTransition.Close.Condition} then 'closed' else state end,
                outcome = $4, outcome_by = 'rule', ended_at = coalesce(ended_at, $5)
            where helpdesk = $1 and number = $2 and cycle = $3 and outcome is null
            returning id
        )
        update notices n set state = 'dropped' from closed where n.escalation_id = closed.id and n.state = 'waiting'
        """;

    /// <summary>Opens the first level of a cycle.</summary>
    /// <returns>False where the cycle has begun already, or another one of the cause is open.</returns>
    public async Task<bool> OpenAsync(
        OpenLevel level, LevelNotices notices, string serviceVersion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(OpenStatement);
        AddLevel(command.Parameters, level, notices, serviceVersion, now);
        return await command.ExecuteScalarAsync(cancellationToken) is > 0L;
    }

    /// <summary>Hands an open level to the next.</summary>
    /// <returns>False where somebody has taken it meanwhile.</returns>
    public async Task<bool> RaiseAsync(
        RaiseLevel raise, LevelNotices notices, string serviceVersion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RaiseStatement);
        AddLevel(command.Parameters, raise.To, notices, serviceVersion, now);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = raise.From });
        return await command.ExecuteScalarAsync(cancellationToken) is > 0L;
    }

    /// <summary>
    /// Tells people again of what the last level has not taken. The ticket gets one note; where nothing but notes reaches anybody, one each day.
    /// </summary>
    public async Task RepeatAsync(
        RepeatLevel repeat, IReadOnlyList<PlannedNotice> notices, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RepeatStatement);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = repeat.Id });
        command.Parameters.Add(Moment(repeat.Again));
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(Text($"digest {Words.Moment(repeat.Again)[..10]}"));
        AddNotices(command.Parameters, notices, now);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = notices.Any(notice => notice.Channel != NoticeChannel.Note) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Somebody has it.</summary>
    /// <param name="by">Who, for the record.</param>
    /// <returns>False where it is no longer open: taken, raised or over.</returns>
    public async Task<bool> AcknowledgeAsync(
        Guid id, AcknowledgedHow how, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await AcknowledgeAsync("e.id = $4", how, by, now, [new NpgsqlParameter<Guid> { TypedValue = id }], cancellationToken)).Count > 0;

    /// <summary>Somebody has everything that is open of a ticket.</summary>
    /// <returns>The escalations that were taken; empty where none was open.</returns>
    public Task<IReadOnlyList<Guid>> AcknowledgeAsync(
        TicketId ticket, AcknowledgedHow how, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        AcknowledgeAsync("e.helpdesk = $4 and e.number = $5", how, by, now, [Text(ticket.Helpdesk), Text(ticket.Number)], cancellationToken);

    /// <summary>Somebody has what a message told of, at whatever level it is by now.</summary>
    /// <param name="only">One ticket of the message; <see langword="null"/> for all.</param>
    public Task<IReadOnlyList<Guid>> AcknowledgeMessageAsync(
        Guid message, TicketId? only, AcknowledgedHow how, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        AcknowledgeAsync(
            """
            ($5::text is null or (e.helpdesk = $5 and e.number = $6))
            and (e.helpdesk, e.number, e.cycle) in (
                select l.helpdesk, l.number, l.cycle from notices n join escalations l on l.id = n.escalation_id where n.message_id = $4)
            """,
            how, by, now, [new NpgsqlParameter<Guid> { TypedValue = message }, Text(only?.Helpdesk), Text(only?.Number)], cancellationToken);

    /// <summary>What caused a cycle is over. Does nothing where that is known.</summary>
    public async Task CloseAsync(CloseCycle close, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CloseStatement);
        command.Parameters.Add(Text(close.Ticket.Helpdesk));
        command.Parameters.Add(Text(close.Ticket.Number));
        command.Parameters.Add(Text(close.Cycle));
        command.Parameters.Add(Text(close.Outcome.Word()));
        command.Parameters.Add(Moment(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A person knows better what it was good for than the rule did.</summary>
    /// <param name="lowerLevelCould">Whether a lower level could have solved it; <see langword="null"/> leaves that as the rule said.</param>
    /// <returns>False where there is no such escalation, or it isn't over.</returns>
    public async Task<bool> CorrectAsync(
        Guid id, EscalationOutcome outcome, bool? lowerLevelCould, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update escalations e
            set outcome = $2, outcome_by = $3,
                lower_level_could = case when e.id = $1 and e.level > 1 then coalesce($4, e.lower_level_could) else e.lower_level_could end
            from escalations named
            where named.id = $1 and e.helpdesk = named.helpdesk and e.number = named.number and e.cycle = named.cycle and e.outcome is not null
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(Text(outcome.Word()));
        command.Parameters.Add(Text(by));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)lowerLevelCould ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>All levels that tickets ever had.</summary>
    public async Task<ILookup<TicketId, StandingEscalation>> ListOfAsync(
        IReadOnlyList<TicketId> tickets, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select e.helpdesk, e.number, e.id, e.cycle, e.cause, e.level, e.row_name, e.state, e.opened_at, e.acknowledge_by,
                   e.unanswered_since, e.assignee_id, e.outcome is not null, e.matrix_version, e.service_version, e.due_at
            from unnest($1, $2) as t (helpdesk, number) join escalations e on e.helpdesk = t.helpdesk and e.number = t.number
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tickets.Select(ticket => ticket.Helpdesk)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tickets.Select(ticket => ticket.Number)] });
        var found = new List<(TicketId Ticket, StandingEscalation Level)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((new TicketId(reader.GetString(0), reader.GetString(1)), new StandingEscalation
            {
                Id = reader.GetGuid(2),
                Cycle = reader.GetString(3),
                Cause = reader.GetString(4),
                Level = reader.GetInt32(5),
                RowName = reader.GetString(6),
                State = Enum.Parse<EscalationState>(reader.GetString(7), ignoreCase: true),
                OpenedAt = await reader.GetFieldValueAsync<DateTimeOffset>(8, cancellationToken),
                AcknowledgeBy = await reader.GetFieldValueAsync<DateTimeOffset>(9, cancellationToken),
                UnansweredSince = await reader.IsDBNullAsync(10, cancellationToken)
                    ? null
                    : await reader.GetFieldValueAsync<DateTimeOffset>(10, cancellationToken),
                AssigneeId = reader[11] as string,
                IsConcluded = reader.GetBoolean(12),
                MatrixVersion = reader.GetString(13),
                ServiceVersion = reader.GetString(14),
                DueAt = await reader.IsDBNullAsync(15, cancellationToken)
                    ? null
                    : await reader.GetFieldValueAsync<DateTimeOffset>(15, cancellationToken),
            }));
        }

        return found.ToLookup(line => line.Ticket, line => line.Level);
    }

    private async Task<IReadOnlyList<Guid>> AcknowledgeAsync(
        string which,
        AcknowledgedHow how,
        string by,
        DateTimeOffset now,
        IReadOnlyList<NpgsqlParameter> parameters,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AcknowledgeStatement.Replace("{0}", which, StringComparison.Ordinal));
        command.Parameters.Add(Moment(now));
        command.Parameters.Add(Text(by));
        command.Parameters.Add(Text(how.Word()));
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        var taken = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(reader.GetGuid(0));
        }

        return taken;
    }

    private static void AddLevel(
        NpgsqlParameterCollection parameters, OpenLevel level, LevelNotices notices, string serviceVersion, DateTimeOffset now)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) });
        parameters.Add(Text(level.Ticket.Id.Helpdesk));
        parameters.Add(Text(level.Ticket.Id.Number));
        parameters.Add(Text(level.Cycle));
        parameters.Add(Text(level.Cause));
        parameters.Add(new NpgsqlParameter<int> { TypedValue = level.Level });
        parameters.Add(Text(level.Row.Name));
        parameters.Add(Text(level.Rule.Direction == LevelDirection.Functional ? "functional" : "hierarchical"));
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. notices.People] });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. level.Reasons] });
        parameters.Add(Moment(level.DueAt));
        parameters.Add(Moment(now));
        parameters.Add(Moment(NoticePlan.AcknowledgeBy(level, notices, now)));
        parameters.Add(Text(level.Ticket.Intent));
        parameters.Add(Text(level.Ticket.Product));
        parameters.Add(Text(level.Ticket.GroupId));
        parameters.Add(Text(level.Ticket.AssigneeId));
        parameters.Add(Text(level.Ticket.Bundle));
        parameters.Add(Text(level.MatrixVersion));
        parameters.Add(Text(serviceVersion));
        AddNotices(parameters, notices.Notices, now);
        parameters.Add(Text(level.Source?.Word()));
    }

    private static void AddNotices(NpgsqlParameterCollection parameters, IReadOnlyList<PlannedNotice> planned, DateTimeOffset now)
    {
        var notices = planned.Distinct().ToList();
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. notices.Select(_ => Guid.CreateVersion7(now))] });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. notices.Select(notice => notice.Channel.Word())] });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. notices.Select(notice => notice.Recipient)] });
        parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. notices.Select(notice => notice.NotBefore.UtcDateTime)] });
    }
}
