namespace TicketTriage.Host.Tests.Journey;

/// <summary>The database is that of yesterday, and the helpdesk is not.</summary>
[CancelAfter(120_000)]
internal sealed class A_database_that_was_restored
{
    /// <summary>What a backup from before the ticket's triage knows of it, and a delivery that tells of the ticket again.</summary>
    private const string Forget =
        """
        delete from write_backs;
        delete from triages;
        update tickets set stamp = null, content_hash = null, decided_from = null, outcome = null, done = 0,
                           wanted = wanted + 1, next_at = now();
        select 1
        """;

    [Test]
    public async Task Brings_no_second_note(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        await triage.AskAsync<int>(Forget, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That((record.State, record.WriteBacks.Count), Is.EqualTo(("written", 0)));
            Assert.That(record.Reason, Does.Contain("restored"));
        }
    }

    [Test]
    public async Task Hides_nothing_that_a_customer_says_then(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        await triage.AskAsync<int>(Forget, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        triage.Sandbox.AddComment(ticket.Number, new() { Body = "Please cancel the order, I have bought it elsewhere." });
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        Assert.That((record.State, record.WriteBacks.Count(change => change.State == "applied")), Is.EqualTo(("written", 1)));
    }
}
