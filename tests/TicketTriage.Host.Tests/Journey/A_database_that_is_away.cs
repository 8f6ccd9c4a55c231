using System.Net;
using TicketTriage.Host.Access;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(180_000)]
internal sealed class A_database_that_is_away
{
    [Test]
    public async Task Nothing_is_accepted_meanwhile_and_nothing_accepted_is_lost(CancellationToken cancellationToken)
    {
        await using var cluster = await PostgresForTests.StartOwnClusterAsync();
        var database = await cluster.Databases.CreateAsync();
        var setUp = new TriageSetUp { ConnectionString = database.ConnectionString };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, setUp);
        var accepted = Enumerable.Range(0, 20).Select(_ => triage.AddUnheard(Mail.LateOrder).Number).ToList();
        var refused = triage.AddUnheard(Mail.WrongInvoice).Number;
        await Task.WhenAll(accepted.Select(number => triage.TellOfAsync(number, cancellationToken)));

        await cluster.StopAsync(immediately: true);
        var delivery = SignedDelivery.OfTicket(refused);
        using var answer = await triage.DeliverAsync(delivery, cancellationToken);
        using var ready = await triage.Http.GetAsync("health/ready", cancellationToken);
        var why = await ready.Content.ReadAsStringAsync(cancellationToken);
        using var live = await triage.Http.GetAsync("health/live", cancellationToken);
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));
        var metrics = await ops.GetStringAsync("metrics", cancellationToken);
        await cluster.StartAgainAsync();
        await Eventually.GetAsync(() => IsAcceptedAsync(triage, delivery, cancellationToken), isAccepted => isAccepted, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.Headers.RetryAfter?.Delta?.TotalSeconds, Is.GreaterThan(0).And.LessThan(60), "Zendesk's limit");
            Assert.That((ready.StatusCode, live.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
            Assert.That(why, Is.EqualTo("process: ok\ndatabase: away, it can't be reached\nintake: The database does not take deliveries just now.\n"));
            Assert.That(metrics, Does.Contain("tickettriage_database_up 0\n").And.Contain("tickettriage_deliveries_total{"), "the rest is told");
            Assert.That(metrics, Does.Not.Contain("tickettriage_queue_waiting"), "nobody knows");
            Assert.That(
                triage.Sandbox.Journal.ApiChanges.Select(change => change.Ticket), Is.EquivalentTo(accepted.Append(refused)), "each once");
            foreach (var number in accepted.Append(refused))
            {
                Assert.That((await triage.GetRecordAsync(number, cancellationToken)).State, Is.EqualTo("written"), $"ticket {number}");
            }
        }
    }

    private static async Task<bool> IsAcceptedAsync(TriageUnderTest triage, SignedDelivery delivery, CancellationToken cancellationToken)
    {
        using var answer = await triage.DeliverAsync(delivery, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Accepted;
    }
}
