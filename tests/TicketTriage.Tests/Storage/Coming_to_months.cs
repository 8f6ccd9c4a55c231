using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Storage;

/// <summary>A database with decisions of before is brought to months while somebody goes on deciding.</summary>
[CancelAfter(120_000)]
public sealed class Coming_to_months
{
    private const string NewId = "(left(first_id_at(now())::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid";
    private const string OldId = "(lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || '7' || right(md5(random()::text), 19))::uuid";

    [TestCase(OldId, "triages_before")]
    [TestCase("gen_random_uuid()", "triages_other")]
    public async Task Nothing_is_lost_and_nobody_fails(string id, string part, CancellationToken cancellationToken)
    {
        await using var database = await PostgresForTests.CreateDatabaseAsync();
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await MigrateAsync(pool, "20261122000030_DailySums", cancellationToken);
        await RunAsync(pool, Decide(id, "n::text", 2_000), cancellationToken);
        using var upgraded = new CancellationTokenSource();
        var deciding = DecideUntilAsync(pool, Decide(OldId, "'later'", 1), upgraded.Token);

        await MigrateAsync(pool, target: null, cancellationToken);
        await upgraded.CancelAsync();
        var meanwhile = await deciding;
        await RunAsync(pool, Decide(NewId, "'after'", 1), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile, Is.GreaterThan(0));
            foreach (var table in (string[])["triages", "write_backs", "decision_lines"])
            {
                Assert.That(await AskAsync<long>(pool, $"select count(*) from {table}"), Is.EqualTo(2_001 + meanwhile), table);
            }

            Assert.That(
                await AskAsync<long>(pool, "select count(*) from audit_entries where action = 'triage.decided'"),
                Is.EqualTo(2_001 + meanwhile));
            Assert.That(await AskAsync<long>(pool, $"select count(*) from {part}"), Is.GreaterThan(1_900));
            Assert.That(
                await AskAsync<long>(
                    pool, "select count(*) from pg_constraint where confrelid = 'triages'::regclass and conparentid = 0 and convalidated"),
                Is.EqualTo(3));
            Assert.That(
                () => RunAsync(pool, "delete from triages where number = 'after'", cancellationToken),
                Throws.TypeOf<PostgresException>().With.Property(nameof(PostgresException.SqlState))
                    .EqualTo(PostgresErrorCodes.ForeignKeyViolation));
        }
    }

    [Test]
    public async Task What_was_cut_off_after_the_switch_is_run_again(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """delete from "__EFMigrationsHistory" where "MigrationId" like '%BeforeMonths' or "MigrationId" like '%DecisionsByMonth'""");

        await MigrateAsync(database.Pool, target: null, cancellationToken);

        Assert.That(
            await database.AskAsync<long>("""select count(*) from "__EFMigrationsHistory" where "MigrationId" like '%Month%'"""), Is.EqualTo(2));
    }

    private static string Decide(string id, string number, int count) =>
        $$"""
        with decided as (
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft,
                                 versions)
            select {{id}}, 'acme', {{number}}, now(), 's', 'h', '{}', '{}', '{}', '{}', '{}', '{}'
            from generate_series(1, {{count}}) n returning id, helpdesk, number)
        insert into write_backs (triage_id, helpdesk, number, state, change) select id, helpdesk, number, 'applied', '{}' from decided
        """;

    private static async Task<int> DecideUntilAsync(NpgsqlDataSource pool, string statement, CancellationToken upgraded)
    {
        var decided = 0;
        while (!upgraded.IsCancellationRequested)
        {
            await RunAsync(pool, statement, CancellationToken.None);
            decided++;
        }

        return decided;
    }

    private static async Task MigrateAsync(NpgsqlDataSource pool, string? target, CancellationToken cancellationToken)
    {
        await using var db = new TriageDbContext(new DbContextOptionsBuilder<TriageDbContext>()
            .UseNpgsql(pool)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);
        await db.Database.MigrateAsync(target, cancellationToken);
    }

    private static async Task RunAsync(NpgsqlDataSource pool, string sql, CancellationToken cancellationToken)
    {
        await using var command = pool.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T?> AskAsync<T>(NpgsqlDataSource pool, string sql)
    {
        await using var command = pool.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }
}
