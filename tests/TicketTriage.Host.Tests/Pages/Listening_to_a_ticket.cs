using System.Net.ServerSentEvents;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class Listening_to_a_ticket
{
    [TestCase("update tickets set outcome = 'parked', reason = 'r', changed_at = now() where number = '3'")]
    [TestCase("insert into write_backs (triage_id, helpdesk, number, state, change) select id, helpdesk, number, 'applied', '{}' from triages where number = '3'")]
    [TestCase("""
        insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
        select gen_random_uuid(), id, helpdesk, number, 'intent', 'a', 'b', 1, 'correction', 'lea', now() from triages where number = '3'
        """)]
    public async Task Its_page_hears_of_what_happens_to_it_and_of_no_other(string happens, CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(4, cancellationToken);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);
        var page = await agent.GetStringAsync("/tickets/acme/3", cancellationToken);
        await using var stream = await agent.GetStreamAsync("/live/tickets/acme/3", cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        await events.MoveNextAsync();
        var first = events.Current.EventType;
        await console.Database.AskAsync<object>("update tickets set changed_at = now(), wanted = 9 where number = '4'");
        await console.Database.AskAsync<object>(happens);
        await events.MoveNextAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("data-live-from=\"/live/tickets/acme/3\""));
            foreach (var part in (string[])["state", "standing", "decision", "correct", "way", "texts"])
            {
                Assert.That(page, Does.Contain($"data-live=\"{part}\""));
            }

            Assert.That((first, events.Current.EventType), Is.EqualTo(("hello", "change")));
        }
    }

    [Test]
    public async Task What_happened_in_one_moment_stands_in_the_order_of_the_rooms(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            insert into deliveries (helpdesk, key, number, event_type, received_at)
            select helpdesk, 'k', number, 'ticket.created', decided_at - interval '2 seconds' from triages where number = '3';
            insert into write_backs (triage_id, helpdesk, number, state, change, sent_at, ended_at)
            select id, helpdesk, number, 'applied', '{}', decided_at, decided_at + interval '1 second' from triages where number = '3';
            """);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);

        var page = await agent.GetStringAsync("/tickets/acme/3", cancellationToken);
        var way = page[page.IndexOf("<ol class=\"way\"", StringComparison.Ordinal)..];
        string[] rooms = ["Intake", "Reading", "Understanding", "Prioritisation", "Routing", "Drafting", "Write-back"];
        var places = rooms.Select(room => way.IndexOf($">{room}</span>", StringComparison.Ordinal)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(places, Is.All.GreaterThan(0));
            Assert.That(places, Is.Ordered.Ascending);
        }
    }
}
