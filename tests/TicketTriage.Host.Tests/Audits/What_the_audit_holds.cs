using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Audits;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Journey;

namespace TicketTriage.Host.Tests.Audits;

[CancelAfter(120_000)]
internal sealed class What_the_audit_holds
{
    [Test]
    public async Task What_people_do_on_pages_stands_there_with_who_did_it(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<string>(
            "update tickets set outcome = 'parked' where number = '2' returning number");
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);
        var triage = await console.Database.AskAsync<Guid>("select id from triages where number = '3'");

        using var corrected = await Door.SubmitAsync(
            agent, "/tickets/acme/3", "/tickets/acme/3/correct", [new("triage", $"{triage}"), new("priority", "high")], cancellationToken);
        using var made = await Door.SubmitAsync(admin, "/access", "/access/keys", [new("name", "robot"), new("role", "agent")], cancellationToken);
        using var withdrawn = await Door.SubmitAsync(admin, "/access", "/access/keys/robot/withdraw", [], cancellationToken);
        using var replayed = await Door.SubmitAsync(admin, "/jobs", "/jobs/parked/acme/2/replay", [], cancellationToken);
        var noted = await console.Database.AskAsync<string>(
            """
            select string_agg(concat_ws(' ', nullif(e.helpdesk, ''), p.name, e.action, e.subject), '; ' order by e.id)
            from audit_entries e left join audit_people p on p.id = e.person
            where e.action not in ('policy.kept', 'triage.decided')
            """);

        Assert.That(noted, Is.EqualTo(string.Join("; ",
            "acme ticket.parked ticket 2",
            "admin person.signed-in role admin",
            "agent person.signed-in role agent",
            "acme agent decision.corrected ticket 3",
            "admin key.made key robot",
            "admin key.withdrawn key robot",
            "acme admin ticket.replayed ticket 2")));
    }

    [Test]
    public async Task Each_automatic_decision_stands_there_without_what_was_said(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);

        var noted = await console.Database.AskAsync<string>(
            "select string_agg(concat_ws(' ', subject, details::json ->> 'intent', details::json ->> 'group'), '; ' order by subject) from audit_entries where action = 'triage.decided'");
        var said = await console.Database.AskAsync<long>("select count(*) from audit_entries where details ilike '%Rechnung%' or subject ilike '%Rechnung%'");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(noted, Is.EqualTo("ticket 1 orders/late Orders; ticket 2 orders/late Orders; ticket 3 billing/refund Billing"));
            Assert.That(said, Is.Zero);
        }
    }

    [Test]
    public async Task What_was_written_into_the_helpdesk_and_who_was_given_it_stand_there_too(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Settings = new Dictionary<string, string?> { [$"Routing:Modes:{TriageUnderTest.Helpdesk}"] = "Agent" },
        });
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);

        var noted = await triage.AskAsync<string>(
            $"""
            select string_agg(concat_ws(' ', action, person::text, details::json ->> 'parts'), '; ' order by id)
            from audit_entries where subject = 'ticket {ticket.Number}'
            """,
            cancellationToken);
        var agent = await triage.AskAsync<bool>(
            "select (e.details::json ->> 'agent') = c.agent_id from audit_entries e, agent_choices c where e.action = 'agent.chosen'", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(noted, Does.StartWith("triage.decided").And.Contain("agent.chosen"));
            Assert.That(noted, Does.Match("""change.applied \[.*"groupId".*"priority".*"tags".*\]"""));
            Assert.That(agent, Is.True);
        }
    }

    [Test]
    public async Task A_change_that_came_to_nothing_stands_there_as_well(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(2, cancellationToken);
        await console.Database.AskAsync<long>(
            """
            with sent as (
                insert into write_backs (triage_id, helpdesk, number, state, change)
                select id, helpdesk, number, 'sent', '{"number":"1","triageId":"x","stamp":"s","tags":["vip ann@customer.example"],"priority":"High"}'
                from triages returning 1)
            select count(*) from sent
            """);

        await console.Database.AskAsync<long>(
            "with ended as (update write_backs set state = case number when '1' then 'refused' else 'superseded' end, ended_at = now() returning 1) select count(*) from ended");
        await console.Database.AskAsync<long>("with again as (update write_backs set state = state returning 1) select count(*) from again");
        var noted = await console.Database.AskAsync<string>(
            "select string_agg(concat_ws(' ', action, subject, details::json ->> 'parts'), '; ' order by subject) from audit_entries where action like 'change.%'");

        Assert.That(noted, Is.EqualTo("""change.refused ticket 1 ["priority", "tags"]; change.superseded ticket 2 ["priority", "tags"]"""));
    }

    [Test]
    public async Task Every_action_that_a_trigger_writes_has_words(CancellationToken cancellationToken)
    {
        await using var database = await TicketTriage.Testing.TriageDatabase.CreateAsync();

        var written = await database.AskAsync<string[]>(
            """
            select array_agg(distinct said[1]) from pg_proc p, regexp_matches(p.prosrc, '''([a-z]+\.[a-z-]+)''', 'g') said
            where p.pronamespace = 'public'::regnamespace and p.prosrc like '%into audit_entries%'
            """) ?? [];

        Assert.That(written, Has.Length.GreaterThan(10));
        Assert.That(written, Is.SubsetOf(Host.Audits.AuditWords.Actions.Keys));
    }

    [Test]
    public async Task The_page_is_filtered_paged_and_checks_the_chains(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(120, cancellationToken);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);

        var byPeople = await ops.GetStringAsync("/audit", cancellationToken);
        var first = await ops.GetStringAsync("/audit?by=everything&helpdesk=acme", cancellationToken);
        var next = WebUtility.HtmlDecode(first.Split("rel=\"next\" href=\"")[1].Split('"')[0]);
        var second = await ops.GetStringAsync(next, cancellationToken);
        var one = await ops.GetStringAsync("/audit?by=everything&subject=ticket+77", cancellationToken);
        using var whole = await Door.SubmitAsync(ops, "/audit", "/audit/check", [], cancellationToken);
        await using (var owner = await console.Database.Pool.OpenConnectionAsync(cancellationToken))
        {
            await using var tamper = new Npgsql.NpgsqlCommand(
                "set session_replication_role = replica; update audit_entries set subject = 'ticket 0' where subject = 'ticket 77'; reset session_replication_role",
                owner);
            await tamper.ExecuteNonQueryAsync(cancellationToken);
        }

        using var broken = await Door.SubmitAsync(ops, "/audit", "/audit/check", [], cancellationToken);
        var position = await console.Database.AskAsync<long>(
            "select position from audit_links l join audit_entries e on e.id = l.entry where e.subject = 'ticket 0'");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(byPeople, Does.Contain("signed in").And.Not.Contain("ticket 77"));
            Assert.That(System.Text.RegularExpressions.Regex.Count(first, ">ticket [0-9]+<", default, TimeSpan.FromSeconds(1)), Is.EqualTo(50));
            Assert.That(System.Text.RegularExpressions.Regex.Count(second, ">ticket [0-9]+<", default, TimeSpan.FromSeconds(1)), Is.EqualTo(50));
            Assert.That(one, Does.Contain(">ticket 77<").And.Not.Contain(">ticket 78<"));
            Assert.That(await whole.Content.ReadAsStringAsync(cancellationToken), Does.Contain("chains are as they were written"));
            Assert.That(await broken.Content.ReadAsStringAsync(cancellationToken), Does.Contain($"What stands at position {position} (entry"));
        }
    }

    [Test]
    public void Each_action_has_words_in_both_languages()
    {
        var constants = typeof(AuditActions).GetFields().Select(field => (string?)field.GetRawConstantValue());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(constants, Is.SubsetOf(Host.Audits.AuditWords.Actions.Keys));
            Assert.That(Host.Audits.AuditWords.Actions.Values.Where(words => !Host.Pages.Words.Knows(words)), Is.Empty);
        }
    }
}
