using TicketTriage.Audits;
using TicketTriage.Forgetting;
using TicketTriage.Knowledge;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Forgetting;

[CancelAfter(120_000)]
public sealed class Erasing_somebody_of_the_staff
{
    [Test]
    public async Task Knows_every_column_in_which_the_service_puts_a_name(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var command = database.Pool.CreateCommand(
            """
            select table_name || '.' || column_name from information_schema.columns
            where table_schema = 'public' and data_type = 'text' and (column_name ~ '(^|_)by$|_by_|^by_|^author$')
            """);
        var columns = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                columns.Add(reader.GetString(0));
            }
        }

        Assert.That(
            StaffErasure.Columns.Select(place => $"{place.Table}.{place.Column}").Append("policy_drafts.author"), Is.EquivalentTo(columns));
    }

    [Test]
    public async Task Takes_a_short_name_out_and_leaves_others_and_what_was_done(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var audit = new AuditLedger(database.Pool);
        var check = new AuditCheck(database.Pool, new AuditSeal(database.Pool));
        await SeedAsync(database, cancellationToken);
        var lines = await database.AskAsync<long>("select count(*) from audit_entries");

        var certificate = await new Erasure(database.Pool, audit, new KnowledgeLedger(database.Pool), TimeProvider.System)
            .RunAsync(new ErasureRequest("", null, "root") { Names = ["Zoë"] }, cancellationToken);
        var report = await check.RunAsync(null, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<string>("select string_agg(name, ' ' order by name) from audit_people"), Is.EqualTo("Zoë Quist root"));
            Assert.That(await database.AskAsync<string>("select string_agg(made_by, ' ' order by name) from api_keys"), Is.EqualTo("[ERASED] Zoë Quist"));
            Assert.That(await database.AskAsync<string>("select string_agg(author, ' ') from policy_drafts"), Is.EqualTo("Zoë Quist"));
            Assert.That(await database.AskAsync<string>("select string_agg(reason, ' ' order by number) from tickets"), Is.EqualTo("Replayed by [ERASED]. Zoë"));
            Assert.That(certificate.Rows, Is.EquivalentTo(new Dictionary<string, long>
            {
                ["api_keys"] = 1, ["policy_drafts"] = 1, ["tickets"] = 1, ["audit_people"] = 1,
            }));
            Assert.That(await database.AskAsync<long>("select count(*) from audit_entries"), Is.EqualTo(lines + 2), "the key's row, and the erasure");
            Assert.That(report.Faults, Is.Empty);
        }
    }

    [Test]
    public async Task Is_no_correction_of_an_escalation(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<long>(
            """
            with made as (
                insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                         acknowledge_by, ended_at, matrix_version, service_version, outcome, outcome_by)
                values (gen_random_uuid(), 'acme', '1', 'c', 'c', 1, 'r', 'functional', 'closed', '{}', '{}', now(), now(), now(), 'm', 's', 'neutral', 'Zoë')
                returning 1)
            select count(*) from made
            """);

        await new Erasure(database.Pool, new AuditLedger(database.Pool), new KnowledgeLedger(database.Pool), TimeProvider.System)
            .RunAsync(new ErasureRequest("", null, "root") { Names = ["Zoë"] }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<string>("select outcome_by from escalations"), Is.EqualTo("[ERASED]"));
            Assert.That(
                await database.AskAsync<string>("select string_agg(action, ' ' order by id) from audit_entries"),
                Is.EqualTo("escalation.opened person.erased"));
        }
    }

    private static async Task SeedAsync(TriageDatabase database, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            """
            insert into api_keys (name, role, hash, made_by) values ('one', 'lead', '\x01', 'Zoë'), ('two', 'lead', '\x02', 'Zoë Quist');
            insert into policy_drafts (kind, author, body, based_on) values ('routing', 'Zoë', '{}', 0), ('routing', 'Zoë Quist', '{}', 0);
            insert into tickets (helpdesk, number, wanted, next_at, reason)
            values ('acme', '1', 1, now(), 'Replayed by Zoë.'), ('acme', '2', 1, now(), 'Zoë');
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
