using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Tickets;

[CancelAfter(60_000)]
internal sealed class ParkedTicketsTests
{
    [Test]
    public async Task The_list_says_what_waits_since_when_how_often_it_was_tried_and_why(CancellationToken cancellationToken)
    {
        await using var database = await ParkedAsync("acme", 3);

        var (tickets, total) = await new ParkedTickets(database.Pool).ListAsync(helpdesk: null, most: 2, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((tickets.Count, total), Is.EqualTo((2, 3)));
            Assert.That(tickets[0], Is.EqualTo(new ParkedTicket(new("acme", "1"), tickets[0].Since, Tries: 4, "Refused (422).")));
            Assert.That(tickets[0].Since, Is.GreaterThan(tickets[1].Since), "the latest first");
        }
    }

    [Test]
    public async Task Pressed_many_times_at_once_it_brings_a_ticket_back_once(CancellationToken cancellationToken)
    {
        await using var database = await ParkedAsync("acme", 1);
        var parked = new ParkedTickets(database.Pool);

        var single = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => parked.ReplayAsync(new("acme", "1"), "Ada", cancellationToken)));
        var (count, _) = await parked.ReplayAllAsync(null, "Ada", cancellationToken);
        var claimed = await new TicketQueue(database.Pool, TimeProvider.System).ClaimAsync(new ClaimOrder(10), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(single.Count(isReplayed => isReplayed), Is.EqualTo(1));
            Assert.That(count, Is.Zero);
            Assert.That(claimed.Single(), Has.Property(nameof(ClaimedTicket.Attempt)).EqualTo(1).And.Property(nameof(ClaimedTicket.Failures)).Zero);
        }
    }

    [Test]
    public async Task Many_are_spread_so_that_each_helpdesk_gets_no_more_than_its_share_a_minute(CancellationToken cancellationToken)
    {
        await using var database = await ParkedAsync("acme", 150);
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, outcome) values ('globex', '1', 1, 'parked'), ('globex', '2', 1, 'written')");
        var parked = new ParkedTickets(database.Pool);

        var presses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => parked.ReplayAllAsync(null, "Ada", cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(presses.Sum(press => press.Count), Is.EqualTo(151), "each once, whoever pressed");
            Assert.That(
                await database.AskAsync<long>("select max(n) from (select count(*) n from tickets where next_at is not null "
                    + "group by helpdesk, floor(extract(epoch from next_at - changed_at) / 60)) minutes"),
                Is.LessThanOrEqualTo(ParkedTickets.ReplaysPerMinute));
            Assert.That(await database.AskAsync<bool>("select next_at is null from tickets where helpdesk = 'globex' and number = '2'"), Is.True);
            Assert.That(await database.AskAsync<string>("select distinct reason from tickets where reason is not null"), Is.EqualTo("Replayed by Ada."));
        }
    }

    [Test]
    public async Task Those_that_were_parked_meanwhile_come_after_those_that_are_still_to_come(CancellationToken cancellationToken)
    {
        await using var database = await ParkedAsync("acme", 90);
        await database.AskAsync<object>("insert into tickets (helpdesk, number, wanted, outcome) values ('globex', '1', 1, 'parked')");
        var parked = new ParkedTickets(database.Pool);

        await parked.ReplayAllAsync("acme", "Ada", cancellationToken);
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, outcome) select 'acme', 'later ' || n, 1, 'parked' from generate_series(1, 60) n");
        var (count, last) = await parked.ReplayAllAsync(null, "Ada", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(61));
            Assert.That(last, Is.GreaterThan(TimeSpan.FromSeconds(60)));
            Assert.That(
                await database.AskAsync<TimeSpan>("select max(next_at) - min(next_at) from tickets where helpdesk = 'acme'"),
                Is.EqualTo(TimeSpan.FromSeconds(149)), "one a second");
            Assert.That(
                await database.AskAsync<bool>("select bool_or(number like 'later%' and next_at <= (select max(next_at) from tickets where number = '1')) "
                    + "from tickets where helpdesk = 'acme'"), Is.False);
            Assert.That(await database.AskAsync<bool>("select next_at <= now() from tickets where helpdesk = 'globex'"), Is.True);
        }
    }

    [Test]
    public async Task Only_the_named_helpdesks_tickets_come_back(CancellationToken cancellationToken)
    {
        await using var database = await ParkedAsync("acme", 2);

        var (count, _) = await new ParkedTickets(database.Pool).ReplayAllAsync("globex", "Ada", cancellationToken);

        Assert.That((count, await database.AskAsync<long>("select count(*) from tickets where state = 'parked'")), Is.EqualTo((0, 2)));
    }

    private static async Task<TriageDatabase> ParkedAsync(string helpdesk, int count)
    {
        var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, outcome, reason, attempts, failures, tries, changed_at) "
            + $"select '{helpdesk}', n::text, 1, 'parked', 'Refused (422).', 2, 3, 4, now() - interval '1 minute' * n from generate_series(1, {count}) n");
        return database;
    }
}
