using Npgsql;
using TicketTriage.Audits;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Tickets;

/// <summary>
/// The tickets that wait for a person, and the way back. Guarantee: a replay is one conditional update from
/// <see cref="TicketState.Parked"/>, so that asking twice, or from two places at once, brings a ticket back once.
/// </summary>
public sealed class ParkedTickets(NpgsqlDataSource database)
{
    /// <summary>
    /// How many of a helpdesk's tickets are brought back within a minute where many are asked for. Zendesk takes a hundred changes, and
    /// new tickets need some of them.
    /// </summary>
    public const int ReplaysPerMinute = 60;

    private const string Again =
        "tries = 0, attempts = 0, failures = 0, failing_since = null, awaits_helpdesk = false, changed_at = now()";

    private static readonly string ReplayStatement =
        $"""
        update tickets set next_at = now(), reason = $3, {Again}
        where helpdesk = $1 and number = $2 and {TicketTransition.Replay.Condition} and {AuditLedger.By("$4")}
        """;

    // What an earlier replay has still to bring back comes first: it alone takes the helpdesk's whole share until then.
    private static readonly string ReplayAllStatement =
        $"""
        with promised as (
            select helpdesk, max(next_at) + $2 as over from tickets
            where state = 'received' and outcome = 'parked' and failures = 0 and next_at > now()
            group by helpdesk
        ), parked as (
            select helpdesk, number, changed_at from tickets
            where {TicketTransition.Replay.Condition} and ($1::text is null or helpdesk = $1)
            for update skip locked
        ), placed as (
            select helpdesk, number, row_number() over (partition by helpdesk order by changed_at, number) - 1 as place from parked
        )
        update tickets t set next_at = coalesce(promised.over, now()) + placed.place * $2, reason = $3, {Again}
        from placed left join promised using (helpdesk)
        where t.helpdesk = placed.helpdesk and t.number = placed.number and {AuditLedger.By("$4")}
        returning t.next_at - now()
        """;

    private static readonly string ListStatement =
        $"""
        select t.helpdesk, t.number, t.changed_at, t.tries, t.reason, last.intent, last.priority, count(*) over ()
        from tickets t
        left join lateral (
            select understanding -> 'intent' ->> 'value' as intent, priority ->> 'value' as priority
            from triages d where d.helpdesk = t.helpdesk and d.number = t.number
            order by decided_at desc limit 1) last on true
        where t.{TicketTransition.Replay.Condition} and ($1::text is null or t.helpdesk = $1)
        order by t.changed_at desc, t.number
        limit $2
        """;

    /// <summary>Those that were parked last.</summary>
    /// <param name="helpdesk">Only this one's; <see langword="null"/> for all.</param>
    public async Task<ParkedList> ListAsync(string? helpdesk, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ListStatement);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var (tickets, total) = (new List<ParkedTicket>(), 0L);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt64(7);
            tickets.Add(new ParkedTicket(
                new TicketId(reader.GetString(0), reader.GetString(1)),
                await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                reader.GetInt32(3),
                reader[4] as string ?? "")
            {
                Intent = reader[5] as string,
                Priority = reader[6] as string,
            });
        }

        return new ParkedList(tickets, total);
    }

    /// <summary>Brings a ticket back at once, with all its attempts again.</summary>
    /// <param name="by">Who asked, for the record.</param>
    /// <returns>False where it is not parked (any more).</returns>
    public async Task<bool> ReplayAsync(TicketId ticket, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReplayStatement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        command.Parameters.Add(Text(Reason(by)));
        command.Parameters.Add(Text(by));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Brings all back, the longest parked first, <see cref="ReplaysPerMinute"/> of each helpdesk within a minute, after those of an earlier call.</summary>
    /// <param name="helpdesk">Only this one's; <see langword="null"/> for all.</param>
    /// <returns>How many, and when the last of them is due.</returns>
    public async Task<(int Count, TimeSpan Last)> ReplayAllAsync(string? helpdesk, string by, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMinutes(1) / ReplaysPerMinute;
        await using var command = database.CreateCommand(ReplayAllStatement);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
        command.Parameters.Add(Text(Reason(by)));
        command.Parameters.Add(Text(by));
        var (count, last) = (0, TimeSpan.Zero);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            count++;
            var due = reader.GetTimeSpan(0);
            last = due > last ? due : last;
        }

        return (count, last);
    }

    /// <summary>What changes with whatever <see cref="ListAsync"/> shows.</summary>
    public async Task<string> MarkAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select concat(count(*), ' ', sum(extract(epoch from changed_at)))
            from (select changed_at from tickets where {TicketTransition.Replay.Condition} order by changed_at desc limit $1) parked
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }

    private static string Reason(string by) => $"Replayed by {by}.";
}

/// <summary>What waits for a person.</summary>
/// <param name="Tickets">The latest of them.</param>
/// <param name="Total">How many there are.</param>
public sealed record ParkedList(IReadOnlyList<ParkedTicket> Tickets, long Total);

/// <summary>A parked ticket, as those see it who run the service: nothing in it was written by a customer.</summary>
/// <param name="Since">When it was parked.</param>
/// <param name="Tries">How often it was tried since it was last decided.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record ParkedTicket(TicketId Id, DateTimeOffset Since, int Tries, string Reason)
{
    /// <summary>What it was about when it was last decided; <see langword="null"/> where it never was.</summary>
    public string? Intent { get; init; }

    public string? Priority { get; init; }
}
