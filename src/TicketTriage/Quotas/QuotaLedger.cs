using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Storage;

namespace TicketTriage.Quotas;

/// <summary>
/// The quotas of all helpdesks in one table, so that all processes share them. While the database is away each process counts for itself,
/// and none gets far: without it no ticket is claimed and no change is made.
/// </summary>
public sealed partial class QuotaLedger(NpgsqlDataSource database, TimeProvider clock, ILogger<QuotaLedger> logger) : IQuotaLedger
{
    /// <summary>
    /// All or nothing, out of buckets that fill up as time goes by. The guarantee: however many take at once, no more goes out of a bucket
    /// than what was in it and what has flowed in since (<see cref="CallRate"/>), and nothing while it is closed. It holds because the rows
    /// are locked before they are read, in one order for everybody, and changed in the same statement.
    /// <para>
    /// A bucket's time is the latest that anybody has brought. A take that a crash loses costs a call too many, once; to wait for the disk
    /// would cost every ticket.
    /// </para>
    /// </summary>
    private const string TakeStatement =
        """
        with unhurried as (select set_config('synchronous_commit', 'off', true)),
        demanded as (select * from unnest($3::text[], $4::int[], $5::int[], $6::int[]) as d (kind, calls, back, held)),
        locked as (
            select q.kind, q.calls_left, q.most, q.per_second, q.counted_at, q.closed_until, d.calls, d.back, d.held,
                greatest(q.counted_at, coalesce($2, now())) as time
            from helpdesk_quotas q join demanded d on d.kind = q.kind
            where q.helpdesk = $1
            order by q.kind
            for update of q),
        filled as (
            select kind, calls, time, per_second,
                least(most, calls + $7 * most) as needed,
                least(most, back + greatest(
                    calls_left, least(most - held, calls_left + per_second * extract(epoch from time - counted_at)))) as calls_left,
                greatest(extract(epoch from closed_until - time)::double precision, 0) as closed_for
            from locked),
        verdict as (
            select max(greatest(closed_for, case when needed - calls_left > 1e-6 then (needed - calls_left) / per_second end)) as wait
            from filled
            having count(*) = cardinality($3))
        update helpdesk_quotas q
        set calls_left = f.calls_left - case when v.wait = 0 then f.calls else 0 end, counted_at = f.time
        from filled f, verdict v, unhurried
        where q.helpdesk = $1 and q.kind = f.kind
        returning q.kind, q.calls_per_minute, q.calls_left, f.closed_for, v.wait
        """;

    /// <summary>
    /// A limit replaces the last; what is left only falls, and a closing only grows longer. A bucket that is missing is made, full.
    /// </summary>
    private const string KeepStatement =
        """
        insert into helpdesk_quotas as q (helpdesk, kind, calls_per_minute, most, per_second, calls_left, counted_at, closed_until)
        values ($1, $3, $4, $5, $6, least($5, $7), coalesce($2, now()), coalesce($2, now()) + $8)
        on conflict (helpdesk, kind) do update
        set calls_per_minute = excluded.calls_per_minute, most = excluded.most, per_second = excluded.per_second,
            calls_left = least(excluded.most, $7, q.calls_left + q.per_second
                * extract(epoch from greatest(q.counted_at, excluded.counted_at) - q.counted_at)),
            counted_at = greatest(q.counted_at, excluded.counted_at),
            closed_until = greatest(q.closed_until, greatest(q.counted_at, excluded.counted_at) + $8)
        """;

    private readonly QuotaNotebook own = new(clock);

    public async Task<QuotaAnswer> TakeAsync(string helpdesk, QuotaDemand demand, CancellationToken cancellationToken)
    {
        try
        {
            if (await TryTakeAsync(helpdesk, demand, cancellationToken) is { } answer)
            {
                return answer;
            }

            foreach (var part in demand.Parts)
            {
                await SaveAsync(helpdesk, new QuotaNews(part.Kind, part.Limit), cancellationToken);
            }

            return await TryTakeAsync(helpdesk, demand, cancellationToken)
                ?? throw new InvalidOperationException($"The quotas of helpdesk {helpdesk} vanish as soon as they are written.");
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !cancellationToken.IsCancellationRequested)
        {
            CountedAlone(helpdesk, e.Message);
            return await own.TakeAsync(helpdesk, demand, cancellationToken);
        }
    }

    public async Task KeepAsync(string helpdesk, QuotaNews news, CancellationToken cancellationToken)
    {
        await own.KeepAsync(helpdesk, news, cancellationToken);
        try
        {
            await SaveAsync(helpdesk, news, cancellationToken);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !cancellationToken.IsCancellationRequested)
        {
            CountedAlone(helpdesk, e.Message);
        }
    }

    /// <returns><see langword="null"/> where one of the buckets isn't there.</returns>
    private async Task<QuotaAnswer?> TryTakeAsync(string helpdesk, QuotaDemand demand, CancellationToken cancellationToken)
    {
        var parts = demand.Parts;
        await using var command = database.CreateCommand(TakeStatement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Moment());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. parts.Select(part => QuotaWords.Word(part.Kind))] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. parts.Select(part => part.Calls)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. parts.Select(part => part.Back)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. parts.Select(part => part.Held)] });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = demand.Reserve });

        var levels = new List<QuotaLevel>(parts.Count);
        var wait = TimeSpan.Zero;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var word = reader.GetString(0);
            levels.Add(new QuotaLevel(
                parts.First(part => QuotaWords.Word(part.Kind) == word).Kind,
                Limit: reader.GetInt32(1),
                Left: reader.GetDouble(2),
                ClosedFor: RoundedUp(reader.GetDouble(3))));
            wait = RoundedUp(reader.GetDouble(4));
        }

        return levels.Count == parts.Count ? new QuotaAnswer(wait == TimeSpan.Zero, wait, levels) : null;
    }

    private async Task SaveAsync(string helpdesk, QuotaNews news, CancellationToken cancellationToken)
    {
        var rate = CallRate.Of(news.Limit);
        await using var command = database.CreateCommand(KeepStatement);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Moment());
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = QuotaWords.Word(news.Kind) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = news.Limit });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = rate.Most });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = rate.PerSecond });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)news.Left ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)news.ClosedFor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The database's own time, so that the clocks of several machines don't matter; another clock than the system's brings its own.
    private NpgsqlParameter Moment() => new()
    {
        Value = clock == TimeProvider.System ? DBNull.Value : clock.GetUtcNow(),
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    private static TimeSpan RoundedUp(double seconds) => TimeSpan.FromMilliseconds(Math.Ceiling(seconds * 1000));

    [LoggerMessage(LogLevel.Warning, "The database is away ({Message}): the calls to helpdesk {Helpdesk} are counted in this process alone.")]
    private partial void CountedAlone(string helpdesk, string message);
}
