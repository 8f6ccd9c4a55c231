using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Audits;
using TicketTriage.Forgetting;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Forgetting;

[CancelAfter(120_000)]
public sealed class Deleting_what_is_old
{
    [Test]
    public async Task Every_table_is_deleted_from_by_age_or_has_a_reason_not_to_be(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var command = database.Pool.CreateCommand(
            """
            select table_name::text from information_schema.tables
            where table_schema = 'public' and not (select relispartition from pg_class where oid = format('%I.%I', table_schema, table_name)::regclass)
            """);
        var tables = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(KeptTables.All.Select(table => table.Name), Is.EquivalentTo(tables));
            Assert.That(KeptTables.All.Where(table => (table.Why is null) == (table.Delete is null)), Is.Empty);
        }
    }

    [Test]
    public async Task Deletes_to_the_day_and_leaves_what_waits_for_somebody(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, cancellationToken);

        var gone = await SweepOf(database).RunAsync(cancellationToken);
        var again = await SweepOf(database).RunAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EquivalentTo(new Dictionary<string, long>
            {
                ["deliveries"] = 1_500, ["triages"] = 1, ["escalations"] = 2, ["messages"] = 1, ["tickets"] = 1, ["past_tickets"] = 1,
                ["policy_drafts"] = 1, ["agents"] = 1,
            }));
            Assert.That(again, Is.Empty);
            Assert.That(await LeftAsync(database, "select string_agg(distinct number, ' ' order by number) from deliveries"), Is.EqualTo("parked young"));
            Assert.That(await LeftAsync(database, "select string_agg(number, ' ' order by number) from triages"), Is.EqualTo("sending young"));
            Assert.That(await LeftAsync(database, "select string_agg(number, ' ' order by number) from decision_lines"), Is.EqualTo("sending young"));
            Assert.That(await LeftAsync(database, "select string_agg(number, ' ' order by number) from write_backs"), Is.EqualTo("sending young"));
            Assert.That(await LeftAsync(database, "select count(*)::text from judgements"), Is.EqualTo("2"));
            Assert.That(await LeftAsync(database, "select count(*)::text from note_feedback"), Is.EqualTo("2"));
            Assert.That(await LeftAsync(database, "select string_agg(number, ' ' order by number) from tickets"), Is.EqualTo("parked sending young"));
            Assert.That(await LeftAsync(database, "select string_agg(number || level, ' ' order by number, level) from escalations"), Is.EqualTo("open1 young1 young2"));
            Assert.That(await LeftAsync(database, "select string_agg(number, ' ') from past_tickets"), Is.EqualTo("young"));
            Assert.That(await LeftAsync(database, "select string_agg(author, ' ') from policy_drafts"), Is.EqualTo("young"));
            Assert.That(await LeftAsync(database, "select string_agg(id, ' ' order by id) from agents"), Is.EqualTo("active young"));
        }
    }

    [Test]
    public async Task The_oldest_lines_of_the_audit_go_and_the_rest_still_holds(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var seal = new AuditSeal(database.Pool);
        var check = new AuditCheck(database.Pool, seal);
        await database.AskAsync<long>(
            """
            with old as (
                insert into audit_entries (helpdesk, at, action, subject)
                select h, now() - (1100 - n * 10) * interval '1 day', 'written', 'ticket ' || n from generate_series(0, 100) n, unnest(array['acme', '']) h
                returning 1)
            select count(*) from old
            """);
        await seal.RunAsync(everything: true, cancellationToken);

        var gone = await SweepOf(database).RunAsync(cancellationToken);
        var whole = await check.RunAsync(null, [], cancellationToken);
        await using var owner = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var cut = new NpgsqlCommand(
            """
            set session_replication_role = replica;
            delete from audit_entries where id in (select entry from audit_links where helpdesk = 'acme' and position <= 5);
            delete from audit_links where helpdesk = 'acme' and position < 5;
            """, owner);
        await cut.ExecuteNonQueryAsync(cancellationToken);
        var tampered = await check.RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone["audit_entries"], Is.EqualTo(2));
            Assert.That(whole.Faults, Is.Empty);
            Assert.That(whole.Entries, Is.EqualTo(202));
            Assert.That(tampered.Faults.Select(fault => (fault.Helpdesk, fault.Position)), Does.Contain(("acme", (long?)1)));
        }
    }

    [Test]
    public async Task A_name_goes_with_the_last_line_that_was_written_under_it(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var seal = new AuditSeal(database.Pool);
        await database.AskAsync<long>(
            """
            with written as (
                insert into audit_entries (helpdesk, at, action, person, subject)
                select 'acme', now() - days * interval '1 day', 'written', audit_person(who), 'ticket 1'
                from (values (1200, 'Long Gone'), (1200, 'Still Here'), (10, 'Still Here'), (10, null)) t (days, who) returning 1)
            select count(*) from written
            """);
        await seal.RunAsync(everything: true, cancellationToken);

        var gone = await SweepOf(database).RunAsync(cancellationToken);
        var report = await new AuditCheck(database.Pool, seal).RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EquivalentTo(new Dictionary<string, long> { ["audit_entries"] = 2, ["audit_people"] = 1 }));
            Assert.That(await LeftAsync(database, "select string_agg(name, ' ') from audit_people"), Is.EqualTo("Still Here"));
            Assert.That(report.Faults, Is.Empty);
        }
    }

    /// <summary>Attacks the guarantee over prune_audit_people: whoever is about to be named keeps the name.</summary>
    [Test]
    public async Task No_name_goes_that_a_line_is_being_written_under(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var written = new CancellationTokenSource();
        var pruning = PruneUntilAsync(database, written.Token, cancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => WriteAsync(database, writer / 3, cancellationToken)));
        await written.CancelAsync();
        await pruning;
        var report = await new AuditCheck(database.Pool, new AuditSeal(database.Pool)).RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Faults, Is.Empty);
            Assert.That(report.Entries, Is.EqualTo(360));
            Assert.That(await database.AskAsync<long>("select count(*) from audit_people"), Is.EqualTo(120));
        }
    }

    /// <summary>A name is there when it is inserted anew, and gone before it is read: held apart by an advisory lock, which the table takes here.</summary>
    [Test]
    public async Task Whoever_acts_is_named_although_their_name_goes_between_two_looks(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """
            create function wait_for_the_test() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock_shared(1); return null; end $$;
            create trigger waiting after insert on audit_people for each statement execute function wait_for_the_test();
            """);
        await using var first = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var adding = await first.BeginTransactionAsync(cancellationToken);
        await RunAsync(first, "select audit_person('Jo')", cancellationToken);
        await using var pruner = await database.Pool.OpenConnectionAsync(cancellationToken);

        var second = database.AskAsync<byte[]>("select audit_person('Jo')");
        await WaitingAsync(database, "transactionid", cancellationToken);
        var held = RunAsync(pruner, "select pg_advisory_lock(1)", cancellationToken);
        await WaitingAsync(database, "advisory", cancellationToken);
        await adding.CommitAsync(cancellationToken);
        await held;
        await WaitingAsync(database, "advisory", cancellationToken);
        var pruned = await database.AskAsync<long>("select prune_audit_people(10)");
        await RunAsync(pruner, "select pg_advisory_unlock(1)", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pruned, Is.EqualTo(1));
            Assert.That(await second, Is.EqualTo(await database.AskAsync<byte[]>("select id from audit_people where name = 'Jo'")).And.Not.Null);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns once a session waits for such a lock.</summary>
    private static async Task WaitingAsync(TriageDatabase database, string kind, CancellationToken cancellationToken)
    {
        while (await database.AskAsync<long>(
            $"select count(*) from pg_locks where not granted and locktype = '{kind}' and pid in (select pid from pg_stat_activity where datname = current_database())") == 0)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Three writers of a group are first under each name at once.</summary>
    private static async Task WriteAsync(TriageDatabase database, int group, CancellationToken cancellationToken)
    {
        for (var n = 0; n < 60; n++)
        {
            // A name that nothing needs: it may go, until the next statement.
            await database.AskAsync<byte[]>($"select audit_person('person {n} of {group}')");
            await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var name = new NpgsqlCommand("select audit_person($1)", connection);
            name.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"person {n} of {group}" });
            var person = await name.ExecuteScalarAsync(cancellationToken) as byte[]
                ?? throw new InvalidOperationException($"person {n} of {group} got no key.");
            await using var write = new NpgsqlCommand(
                "insert into audit_entries (helpdesk, action, person, subject) values ('acme', 'written', $1, 'ticket 1')", connection);
            write.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = person });
            await write.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task PruneUntilAsync(TriageDatabase database, CancellationToken written, CancellationToken cancellationToken)
    {
        while (!written.IsCancellationRequested)
        {
            await database.AskAsync<long>("select prune_audit_people(1000)");
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [TestCase(nameof(RetentionOptions.Deliveries), 6)]
    [TestCase(nameof(RetentionOptions.Audit), 365)]
    public void A_time_that_is_too_short_is_named_by_its_key(string key, int days)
    {
        var options = new RetentionOptions();
        typeof(RetentionOptions).GetProperty(key)?.SetValue(options, days);

        var result = new RetentionOptionsCheck().Validate(null, options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new RetentionOptionsCheck().Validate(null, new RetentionOptions()).Succeeded, Is.True);
            Assert.That(result.Failures, Has.One.StartsWith($"Retention:{key} is {days}: it must lie between "));
        }
    }

    private static RetentionSweep SweepOf(TriageDatabase database) =>
        new(database.Pool, Options.Create(new RetentionOptions()), TimeProvider.System);

    private static Task<string?> LeftAsync(TriageDatabase database, string sql) => database.AskAsync<string>(sql);

    /// <summary>Of each kind a row of a day more than is kept, one of a day less, and those that stay however old they are.</summary>
    private static async Task SeedAsync(TriageDatabase database, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            """
            insert into deliveries (helpdesk, key, number, event_type, received_at)
            select 'acme', 'old ' || n, 'old', 'made', now() - interval '91 days' from generate_series(1, 1500) n
            union all select 'acme', 'parked', 'parked', 'made', now() - interval '91 days'
            union all select 'acme', 'young', 'young', 'made', now() - interval '89 days';

            insert into tickets (helpdesk, number, wanted, done, outcome, first_seen_at, changed_at)
            select 'acme', number, 1, 1, outcome, now() - interval '900 days', now() - age * interval '1 day'
            from (values ('old', 'written', 731), ('parked', 'parked', 731), ('young', 'written', 729), ('sending', 'written', 731)) t (number, outcome, age);

            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            select gen_random_uuid(), 'acme', number, now() - age * interval '1 day', 's', 'h', '{}', '{}', '{}', '{}', '{}', '{}'
            from (values ('old', 731), ('sending', 731), ('young', 729)) t (number, age);
            insert into write_backs (triage_id, helpdesk, number, state, change)
            select id, helpdesk, number, case number when 'sending' then 'sent' else 'applied' end, '{}' from triages;
            insert into note_feedback (triage, intent, is_useful, given_at) select id, 'i', true, now() from triages;
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            select gen_random_uuid(), id, helpdesk, number, 'intent', 'a', 'b', 1, 'correction', 'Ada', now() from triages;

            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                     acknowledge_by, ended_at, matrix_version, service_version, raised_from)
            select md5(number || level)::uuid, 'acme', number, 'c', 'c', level, 'r', 'functional', state, '{}', '{}', now() - interval '800 days', now(),
                   case when state <> 'open' then now() - age * interval '1 day' end, 'm', 's', case level when 2 then md5(number || 1)::uuid end
            from (values ('old', 1, 'raised', 735), ('old', 2, 'closed', 731), ('young', 1, 'raised', 731), ('young', 2, 'closed', 729), ('open', 1, 'open', 0))
                t (number, level, state, age);
            insert into messages (id, channel, recipient, state, created_at) values (gen_random_uuid(), 'mail', 'lead', 'sent', now() - interval '731 days');
            insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at, message_id)
            select gen_random_uuid(), e.id, 'level', 'mail', 'lead', now(), now(), m.id from escalations e, messages m where e.number = 'old';

            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, updated_at)
            select 'acme', number, 's', 'solved', 'low', '{}', '{}', 'de', '', '[]', now() - interval '2000 days', now() - age * interval '1 day'
            from (values ('old', 1096), ('young', 1094)) t (number, age);
            insert into policy_drafts (kind, author, body, based_on, changed_at)
            values ('routing', 'old', '{}', 0, now() - interval '366 days'), ('routing', 'young', '{}', 0, now() - interval '364 days');
            insert into agents (helpdesk, id, name, is_active, refreshed_at)
            values ('acme', 'old', 'A', false, now() - interval '366 days'), ('acme', 'young', 'B', false, now() - interval '364 days'),
                   ('acme', 'active', 'C', true, now() - interval '366 days');
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
