using System.Globalization;
using Npgsql;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>
/// Tickets as people look through them: the latest first, by filters and words. Pages are found by the key of the last row and never
/// counted, so that the last page costs what the first does.
/// </summary>
public sealed class TicketList(NpgsqlDataSource database)
{
    /// <summary>So many of each kind are looked at for a mark: more change within two seconds only where the others do too.</summary>
    private const int MostInMark = 1_000;

    private const string Columns =
        """
        t.helpdesk, t.number, t.first_seen_at, t.state, t.reason,
        coalesce(l.intent, ''), coalesce(l.priority, ''), coalesce(l.group_name, ''), coalesce(l.language, ''),
        coalesce(l.confidence, 0), coalesce(l.subject, ''), l.decided_at, coalesce(l.is_held, false)
        """;

    /// <param name="most">One more is asked for, to know whether there is another page.</param>
    public async Task<TicketListPage> ListAsync(TicketFilter filter, int most, CancellationToken cancellationToken)
    {
        var decided = filter.Intent is not null || filter.Priority is not null || filter.Group is not null || filter.Language is not null
            || filter.Product is not null || filter.Words is not null || filter.IsForPerson;

        // Rare values are found by the index of their own and sorted; what everything has, by the order of time.
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from tickets t
            {(decided ? "join" : "left join")} decision_lines l on l.helpdesk = t.helpdesk and l.number = t.number and l.is_last
            where ($1::text is null or t.helpdesk = $1) and ($2::text is null or t.state = $2)
              and ($3::text is null or l.intent = $3) and ($4::text is null or l.priority = $4)
              and ($5::text is null or l.group_name = $5) and ($6::text is null or l.language = $6)
              and ($7::text is null or l.words @@ websearch_to_tsquery('simple', $7))
              and ($8::text is null or t.number = $8)
              and ($9::timestamptz is null or (t.first_seen_at, t.helpdesk, t.number) < ($9, $10, $11))
              and ($13::text is null or l.product = $13)
              and (not $16::boolean or l.is_held or l.intent = 'unclear')
              and ($14::timestamptz is null or t.first_seen_at >= $14) and ($15::timestamptz is null or t.first_seen_at < $15)
            order by t.first_seen_at desc, t.helpdesk desc, t.number desc
            limit $12
            """);
        foreach (var text in (string?[])[
            filter.Helpdesk, filter.State, filter.Intent, filter.Priority, filter.Group, filter.Language, filter.Words, filter.Number])
        {
            command.Parameters.Add(Text(text));
        }

        command.Parameters.Add(Moment(filter.Before?.FirstSeenAt));
        command.Parameters.Add(Text(filter.Before?.Helpdesk));
        command.Parameters.Add(Text(filter.Before?.Number));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most + 1 });
        command.Parameters.Add(Text(filter.Product));
        command.Parameters.Add(Moment(BeginningOf(filter.From)));
        command.Parameters.Add(Moment(BeginningOf(filter.To?.AddDays(1))));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = filter.IsForPerson });
        var lines = new List<TicketLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new TicketLine
            {
                Helpdesk = reader.GetString(0),
                Number = reader.GetString(1),
                FirstSeenAt = await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                State = reader[3] as string ?? "received",
                Reason = reader[4] as string,
                Intent = reader.GetString(5),
                Priority = reader.GetString(6),
                Group = reader.GetString(7),
                Language = reader.GetString(8),
                Confidence = reader.GetFloat(9),
                Subject = reader.GetString(10),
                DecidedAt = await reader.IsDBNullAsync(11, cancellationToken)
                    ? null
                    : await reader.GetFieldValueAsync<DateTimeOffset>(11, cancellationToken),
                IsHeld = reader.GetBoolean(12),
            });
        }

        var more = lines.Count > most;
        return new TicketListPage(more ? lines[..most] : lines, more ? TicketKey.Of(lines[most - 1]) : null);
    }

    private static DateTimeOffset? BeginningOf(DateOnly? day) => day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    /// <summary>
    /// What changes whenever a ticket came in, was decided, written, skipped, parked, replayed or corrected, and when an escalation began,
    /// was taken or ended: to tell pages that there is something to see. It is asked for every other second, so that each part reads a
    /// stretch of an index. Nothing finds tickets by their last change; whoever is through, or begins again, leaves or joins those that
    /// are due.
    /// </summary>
    public async Task<string> MarkAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select concat(
                (select extract(epoch from first_seen_at) from tickets order by first_seen_at desc limit 1), '/',
                (select extract(epoch from decided_at) from decision_lines order by decided_at desc limit 1), '/',
                (select concat(count(*), ' ', extract(epoch from max(opened_at))) from escalations where state = 'open'), '/',
                (select concat(count(*), ' ', sum(extract(epoch from next_at)))
                 from (select next_at from tickets where next_at is not null order by next_at limit $1) due), '/',
                (select concat(count(*), ' ', sum(extract(epoch from changed_at)))
                 from (select changed_at from tickets where state = 'parked' order by changed_at desc limit $1) parked), '/',
                (select concat(count(*), ' ', sum(extract(epoch from first_seen_at)))
                 from (select first_seen_at from tickets where state = 'skipped' order by first_seen_at desc limit $1) skipped), '/',
                (select extract(epoch from at) from judgements order by at desc limit 1), '/',
                (select concat_ws(' ', count(acknowledged_at), count(ended_at), extract(epoch from max(greatest(acknowledged_at, ended_at))))
                 from (select acknowledged_at, ended_at from escalations order by opened_at desc limit $1) latest))
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostInMark });
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }

    /// <summary>The same of one ticket: it changes with whatever its page shows.</summary>
    public async Task<string> MarkAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select concat_ws('/',
                (select concat_ws(' ', state, wanted, done, extract(epoch from changed_at), extract(epoch from next_at)) from tickets
                 where helpdesk = $1 and number = $2),
                (select triage_id from decision_lines where helpdesk = $1 and number = $2 and is_last limit 1),
                (select string_agg(state, ' ' order by sent_at) from write_backs where helpdesk = $1 and number = $2),
                (select concat_ws(' ', count(*), count(acknowledged_at), count(ended_at)) from escalations
                 where helpdesk = $1 and number = $2),
                (select count(*) from agent_choices where helpdesk = $1 and number = $2),
                (select count(*) from judgements where triage_id in (select id from triages where helpdesk = $1 and number = $2)))
            """);
        command.Parameters.Add(Text(ticket.Helpdesk));
        command.Parameters.Add(Text(ticket.Number));
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }
}

/// <summary>What to look for; what is <see langword="null"/> is not looked at.</summary>
public sealed record TicketFilter
{
    public string? Helpdesk { get; init; }

    /// <summary>As the column <c>state</c> has it.</summary>
    public string? State { get; init; }

    public string? Intent { get; init; }

    public string? Priority { get; init; }

    public string? Group { get; init; }

    public string? Language { get; init; }

    public string? Product { get; init; }

    /// <summary>Only what was decided as unclear, or is held by a rule.</summary>
    public bool IsForPerson { get; init; }

    /// <summary>The first day, by UTC, on which it may have come in.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last one; before the last there is.</summary>
    public DateOnly? To { get; init => field = value == DateOnly.MaxValue ? null : value; }

    /// <summary>Words of the redacted subject or of the summary.</summary>
    public string? Words { get; init; }

    /// <summary>The whole number.</summary>
    public string? Number { get; init; }

    /// <summary>The last row of the page before.</summary>
    public TicketKey? Before { get; init; }
}

/// <summary>A ticket in the list. What was not decided yet is empty.</summary>
public sealed record TicketLine
{
    public required string Helpdesk { get; init; }

    public required string Number { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public string Intent { get; init; } = "";

    public string Priority { get; init; } = "";

    public string Group { get; init; } = "";

    public string Language { get; init; } = "";

    public double Confidence { get; init; }

    /// <summary>Redacted.</summary>
    public string Subject { get; init; } = "";

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>By a rule, for a person to look at.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>A page of the list.</summary>
/// <param name="Next">The key that the next page comes after; <see langword="null"/> on the last.</param>
public sealed record TicketListPage(IReadOnlyList<TicketLine> Lines, TicketKey? Next);

/// <summary>A row's place in the order of the list.</summary>
public sealed record TicketKey(DateTimeOffset FirstSeenAt, string Helpdesk, string Number)
{
    public static TicketKey Of(TicketLine line) => new(line.FirstSeenAt, line.Helpdesk, line.Number);

    /// <returns><see langword="null"/> for what <see cref="ToString"/> has not made.</returns>
    public static TicketKey? Find(string? text)
    {
        var parts = text?.Split('~');
        return parts is [var ticks, var helpdesk, var number] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at)
            && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks
                ? new TicketKey(new DateTimeOffset(at, TimeSpan.Zero), helpdesk, number)
                : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FirstSeenAt.UtcTicks}~{Helpdesk}~{Number}");
}
