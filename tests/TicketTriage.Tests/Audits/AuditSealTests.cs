using Npgsql;

namespace TicketTriage.Tests.Audits;

[CancelAfter(120_000)]
public sealed class AuditSealTests
{
    [Test]
    public async Task Writers_and_sealers_at_once_make_one_unbroken_chain(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(0, cancellationToken);
        using var written = new CancellationTokenSource();
        var sealers = Enumerable.Range(0, 4).Select(_ => SealUntilAsync(audit, written.Token, cancellationToken)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => WriteAsync(audit, writer, 100, cancellationToken)));
        await written.CancelAsync();
        await Task.WhenAll(sealers);
        var report = await audit.Check.RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Faults, Is.Empty);
            Assert.That(report, Is.EqualTo(report with { Chains = 2, Entries = 800 }));
            Assert.That(
                await audit.Database.AskAsync<string>(
                    "select string_agg(concat(helpdesk, ' ', last, ' ', links), ', ') from (select helpdesk, max(position) last, count(*) links from audit_links group by 1 order by 1) c"),
                Is.EqualTo("acme 400 400, globex 400 400"));
        }
    }

    [Test]
    public async Task An_entry_whose_transaction_ended_late_is_linked_by_the_next_seal(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(0, cancellationToken);
        await using var slow = await audit.Database.Pool.OpenConnectionAsync(cancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(cancellationToken);
        await using var write = new NpgsqlCommand(
            "insert into audit_entries (helpdesk, action, subject) values ('acme', 'late', 'ticket 1')", slow);
        await write.ExecuteNonQueryAsync(cancellationToken);
        await audit.Ledger.AddAsync("acme", "early", null, "ticket 2", "{}", cancellationToken);

        var before = await audit.Seal.RunAsync(everything: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var after = await audit.Seal.RunAsync(everything: false, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, after), Is.EqualTo((1, 1)));
            Assert.That(
                await audit.Database.AskAsync<string>(
                    "select string_agg(action, ', ' order by position) from audit_links l join audit_entries e on e.id = l.entry"),
                Is.EqualTo("early, late"));
            Assert.That((await audit.Check.RunAsync(null, [], cancellationToken)).Faults, Is.Empty);
        }
    }

    [TestCase("update audit_entries set subject = 'ticket 2'")]
    [TestCase("delete from audit_entries")]
    [TestCase("truncate audit_entries")]
    [TestCase("update audit_links set position = position + 100")]
    [TestCase("delete from audit_links")]
    [TestCase("truncate audit_links")]
    public async Task What_stands_there_stays_even_for_the_tables_owner(string attempt, CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(2, cancellationToken);
        await using var command = audit.Database.Pool.CreateCommand(attempt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await command.ExecuteNonQueryAsync(cancellationToken),
                Throws.InstanceOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo("42501"));
            Assert.That((await audit.Check.RunAsync(null, [], cancellationToken)).Faults, Is.Empty);
        }
    }

    [Test]
    public async Task Heads_are_written_down_and_read_again(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(3, cancellationToken);
        var directory = Directory.CreateTempSubdirectory("tickettriage-heads-");
        var heads = audit.HeadsIn(Path.Combine(directory.FullName, "audit-heads"), TimeProvider.System);

        var before = await heads.ReadAsync(cancellationToken);
        await audit.Ledger.AddAsync("acme", "late", null, "ticket 9", "{}", cancellationToken);
        await heads.ExportAsync(cancellationToken);
        await heads.ExportAsync(cancellationToken);
        var after = await heads.ReadAsync(cancellationToken);
        directory.Delete(recursive: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(after.Select(head => $"{head.Helpdesk} {head.Position}"), Is.EqualTo((string[])[" 3", "acme 4", "globex 3", " 3", "acme 4", "globex 3"]));
            Assert.That((await audit.Check.RunAsync(null, after, cancellationToken)).Faults, Is.Empty);
        }
    }

    private static async Task WriteAsync(SomeAudit audit, int writer, int most, CancellationToken cancellationToken)
    {
        for (var n = 0; n < most; n++)
        {
            await audit.Ledger.AddAsync(
                writer % 2 == 0 ? "acme" : "globex", "written", $"writer {writer}", $"ticket {n}", "{}", cancellationToken);
        }
    }

    private static async Task SealUntilAsync(SomeAudit audit, CancellationToken written, CancellationToken cancellationToken)
    {
        while (!written.IsCancellationRequested)
        {
            await audit.Seal.RunAsync(everything: false, cancellationToken);
        }
    }
}
