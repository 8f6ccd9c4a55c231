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
            if (table is { Days: { } days, Delete: { } delete }
                && await DeleteAsync(delete, clock.GetUtcNow().AddDays(-days(options.Value)), cancellationToken) is var rows and > 0)
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
            command.Parameters.Add(Moment(before));
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Batch });
            deleted = await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
            sum += deleted;
        }
        while (deleted >= Batch);

        return sum;
    }
}
