using Npgsql;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>Counts finished tickets where it disturbs least: in the database, by a few short questions a second.</summary>
internal sealed class TriageCount(string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken)).Finished;

    /// <summary>Returns when so many are finished and nothing has moved for a quarter of a second.</summary>
    /// <exception cref="InvalidOperationException">It takes far too long, or a ticket was parked.</exception>
    public async Task WaitForAsync(long finished, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var last = await LookAsync(cancellationToken);
        var lastChange = began;
        while (last.Finished < finished || last.Open > 0 || TimeProvider.System.GetElapsedTime(lastChange) < Quiet)
        {
            if (last.Parked > 0 || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"Tickets are not finished as expected: {last}, wanted {finished}.");
            }

            await Task.Delay(last.Finished + 100 < finished ? 10 * LookEvery : LookEvery, TimeProvider.System, cancellationToken);
            var now = await LookAsync(cancellationToken);
            lastChange = now == last ? lastChange : TimeProvider.System.GetTimestamp();
            last = now;
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<Standing> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select count(*) filter (where outcome = 'written'), count(*) filter (where outcome = 'parked'), count(next_at),
                coalesce(sum(wanted), 0)::bigint
            from tickets
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Standing(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    private sealed record Standing(long Finished, long Parked, long Open, long Wanted);
}
