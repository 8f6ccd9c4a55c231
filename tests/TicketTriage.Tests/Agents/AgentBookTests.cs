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

        await book.ImportRosterAsync(Helpdesk, RosterFile.Read("id,name,skills,capacity\n1,Anna,refunds:2,4").Agents, "Ada", cancellationToken);
        var agent = (await book.ListAsync(Helpdesk, cancellationToken))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agent.Agent.Skills["refunds"], Is.EqualTo(2));
            Assert.That(agent.Agent.Groups, Is.EqualTo(["Billing"]), "Of groups the roster says nothing.");
            Assert.That((agent.Agent.Name, agent.Agent.MostUnits, agent.HasOwnCapacity), Is.EqualTo(("Anna", 4, true)));
        }
    }

    [Test]
    public async Task Who_is_deleted_in_the_helpdesk_is_given_nothing_and_what_they_had_is_found(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var book = new AgentBook(database.Pool);
        var capacity = new CapacityLedger(database.Pool);
        await book.KeepKnownAsync(Helpdesk, [("1", "Anna", new AgentEntry()), ("2", "Ben", new AgentEntry())], cancellationToken);
        await capacity.CorrectAsync(Helpdesk, "1", isAvailable: true, 0, await capacity.AskTimeAsync(cancellationToken), cancellationToken);
        await database.AskAsync<int?>(
            "insert into assignments (helpdesk, number, units, group_name, priority, demand, expected_minutes) values ('acme', '7', 1, '', 'low', '{}', 30)");
        await capacity.ClaimAsync(Helpdesk, "7", "1", cancellationToken);

        var gone = await book.KeepKnownAsync(Helpdesk, [("2", "Ben", new AgentEntry())], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EqualTo(["1"]));
            Assert.That((await book.ListAsync(Helpdesk, cancellationToken)).Select(one => one.Agent.Id), Is.EqualTo(["2"]));
            Assert.That(await capacity.ListOfAbsentAsync(Helpdesk, cancellationToken), Is.EqualTo([("7", "1")]));
        }
    }
}
