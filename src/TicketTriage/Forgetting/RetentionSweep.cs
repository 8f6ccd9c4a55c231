using Microsoft.Extensions.Options;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Forgetting;

/// <summary>Deletes what is older than it may be, a few rows in each transaction, so that nobody waits long for a lock.</summary>
public sealed class RetentionSweep(NpgsqlDataSource database, IOptions<RetentionOptions> options, TimeProvider clock)
{
    private const int Batch = 1_000;

    /// <returns>How many rows went of each table that had any.</returns>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(CancellationToken cancellationToken)
    {
        var gone = new Dictionary<string, long>();
        foreach (var table in KeptTables.All)
        {
            if (table is not { Days: { } days, Delete: { } delete })
            {
                continue;
            }

            var before = clock.GetUtcNow().AddDays(-days(options.Value));
            var rows = table.DeletePart is { } part ? await DeleteAsync(part, before, cancellationToken) : 0;
            rows += await DeleteAsync(delete, before, cancellationToken);
            if (rows > 0)
            {
                gone[table.Name] = rows;
            }
        }

        return gone;
    }

    private async Task<long> DeleteAsync(string statement, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var sum = 0L;
        long deleted;
        do
        {
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = 0;
            command.Parameters.Add(Moment(before));
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Batch });
            deleted = await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
            sum += deleted;
        }
        while (deleted >= Batch);

        return sum;
    }
}
