using TicketTriage.Agents;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Agents;

[CancelAfter(60_000)]
public sealed class Replacing_a_roster
{
    private const string Helpdesk = "acme";

    [TestCase("")]
    [TestCase("id,name,capacity\n1,Anna,3")]
    public async Task Of_many_who_have_seen_the_same_one_is_taken_and_what_it_replaced_is_kept(string first)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var desk = new RosterDesk(database.Pool);
        if (first.Length > 0)
        {
            await desk.ReplaceAsync(Helpdesk, RosterFile.Read(first).Agents, seen: null, "Ada", CancellationToken.None);
        }

        var seen = await desk.FindAsync(Helpdesk, CancellationToken.None);
        var taken = await Task.WhenAll(Enumerable.Range(2, 8).Select(number => desk.ReplaceAsync(
            Helpdesk, RosterFile.Read($"id,name\n{number},Agent {number}").Agents, seen.Mark, $"Lead {number}", CancellationToken.None)));

        var now = await desk.FindAsync(Helpdesk, CancellationToken.None);
        var kept = await desk.ListKeptAsync(Helpdesk, CancellationToken.None);
        var before = await desk.FindKeptAsync(Helpdesk, kept[0].Version, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.Count(one => one), Is.EqualTo(1));
            Assert.That(now.Agents, Has.Count.EqualTo(1));
            Assert.That(kept[0].By, Is.EqualTo($"Lead {now.Agents[0].Id}"));
            Assert.That(before?.Select(line => line.Name), Is.EqualTo(seen.Agents.Select(line => line.Name)));
        }
    }

    [Test]
    public async Task Keeps_the_last_ones_and_no_more(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var desk = new RosterDesk(database.Pool);
        for (var number = 1; number <= RosterDesk.MostKept + 3; number++)
        {
            var roster = RosterFile.Read($"id,name,capacity\n{number},Agent {number},2").Agents;
            await desk.ReplaceAsync(Helpdesk, roster, seen: null, "Ada", cancellationToken);
            await desk.ReplaceAsync("another", roster, seen: null, "Ada", cancellationToken);
        }

        var kept = await desk.ListKeptAsync(Helpdesk, cancellationToken);
        var newest = await desk.FindKeptAsync(Helpdesk, kept[0].Version, cancellationToken);
        var oldest = await desk.FindKeptAsync(Helpdesk, kept[^1].Version, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Count.EqualTo(RosterDesk.MostKept));
            Assert.That((newest?[0].Id, newest?[0].Entry.Capacity, oldest?[0].Id), Is.EqualTo(("12", 2, "3")));
        }
    }

    [Test]
    public void The_same_levels_in_another_order_are_no_change()
    {
        var last = new RosterInForce(RosterFile.Read("id,name,skills\n1,Anna,refunds:5 german:3\n2,Ben,").Agents, "mark");

        var changes = last.Against(RosterFile.Read("id,name,skills\n1,Anna,german:3 refunds:5\n2,Bernd,").Agents);

        Assert.That((changes.Unchanged, changes.Changes.Single().After.Name), Is.EqualTo((1, "Bernd")));
    }
}
