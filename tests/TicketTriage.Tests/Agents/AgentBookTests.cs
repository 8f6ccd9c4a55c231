using TicketTriage.Agents;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Agents;

[CancelAfter(60_000)]
public sealed class AgentBookTests
{
    private const string Helpdesk = "acme";

    [Test]
    public async Task The_rosters_word_counts_before_the_helpdesks(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var book = new AgentBook(database.Pool);
        await book.KeepKnownAsync(
            Helpdesk,
            [("1", "Anna M.", new AgentEntry { Groups = ["Billing"], Skills = new Dictionary<string, int> { ["refunds"] = 5 } })],
            cancellationToken);

        await new RosterDesk(database.Pool).ReplaceAsync(Helpdesk, RosterFile.Read("id,name,skills,capacity\n1,Anna,refunds:2,4").Agents, seen: null, "Ada", cancellationToken);
        var agent = (await book.ListAsync(Helpdesk, cancellationToken))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agent.Agent.Skills["refunds"], Is.EqualTo(2));
            Assert.That(agent.Agent.Groups, Is.EqualTo(["Billing"]), "Of groups the roster says nothing.");
            Assert.That((agent.Agent.Name, agent.Agent.MostUnits, agent.HasOwnCapacity), Is.EqualTo(("Anna", 4, true)));
        }
    }

    [TestCase("id,name,capacity\n1,Anna,\n2,Ben,5", 1)]
    [TestCase("id,name\n2,Ben", 1)]
    [TestCase("id,name,capacity\n1,Anna,3", 3)]
    public async Task A_roster_that_says_no_capacity_any_more_leaves_nothing_of_the_last_one(string next, int expected)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (book, capacity) = (new AgentBook(database.Pool), new CapacityLedger(database.Pool));
        await book.KeepKnownAsync(Helpdesk, [("1", "Anna", new AgentEntry()), ("2", "Ben", new AgentEntry())], CancellationToken.None);
        await capacity.SetLimitAsync(Helpdesk, "2", 6, CancellationToken.None);
        await new RosterDesk(database.Pool).ReplaceAsync(Helpdesk, RosterFile.Read("id,name,capacity\n1,Anna,7").Agents, seen: null, "Ada", CancellationToken.None);

        await new RosterDesk(database.Pool).ReplaceAsync(Helpdesk, RosterFile.Read(next).Agents, seen: null, "Ada", CancellationToken.None);
        var agents = await book.ListAsync(Helpdesk, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agents[0].Agent.MostUnits, Is.EqualTo(expected));
            Assert.That(agents[1].Agent.MostUnits, Is.EqualTo(next.Contains("Ben,5", StringComparison.Ordinal) ? 5 : 6), "The helpdesk's own number stays.");
        }
    }

    [Test]
    public async Task Who_is_deleted_in_the_helpdesk_is_given_nothing_and_what_they_had_is_found(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var book = new AgentBook(database.Pool);
        var capacity = new CapacityLedger(database.Pool);
        await book.KeepKnownAsync(Helpdesk, [("1", "Anna", new AgentEntry()), ("2", "Ben", new AgentEntry())], cancellationToken);
        await capacity.CorrectAsync(Helpdesk, "1", isAvailable: true, 0, await capacity.AskTimeAsync(cancellationToken), TimeSpan.Zero, cancellationToken);
        await database.AskAsync<int?>(
            "insert into assignments (helpdesk, number, units, group_name, priority, demand, expected_minutes) values ('acme', '7', 1, '', 'low', '{}', 30)");
        await capacity.ClaimAsync(Helpdesk, "7", "1", [], cancellationToken);
        await capacity.ConfirmAsync(Helpdesk, "7", "1", cancellationToken);

        var gone = await book.KeepKnownAsync(Helpdesk, [("2", "Ben", new AgentEntry())], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EqualTo(["1"]));
            Assert.That((await book.ListAsync(Helpdesk, cancellationToken)).Select(one => one.Agent.Id), Is.EqualTo(["2"]));
            Assert.That(await capacity.ListOfAbsentAsync(Helpdesk, cancellationToken), Is.EqualTo([("7", "1")]));
        }
    }
}
