namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(180_000)]
internal sealed class Several_processes
{
    [Test]
    public async Task Share_one_database_and_change_each_ticket_once(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var web = await triage.StartAnotherAsync(Role.Web, cancellationToken);
        await triage.StartAnotherAsync(Role.Worker, cancellationToken);
        await triage.StartAnotherAsync(Role.Worker, cancellationToken);
        var tickets = Enumerable.Range(0, 40).Select(_ => triage.AddUnheard(Mail.LateOrder).Number).ToList();

        // Each ticket is told of three times, through both doors.
        await Task.WhenAll(tickets.Select(number => triage.TellOfAsync(number, cancellationToken)));
        foreach (var number in tickets)
        {
            foreach (var delivery in new[] { SignedDelivery.OfTicket(number), SignedDelivery.OfTicket(number) })
            {
                using var request = delivery.ToRequest(TriageUnderTest.Helpdesk);
                using var answer = await web.SendAsync(request, cancellationToken);
                answer.EnsureSuccessStatusCode();
            }
        }

        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges.Select(change => change.Ticket), Is.EquivalentTo(tickets));
            Assert.That(
                await triage.AskAsync<long>("select count(*) from tickets where state = 'written' and done = wanted", cancellationToken), Is.EqualTo(40));
        }
    }
}
