using TicketTriage.Forgetting;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Triages;

[CancelAfter(60_000)]
public sealed class CorrectedTicketsTests
{
    [Test]
    public async Task The_latest_word_of_each_ticket_counts_the_newest_first(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (first, second) = (await SomeHistory.DecideAsync(database, "1"), await SomeHistory.DecideAsync(database, "2"));
        await SomeHistory.JudgeAsync(database, first, "1", "billing/refund", daysAgo: 3);
        await SomeHistory.JudgeAsync(database, first, "1", "orders/return", daysAgo: 2);
        await SomeHistory.JudgeAsync(database, second, "2", "billing/refund", daysAgo: 1);

        var corrected = await new CorrectedTickets(database.Pool).ListAsync("acme", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(corrected.Select(one => (one.TriageId, one.Intent)), Is.EqualTo([(second, "billing/refund"), (first, "orders/return")]));
            Assert.That(corrected[0].Conversation.Messages[0].Text, Is.EqualTo("Where is my parcel?"));
        }
    }

    [Test]
    public async Task A_blind_look_is_for_measuring_and_another_helpdesk_is_somebody_elses(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SomeHistory.JudgeAsync(database, await SomeHistory.DecideAsync(database, "1"), "1", "billing/refund", isBlind: true);
        await SomeHistory.JudgeAsync(
            database, await SomeHistory.DecideAsync(database, "2", helpdesk: "globex"), "2", "billing/refund", helpdesk: "globex");

        Assert.That(await new CorrectedTickets(database.Pool).ListAsync("acme", cancellationToken), Is.Empty);
    }

    [TestCase(TicketWarnings.Instructions, ExpectedResult = 0)]
    [TestCase(TicketWarnings.HiddenText, ExpectedResult = 0)]
    [TestCase(TicketWarnings.ProgramAttached, ExpectedResult = 1)]
    public async Task<int> A_ticket_that_once_gave_orders_to_software_teaches_nobody(string warning)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var harmless = await SomeHistory.DecideAsync(database, "1", daysAgo: 2);
        await SomeHistory.DecideAsync(database, "1", daysAgo: 1, warnings: warning);
        await SomeHistory.JudgeAsync(database, harmless, "1", "billing/refund");

        return (await new CorrectedTickets(database.Pool).ListAsync("acme", CancellationToken.None)).Count;
    }

    [Test]
    public async Task What_is_erased_is_gone_from_the_next_question(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SomeHistory.JudgeAsync(database, await SomeHistory.DecideAsync(database, "1"), "1", "billing/refund");
        await SomeHistory.JudgeAsync(database, await SomeHistory.DecideAsync(database, "2"), "2", "billing/refund");

        await TicketErasure.RunAsync(database.Pool, "acme", "1", [], cancellationToken);

        var left = await new CorrectedTickets(database.Pool).ListAsync("acme", cancellationToken);
        Assert.That(left.Select(one => one.Conversation.Id.Number), Is.EqualTo(["2"]));
    }

    [Test]
    public async Task What_has_grown_too_old_to_be_kept_is_gone_too(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var triage = await SomeHistory.DecideAsync(database, "1");
        await SomeHistory.JudgeAsync(database, triage, "1", "billing/refund");

        await database.AskAsync<object>($"delete from triages where id = '{triage}'");

        Assert.That(await new CorrectedTickets(database.Pool).ListAsync("acme", cancellationToken), Is.Empty);
    }
}
