using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Insights;

namespace TicketTriage.Host.Tests.Pages;

/// <summary>Tickets, Today and Escalations hear of whatever changes what they show, and need no new ticket for it.</summary>
[CancelAfter(120_000)]
internal sealed class Listening_to_all_tickets
{
    private const string Escalated =
        """
        insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                 acknowledge_by, acknowledged_at, acknowledged_by, acknowledged_how, matrix_version, service_version)
        select gen_random_uuid(), 'acme', '3', 'c', 'breach', 1, 'r', 'functional', 'acknowledged', '{}', '{}', now() - interval '1 hour', now(),
               now(), 'lea', 'link', 'm', 's'
        """;

    [TestCase("", "update tickets set outcome = 'parked', reason = 'r', changed_at = now() where number = '3'", TestName = "A ticket is parked")]
    [TestCase(
        "update tickets set outcome = 'parked', reason = 'r' where number = '3'",
        "update tickets set next_at = now(), changed_at = now() where number = '3'", TestName = "A parked ticket is replayed")]
    [TestCase(
        "update tickets set outcome = null, done = 0, next_at = now() + interval '1 hour' where number = '3'",
        "update tickets set outcome = 'written', done = 1, next_at = null, changed_at = now() where number = '3'", TestName = "A ticket is written")]
    [TestCase("", "update tickets set outcome = 'skipped', reason = 'r', changed_at = now() where number = '3'", TestName = "A ticket is skipped")]
    [TestCase("", """
        insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
        select gen_random_uuid(), id, helpdesk, number, 'intent', 'a', 'b', 1, 'correction', 'lea', now() from triages where number = '3'
        """, TestName = "A decision is corrected")]
    [TestCase(
        Escalated, "update escalations set state = 'closed', ended_at = now(), outcome = 'prevented', outcome_by = 'rule'",
        TestName = "An escalation in somebody's hands ends")]
    public async Task Pages_hear_of_it(string before, string happens)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(4, cancellationToken);
        if (before.Length > 0)
        {
            await console.Database.AskAsync<object>(before);
        }

        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);
        await using var stream = await agent.GetStreamAsync("/live/tickets", cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        await events.MoveNextAsync();
        var first = events.Current.EventType;
        await console.Database.AskAsync<object>(happens);
        await events.MoveNextAsync();

        Assert.That((first, events.Current.EventType), Is.EqualTo(("hello", "change")));
    }

    [Test]
    public async Task What_they_do_not_show_is_no_word_to_them(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(4, cancellationToken);
        var list = console.Services.GetRequiredService<TicketList>();

        var before = await list.MarkAsync(cancellationToken);
        await console.Database.AskAsync<object>("insert into agents (helpdesk, id, name, is_available) values ('acme', '1', 'Mira', true)");
        var after = await list.MarkAsync(cancellationToken);

        Assert.That(after, Is.EqualTo(before));
    }
}
