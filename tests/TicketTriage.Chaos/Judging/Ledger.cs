using Npgsql;
using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Judging;

/// <summary>What the product's own tables say of themselves; held against the helpdesk's journal.</summary>
internal sealed class Ledger(SiteDatabase database)
{
    /// <summary>Tickets that are due, worked on or to be tried again.</summary>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async Task<LedgerProgress> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select count(next_at), count(*) filter (where next_at <= now() or lease_until is not null), coalesce(sum(done), 0)::bigint, coalesce(sum(fence), 0)::bigint, coalesce(sum(wanted), 0)::bigint,
                (select count(*) from write_backs where state = 'applied')
            from tickets
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LedgerProgress(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    /// <summary>Tickets that a worker has had in hand when this was asked.</summary>
    public async Task<IReadOnlyList<long>> ListHeldAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select number::bigint from tickets where lease_until is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add(reader.GetInt64(0));
        }

        return held;
    }

    /// <summary>Tickets whose last worker ended without a word, until another has finished them.</summary>
    public async Task<long> CountSuspectsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select count(*) from tickets where next_at is not null and (attempts > 1 or lease_until <= now())");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public async Task<LedgerTotals> AddUpAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select (select count(*) from deliveries where event_type <> 'reconciliation'),
                   (select count(*) from deliveries where event_type = 'reconciliation'),
                   count(*) filter (where outcome = 'written' and next_at is null),
                   count(*) filter (where outcome = 'skipped' and next_at is null),
                   count(*) filter (where outcome = 'parked' and next_at is null),
                   count(next_at)
            from tickets
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LedgerTotals(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    public async Task<IReadOnlyList<long>> ListParkedAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select number::bigint from tickets where outcome = 'parked' and next_at is null order by 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var parked = new List<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parked.Add(reader.GetInt64(0));
        }

        return parked;
    }

    public async Task<IReadOnlySet<Guid>> ListMessagesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select distinct message_id from notices where channel = 'note' and message_id is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(reader.GetGuid(0));
        }

        return messages;
    }

    /// <summary>All decisions whose change was sent, with the customers' marks that they had read.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ListEntriesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select w.triage_id, w.number::bigint, w.state,
                (select coalesce(string_agg(m[1], ' '), '')
                 from regexp_matches(t.conversation::text, '({CustomerTicket.MarkBegin}[a-z]+)', 'g') m)
            from write_backs w join triages t on t.id = w.triage_id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LedgerEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new LedgerEntry(
                reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2),
                reader.GetString(3).Split(' ').ToHashSet(StringComparer.Ordinal)));
        }

        return entries;
    }

    /// <returns>How many times larger each table, with all its months, is than a fresh copy of its rows.</returns>
    public async Task<IReadOnlyList<(string Table, double Times)>> ListTableSizesAsync(CancellationToken cancellationToken)
    {
        var sizes = new List<(string, double)>();
        foreach (var table in (string[])["deliveries", "tickets", "triages", "write_backs", "decision_lines", "watched_tickets", "audit_entries"])
        {
            await using var command = database.CreateCommand(
                $"""
                create table chaos.{table}_copy (like public.{table});
                insert into chaos.{table}_copy select * from public.{table};
                select sum(pg_table_size(part))::float8 / greatest(pg_table_size('chaos.{table}_copy'), 1)
                from (select 'public.{table}'::regclass part
                      union all select inhrelid from pg_inherits where inhparent = 'public.{table}'::regclass) parts;
                """);
            sizes.Add((table, (double)(await command.ExecuteScalarAsync(cancellationToken) ?? 0)));
        }

        return sizes;
    }

    /// <summary>Spoils the run on purpose: calls one applied change a superseded one.</summary>
    public async Task MisfileOneAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update write_backs set state = 'superseded'
            where triage_id = (select triage_id from write_backs where state = 'applied' order by triage_id limit 1)
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Where the queue stands, coarsely; two equal ones mean that nothing has moved.</summary>
/// <param name="Open">Tickets that are not at rest.</param>
/// <param name="Busy">Those of them whose time has come, or that a worker has in hand.</param>
internal sealed record LedgerProgress(long Open, long Busy, long Done, long Fences, long Wanted, long Applied);

/// <param name="Deliveries">Accepted webhooks, each once.</param>
/// <param name="Found">What the reconciliation has found without a webhook.</param>
/// <param name="Open">Tickets that are not at rest.</param>
internal sealed record LedgerTotals(long Deliveries, long Found, long Written, long Skipped, long Parked, long Open)
{
    public long Tickets => Written + Skipped + Parked + Open;
}

/// <param name="State">sent, applied, superseded or refused.</param>
/// <param name="Marks">The marks in the conversation that was decided on.</param>
internal sealed record LedgerEntry(Guid Triage, long Ticket, string State, IReadOnlySet<string> Marks);
