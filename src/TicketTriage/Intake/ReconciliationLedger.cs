using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Intake;

/// <summary>
/// Remembers how far a helpdesk's own record of changes was read, and raises what no webhook told of. Guarantee: the place is
/// moved on only after everything before it is stored; a crash between the two reads a page again, and a page read twice raises
/// nothing twice, because a find's key is its ticket and version.
/// </summary>
public sealed class ReconciliationLedger(NpgsqlDataSource database, IntakeLedger intake)
{
    /// <summary>Marks a delivery that no helpdesk sent.</summary>
    public const string EventType = "reconciliation";

    public async Task<ReconciliationPlace?> FindPlaceAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select cursor, read_until from reconciliations where helpdesk = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ReconciliationPlace(reader[0] as string, await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken))
            : null;
    }

    /// <summary>Raises those tickets whose version is not the one that was last decided, and that are not waiting already.</summary>
    /// <returns>How many were raised.</returns>
    public Task<int> RaiseMissedAsync(string helpdesk, IReadOnlyList<ChangedTicket> changed, CancellationToken cancellationToken) =>
        RaiseAsync(helpdesk, changed, evenParked: false, cancellationToken);

    /// <summary>
    /// Raises tickets that have ended and are watched as if they had not, by the same rule. One that is parked too: nobody has to look at it
    /// any more.
    /// </summary>
    /// <returns>How many were raised.</returns>
    public Task<int> RaiseEndedAsync(string helpdesk, IReadOnlyList<ChangedTicket> ended, CancellationToken cancellationToken) =>
        RaiseAsync(helpdesk, ended, evenParked: true, cancellationToken);

    public async Task KeepPlaceAsync(string helpdesk, ReconciliationPlace place, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into reconciliations (helpdesk, cursor, read_until) values ($1, $2, $3)
            on conflict (helpdesk) do update set cursor = excluded.cursor, read_until = excluded.read_until, changed_at = now()
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)place.Cursor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = place.ReadUntil });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> RaiseAsync(
        string helpdesk, IReadOnlyList<ChangedTicket> changed, bool evenParked, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select c.number, c.stamp
            from unnest($2, $3) as c (number, stamp)
            left join tickets t on t.helpdesk = $1 and t.number = c.number
            where t.number is null or (t.stamp is distinct from c.stamp and t.next_at is null and ($4 or t.outcome <> 'parked'))
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Column([.. changed.Select(ticket => ticket.Number)]));
        command.Parameters.Add(Column([.. changed.Select(ticket => ticket.Stamp)]));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = evenParked });

        var missed = new List<AcceptedDelivery>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var (number, stamp) = (reader.GetString(0), reader.GetString(1));
                var find = new IncomingDelivery($"{EventType}:{number}:{stamp}", number, EventType, ActorId: null);
                missed.Add(new AcceptedDelivery(helpdesk, find, IsOwn: false));
            }
        }

        return missed.Count == 0 ? 0 : await intake.StoreAsync(missed, cancellationToken);
    }

    private static NpgsqlParameter<string[]> Column(string[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>How far a helpdesk's changes are known.</summary>
/// <param name="Cursor">The helpdesk's own mark.</param>
/// <param name="ReadUntil">When that was.</param>
public sealed record ReconciliationPlace(string? Cursor, DateTimeOffset ReadUntil);
