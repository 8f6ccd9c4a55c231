using TicketTriage.Helpdesks;
using TicketTriage.History;
using TicketTriage.Knowledge;
using TicketTriage.Reading;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Knowledge;

[CancelAfter(60_000)]
public sealed class Learning_from_solved_tickets
{
    private const string Answer = "The kettle whistles when its lid is not closed. Press the lid down until it clicks, and the noise stops.";

    [TestCase(HelpdeskStatus.Solved, "", ExpectedResult = false)]
    [TestCase(HelpdeskStatus.Solved, "Thank you, that works!", ExpectedResult = false)]
    [TestCase(HelpdeskStatus.Solved, "", TicketRating.Good, ExpectedResult = true)]
    [TestCase(HelpdeskStatus.Closed, "", TicketRating.Good, ExpectedResult = true)]
    [TestCase(HelpdeskStatus.Solved, "Thanks, but does it break?", TicketRating.Good, ExpectedResult = true)]
    [TestCase(HelpdeskStatus.Solved, "Thank you, that works!", TicketRating.Bad, ExpectedResult = false)]
    [TestCase(HelpdeskStatus.Open, "", TicketRating.Good, ExpectedResult = false)]
    public async Task<bool> An_answer_counts_where_the_customer_rated_it_as_good(
        HelpdeskStatus status, string last, TicketRating rating = TicketRating.None)
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, CancellationToken.None);
        await KeepAsync(library, status, last, rating);

        await SyncAsync(library);

        return (await FindAsync(library, forCustomers: false)).Count > 0;
    }

    [Test]
    public async Task Agents_see_it_and_customers_are_never_quoted_it()
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, CancellationToken.None);
        await KeepAsync(library, HelpdeskStatus.Solved, "", TicketRating.Good);
        await SyncAsync(library);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FindAsync(library, forCustomers: false), Has.All.Property("Passage").Property("Audience").EqualTo(KnowledgeAudience.Agents));
            Assert.That(await FindAsync(library, forCustomers: true), Is.Empty);
        }
    }

    [Test]
    public async Task Nothing_of_a_person_is_kept()
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, CancellationToken.None);
        await KeepAsync(library, HelpdeskStatus.Solved, "", TicketRating.Good);
        await SyncAsync(library);

        var kept = await library.Database.AskAsync<string>("select string_agg(title || heading || text, ' ') from knowledge_passages join knowledge_articles on key = article");

        Assert.That(kept, Does.Contain("[EMAIL_1]").And.Not.Contain("kim@example.com"));
    }

    [Test]
    public async Task A_rating_that_comes_later_counts_and_outlives_another_import()
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, CancellationToken.None);
        await KeepAsync(library, HelpdeskStatus.Solved, "");

        await new HistoryLedger(library.Database.Pool).RateAsync(
            "acme", new Dictionary<string, TicketRating> { ["7"] = TicketRating.Good, ["8"] = TicketRating.Bad }, CancellationToken.None);
        await KeepAsync(library, HelpdeskStatus.Solved, "");
        await SyncAsync(library);

        Assert.That(await FindAsync(library, forCustomers: false), Is.Not.Empty);
    }

    [Test]
    public async Task A_ticket_that_is_deleted_or_opened_again_is_forgotten()
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, CancellationToken.None);
        await KeepAsync(library, HelpdeskStatus.Solved, "", TicketRating.Good);
        await SyncAsync(library);

        await new HistoryLedger(library.Database.Pool).ForgetAsync("acme", ["7"], CancellationToken.None);
        await SyncAsync(library);

        Assert.That(await FindAsync(library, forCustomers: false), Is.Empty);
    }

    private static Task<string> SyncAsync(ALibrary library) => library.SyncAsync(
        new SolvedTickets(new HistoryLedger(library.Database.Pool)), TimeProvider.System, CancellationToken.None);

    private static Task<IReadOnlyList<FoundPassage>> FindAsync(ALibrary library, bool forCustomers) =>
        library.Search.FindAsync("The kettle whistles, what about its lid?", new KnowledgeWish("en", forCustomers), 5, CancellationToken.None);

    private static async Task KeepAsync(ALibrary library, HelpdeskStatus status, string last, TicketRating rating = TicketRating.None)
    {
        var ticket = ATicket.Saying("My kettle whistles all day. Write to kim@example.com", subject: "Whistling kettle") with { Id = new TicketId("acme", "7") };
        ticket = ticket with
        {
            Messages = [.. ticket.Messages, ATicket.FromAgent(Answer), .. last.Length == 0 ? [] : (CleanMessage[])[ATicket.FromCustomer(last)]],
        };
        await new HistoryLedger(library.Database.Pool).KeepAsync(
            new HelpdeskTicket
            {
                Number = "7", Subject = "Whistling kettle", Stamp = "1", Status = status, Rating = rating, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
            },
            ticket.Redacted(new Redactor()), null, null, CancellationToken.None);
    }
}
