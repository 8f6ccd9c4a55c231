using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Agents;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Skills;

[CancelAfter(120_000)]
internal sealed class Watching_the_load
{
    [TestCase("update agents set active_units = 3 where helpdesk = 'sandbox' and id = '7'")]
    [TestCase("update agents set is_available = not is_available where helpdesk = 'sandbox' and id = '7'")]
    [TestCase("insert into agents (helpdesk, id, name) values ('sandbox', '8', 'Bo')")]
    public async Task The_page_hears_of_what_changes_for_its_agents_and_of_no_others(string happens, CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        await console.Database.AskAsync<object>(
            "insert into agents (helpdesk, id, name, most_units) values ('sandbox', '7', 'Ada', 9), ('other', '7', 'Cleo', 9)");
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var book = console.Services.GetRequiredService<AgentBook>();
        await using var stream = await lead.GetStreamAsync("/live/skills?helpdesk=sandbox", cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await events.MoveNextAsync();
        var first = events.Current.EventType;

        var before = await book.MarkAsync("sandbox", cancellationToken);
        await console.Database.AskAsync<object>("update agents set active_units = 2 where helpdesk = 'other'");
        var afterOthers = await book.MarkAsync("sandbox", cancellationToken);
        await console.Database.AskAsync<object>(happens);
        await events.MoveNextAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(afterOthers, Is.EqualTo(before).And.Not.Empty);
            Assert.That((first, events.Current.EventType), Is.EqualTo(("hello", "change")));
        }
    }
}
