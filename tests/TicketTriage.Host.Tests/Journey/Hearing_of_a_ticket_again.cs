using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Hearing_of_a_ticket_again
{
    [Test]
    public async Task What_the_customer_adds_is_triaged_and_what_an_agent_answers_is_not(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var first = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        triage.Sandbox.AddComment(first.Number, new()
        {
            Body = "The parcel came today, and both stools are broken! This is outrageous. I want my money back for the damaged goods.",
        });
        await triage.WhenQuietAsync(cancellationToken);
        var second = triage.Sandbox.GetTicket(first.Number);
        triage.Sandbox.EditAsPerson(
            first.Number, new() { Comment = new() { Body = "Hello Tom, we are sorry and will refund both stools." } });
        await triage.WhenQuietAsync(cancellationToken);

        var notes = triage.Sandbox.ListComments(first.Number).Count(message => !message.IsPublic);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(2));
            Assert.That(notes, Is.EqualTo(2));
            Assert.That(second.Tags, Is.Not.EquivalentTo(first.Tags));
            Assert.That(second.Tags, Has.Exactly(4).StartsWith("triage_"));
            Assert.That(second.Tags, Has.Member("triage_sentiment_negative"));
            Assert.That((await triage.GetRecordAsync(first.Number, cancellationToken)).State, Is.EqualTo("written"));
        }
    }

    /// <summary>Our note is in the thread by then; a colleague's is too, and stays.</summary>
    [Test]
    public async Task What_this_service_said_of_a_ticket_is_no_part_of_it_when_it_is_read_again(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var first = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        triage.Sandbox.EditAsPerson(first.Number, new() { Comment = new() { Body = "The carrier has lost it.", IsPublic = false } });
        triage.Sandbox.AddComment(first.Number, new() { Body = "The parcel came today, and both stools are broken!" });
        await triage.WhenQuietAsync(cancellationToken);

        var read = await triage.AskAsync<string>(
            "select string_agg(conversation ->> 'messages', ' ' order by decided_at) from triages", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.ListComments(first.Number).Count(message => message.Html.Contains("TicketTriage ·", StringComparison.Ordinal)), Is.EqualTo(2));
            Assert.That(read, Does.Contain("both stools are broken").And.Contain("The carrier has lost it.").And.Not.Contain("TicketTriage"));
        }
    }

    [Test]
    public async Task Ten_events_at_once_are_one_triage(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = triage.AddUnheard(Mail.WrongInvoice);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => triage.TellOfAsync(ticket.Number, cancellationToken)));
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.Deliveries.Count(delivery => delivery.Event == SignedDelivery.EventType), Is.GreaterThanOrEqualTo(10));
            Assert.That(record.WriteBacks, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_repeated_delivery_does_nothing(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = triage.AddUnheard(Mail.WrongInvoice);
        var delivery = SignedDelivery.OfTicket(ticket.Number);
        using var first = await triage.DeliverAsync(delivery, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);
        var reads = Reads(triage);

        using var again = await triage.DeliverAsync(delivery, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)first.StatusCode, (int)again.StatusCode), Is.EqualTo((202, 202)));
            Assert.That(Reads(triage), Is.EqualTo(reads));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Webhooks_doubled_and_out_of_order_are_one_triage(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Webhooks = new WebhookPlan { DoubledShare = 1, ShuffledWithin = TimeSpan.FromMilliseconds(200) };

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var sent = triage.Sandbox.Journal.Deliveries;
        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Has.Count.EqualTo(2 * record.Deliveries.Count));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_trigger_tells_of_tickets_as_well(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { WebhookKind = WebhookKind.Trigger });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(record.Deliveries.Select(delivery => delivery.Event), Is.EqualTo(new[] { "trigger", "trigger" }));
            Assert.That(Reads(triage), Is.EqualTo(1), "the trigger of its own change starts nothing");
        }
    }

    private static long Reads(TriageUnderTest triage) => triage.Sandbox.Journal.CallsByEndpoint["GET /api/v2/tickets/{id}"];
}
