using Microsoft.Extensions.Options;
using TicketTriage.Storage;
using TicketTriage.Testing;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

[CancelAfter(60_000)]
public sealed class Saying_what_a_note_was_worth
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Of_twenty_at_once_one_counts(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var triage = await AddAsync(database, "orders/late");
        var ledger = new FeedbackLedger(database.Pool);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => ledger.GiveAsync(triage, number % 2 == 0, Now, cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes.Count(outcome => outcome == FeedbackOutcome.Counted), Is.EqualTo(1));
            Assert.That(outcomes.Count(outcome => outcome == FeedbackOutcome.GivenBefore), Is.EqualTo(19));
            Assert.That((await ledger.CountAsync(Now, cancellationToken)).Sum(count => count.Useful + count.NotUseful), Is.EqualTo(1));
            Assert.That(await ledger.IsGivenAsync(triage, cancellationToken), Is.True);
        }
    }

    [Test]
    public async Task It_is_counted_by_intent(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new FeedbackLedger(database.Pool);
        foreach (var (intent, isUseful, at) in ((string, bool, DateTimeOffset)[])
            [("orders/late", true, Now), ("orders/late", false, Now), ("orders/late", true, Now), ("billing/refund", false, Now), ("billing/refund", true, Now.AddDays(-9))])
        {
            await ledger.GiveAsync(await AddAsync(database, intent), isUseful, at, cancellationToken);
        }

        Assert.That(
            await ledger.CountAsync(Now.AddDays(-1), cancellationToken),
            Is.EqualTo((IntentFeedback[])[new("orders/late", 2, 1), new("billing/refund", 0, 1)]));
    }

    [Test]
    public async Task A_note_that_was_never_written_is_not_counted(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new FeedbackLedger(database.Pool);

        Assert.That(await ledger.GiveAsync(Guid.CreateVersion7(Now), true, Now, cancellationToken), Is.EqualTo(FeedbackOutcome.UnknownNote));
    }

    [Test]
    public async Task A_link_says_one_thing_of_one_note_and_cannot_be_changed(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (here, elsewhere) = (Links(database), Links(database));
        var triage = Guid.CreateVersion7(Now);
        var yes = await here.TokenOfAsync(triage, isUseful: true, cancellationToken);
        var no = await here.TokenOfAsync(triage, isUseful: false, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await elsewhere.ReadAsync(yes, cancellationToken), Is.EqualTo((triage, true)), "every process has the key");
            Assert.That(await here.ReadAsync(no, cancellationToken), Is.EqualTo((triage, false)));
            // The last letter has bits that mean nothing.
            for (var at = 0; at < yes.Length - 1; at++)
            {
                var other = yes[..at] + (yes[at] == 'A' ? 'B' : 'A') + yes[(at + 1)..];
                Assert.That(await here.ReadAsync(other, cancellationToken), Is.Null, $"letter {at} changed");
            }

            foreach (var odd in (string[])["", "x", "../..", yes[..^4], yes + "AAAA", no[..23] + yes[23..]])
            {
                Assert.That(await here.ReadAsync(odd, cancellationToken), Is.Null, odd);
            }
        }
    }

    [TestCase("https://triage.example.com", "https://triage.example.com/feedback/")]
    [TestCase("https://example.com/triage", "https://example.com/triage/feedback/")]
    public async Task A_link_leads_to_the_services_address(string address, string begin)
    {
        await using var database = await TriageDatabase.CreateAsync();

        var links = await Links(database, address).CreateAsync(Guid.CreateVersion7(Now), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(links?.Useful.AbsoluteUri, Does.StartWith(begin));
            Assert.That(links?.NotUseful.AbsoluteUri, Does.StartWith(begin).And.Not.EqualTo(links?.Useful.AbsoluteUri));
            Assert.That(await Links(database).CreateAsync(Guid.CreateVersion7(Now), CancellationToken.None), Is.Null);
        }
    }

    private static FeedbackLinks Links(TriageDatabase database, string? address = null) => new(
        new SigningKeys(database.Pool, new SecretBox(Options.Create(new SecretsOptions()))), Options.Create(new WriteBackOptions { PublicUrl = address is null ? null : new Uri(address) }));

    private static async Task<Guid> AddAsync(TriageDatabase database, string intent)
    {
        var id = Guid.CreateVersion7(Now);
        await database.AskAsync<object>(
            $$$"""
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            values ('{{{id}}}', 'acme', '7', now(), '', '', '{}', '{"intent":{"value":"{{{intent}}}"}}', '{}', '{}', '{}', '{}')
            """);
        return id;
    }
}
