using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Triages;

[CancelAfter(60_000)]
public sealed class RecentTicketsTests
{
    private static readonly DateTimeOffset WeekAgo = SomeHistory.Now.AddDays(-7);

    [Test]
    public async Task Counts_a_customers_tickets_of_the_week_this_one_among_them(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SomeHistory.DecideAsync(database, "1", daysAgo: 6.9);
        await SomeHistory.DecideAsync(database, "2", daysAgo: 3);
        await SomeHistory.DecideAsync(database, "2", daysAgo: 2);
        await SomeHistory.DecideAsync(database, "9", daysAgo: 1);

        Assert.That(await CountAsync(database, "77", cancellationToken), Is.EqualTo(3), "1, 2 and 9, however often they were decided");
    }

    [Test]
    public async Task Counts_neither_older_ones_nor_others_nor_another_helpdesks(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SomeHistory.DecideAsync(database, "1", daysAgo: 7.1);
        await SomeHistory.DecideAsync(database, "2", requester: "78");
        await SomeHistory.DecideAsync(database, "3", helpdesk: "globex");
        await SomeHistory.DecideAsync(database, "4", requester: null);

        Assert.That(await CountAsync(database, "77", cancellationToken), Is.EqualTo(1));
    }

    [Test]
    public async Task Counts_what_was_imported_once(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SomeHistory.DecideAsync(database, "1");
        await SomeHistory.ImportAsync(database, "1");
        await SomeHistory.ImportAsync(database, "2");
        await SomeHistory.ImportAsync(database, "3", daysAgo: 8);

        Assert.That(await CountAsync(database, "77", cancellationToken), Is.EqualTo(3), "1, 2 and 9");
    }

    [Test]
    public async Task Knows_nothing_of_who_is_not_named(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();

        Assert.That(await CountAsync(database, requester: null, cancellationToken), Is.Zero);
    }

    [TestCase(19, ExpectedResult = 20)]
    [TestCase(20, ExpectedResult = 0)]
    [TestCase(25, ExpectedResult = 0)]
    public async Task<int> Takes_a_form_that_everybody_writes_through_for_no_customer(int others)
    {
        await using var database = await TriageDatabase.CreateAsync();
        foreach (var number in Enumerable.Range(100, others))
        {
            await SomeHistory.DecideAsync(database, $"{number}");
        }

        return await CountAsync(database, "77", CancellationToken.None);
    }

    private static Task<int> CountAsync(TriageDatabase database, string? requester, CancellationToken cancellationToken) =>
        new RecentTickets(database.Pool).CountAsync(new TicketId("acme", "9"), requester, WeekAgo, cancellationToken);
}
