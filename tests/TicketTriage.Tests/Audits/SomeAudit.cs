using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Audits;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Audits;

/// <summary>An audit of two helpdesks and the service, sealed, in a database of its own.</summary>
internal sealed class SomeAudit : IAsyncDisposable
{
    private SomeAudit(TriageDatabase database)
    {
        Database = database;
        Seal = new AuditSeal(database.Pool);
        Check = new AuditCheck(database.Pool, Seal);
        Ledger = new AuditLedger(database.Pool);
    }

    public TriageDatabase Database { get; }

    public AuditSeal Seal { get; }

    public AuditCheck Check { get; }

    public AuditLedger Ledger { get; }

    /// <param name="entries">How many each chain gets.</param>
    public static async Task<SomeAudit> OpenAsync(int entries, CancellationToken cancellationToken)
    {
        var audit = new SomeAudit(await TriageDatabase.CreateAsync());
        await using var write = audit.Database.Pool.CreateCommand(
            """
            insert into audit_entries (helpdesk, at, action, person, subject, details)
            select h, now() + n * interval '1 second', 'decision.corrected', audit_person(case n % 3 when 1 then 'Ada' when 2 then 'Grace' end),
                   'ticket ' || n, json_build_object('field', 'intent', 'said', n)::text
            from generate_series(1, $1) n, unnest(array['', 'acme', 'globex']) h
            """);
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = entries });
        await write.ExecuteNonQueryAsync(cancellationToken);
        await audit.Seal.RunAsync(everything: false, cancellationToken);
        return audit;
    }

    public async Task<IReadOnlyList<ExportedHead>> HeadsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Database.Pool.OpenConnectionAsync(cancellationToken);
        var heads = await AuditSeal.ReadHeadsAsync(connection, cancellationToken);
        return [.. heads.Select(head => new ExportedHead(DateTimeOffset.UnixEpoch, head.Helpdesk, head.Position, head.Hash))];
    }

    public AuditHeads HeadsIn(string directory, TimeProvider clock) =>
        new(directory, Database.Pool, Seal, clock, NullLogger<AuditHeads>.Instance);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
