using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Forgetting;
using TicketTriage.Storage;
using TicketTriage.Testing;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Triages;

[CancelAfter(120_000)]
public sealed class Keeping_decisions_by_month
{
    [Test]
    public async Task A_month_that_is_old_goes_as_a_whole_and_one_with_a_change_under_way_stays(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await MakeAsync(database, "2020-01", "2020-02", "2020-03");
        await DecideAsync(database, "2020-01-10", 1_500);
        await DecideAsync(database, "2020-02-10", 20);
        await DecideAsync(database, "2020-03-10", 30);
        await database.AskAsync<object>("update write_backs set state = 'sent' where number = '2020-02-10 7'");
        var sweep = new RetentionSweep(database.Pool, Options.Create(new RetentionOptions()), TimeProvider.System);

        var first = await sweep.RunAsync(cancellationToken);
        var second = await sweep.RunAsync(cancellationToken);
        var third = await sweep.RunAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first["triages"], second["triages"], third.ContainsKey("triages")), Is.EqualTo((1_500, 30, false)));
            Assert.That(
                await PartsAsync(database),
                Does.Contain("triages_2020_02").And.Not.Contain("triages_2020_01").And.Not.Contain("triages_2020_03"));
            foreach (var table in (string[])["triages", "write_backs", "decision_lines", "judgements", "note_feedback"])
            {
                Assert.That(await database.AskAsync<long>($"select count(*) from {table}"), Is.EqualTo(20), table);
            }
        }
    }

    [Test]
    public async Task A_month_of_which_a_day_is_still_kept_stays_whole(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await MakeAsync(database, "2020-01");
        await DecideAsync(database, "2020-01-10", 5);
        var kept = (int)Math.Ceiling((TimeProvider.System.GetUtcNow() - new DateTimeOffset(2020, 1, 31, 23, 0, 0, TimeSpan.Zero)).TotalDays);
        var sweep = new RetentionSweep(database.Pool, Options.Create(new RetentionOptions { Decisions = kept }), TimeProvider.System);

        var gone = await sweep.RunAsync(cancellationToken);

        Assert.That(gone, Is.Empty);
        Assert.That(await database.AskAsync<long>("select count(*) from triages_2020_01"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_decision_of_a_month_that_nobody_made_is_kept(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var atFirst = await DecisionMonths.CountAheadAsync(database.Pool, cancellationToken);
        await DropMonthsAsync(database);
        var without = await DecisionMonths.CountAheadAsync(database.Pool, cancellationToken);
        await database.AskAsync<object>(Decide("now()", "today", 3));

        var made = await new DecisionMonths(database.Pool).MakeAsync(cancellationToken);
        var again = await new DecisionMonths(database.Pool).MakeAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((atFirst, without), Is.EqualTo((3, 0)));
            // This month has decisions in the part for all others, where they stay.
            Assert.That((made, again), Is.EqualTo((3, 0)));
            Assert.That(await DecisionMonths.CountAheadAsync(database.Pool, cancellationToken), Is.EqualTo(3));
            Assert.That(await database.AskAsync<long>("select count(*) from triages_other"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Who_may_not_make_tables_still_gets_months(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await MakeAsync(database, "2020-01");
        await DecideAsync(database, "2020-01-10", 5);
        await DropMonthsAsync(database, except: "triages_2020_01");
        var role = $"service_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await database.AskAsync<object>($"create role {role}");
        try
        {
            await ApplicationRole.GrantAsync(database.Pool, role, cancellationToken);
            await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
            await using var service = new NpgsqlCommand(
                $"set role {role}; select make_decision_months(3) + drop_decision_months('2021-01-01Z', 1000) * 100", connection);

            var done = await service.ExecuteScalarAsync(cancellationToken);
            await using var insert = new NpgsqlCommand(Decide("now()", "today", 2) + "; reset role", connection);
            await insert.ExecuteNonQueryAsync(cancellationToken);

            Assert.That((done, await database.AskAsync<long>("select count(*) from triages")), Is.EqualTo(((object)504L, 2)));
        }
        finally
        {
            await database.AskAsync<object>($"drop owned by {role}; drop role {role}");
        }
    }

    private static async Task MakeAsync(TriageDatabase database, params string[] months)
    {
        foreach (var month in months)
        {
            await database.AskAsync<object>(
                $"create table triages_{month.Replace('-', '_')} partition of triages for values "
                + $"from (first_id_at('{month}-01Z')) to (first_id_at(timestamptz '{month}-01Z' + interval '1 month'))");
        }
    }

    private static async Task DropMonthsAsync(TriageDatabase database, string except = "")
    {
        foreach (var part in (await PartsAsync(database)).Split(' ').Where(part => part != "triages_other" && part != except))
        {
            await database.AskAsync<object>($"alter table triages detach partition {part}; drop table {part}");
        }
    }

    private static async Task<string> PartsAsync(TriageDatabase database) =>
        await database.AskAsync<string>("select string_agg(part, ' ') from decision_months()") ?? "";

    private static async Task DecideAsync(TriageDatabase database, string day, int count)
    {
        await database.AskAsync<object>(Decide($"timestamptz '{day}Z'", day, count));
        await database.AskAsync<object>(
            $"""
            insert into write_backs (triage_id, helpdesk, number, state, change)
            select id, helpdesk, number, 'applied', '{"{}"}' from triages on conflict do nothing;
            insert into note_feedback (triage, intent, is_useful, given_at) select id, 'i', true, now() from triages on conflict do nothing;
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            select gen_random_uuid(), id, helpdesk, number, 'intent', 'a', 'b', 1, 'correction', 'Ada', now() from triages
            where id not in (select triage_id from judgements);
            """);
    }

    private static string Decide(string at, string name, int count) =>
        $"""
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft,
                             versions)
        select (left(first_id_at({at} + n * interval '1 second')::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid, 'acme',
               '{name} ' || n, {at} + n * interval '1 second', 's', 'h', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}', '{"{}"}'
        from generate_series(1, {count}) n
        """;
}
