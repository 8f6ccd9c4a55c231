using System.Net;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Api;

[CancelAfter(120_000)]
internal sealed class Ticket_records
{
    [Test]
    public async Task A_record_says_what_came_in_what_was_decided_and_why_and_what_was_written(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);

        var decided = record.Decided;
        FindingAnswer[] found = [decided.Intent, decided.Priority, decided.Sentiment, decided.Language];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(found.Append(decided.Product).Select(finding => finding.Confidence), Is.All.InRange(0, 1));
            Assert.That(found.Select(finding => finding.Reasons), Is.All.Not.Empty);
            Assert.That(decided.Intent.Value, Is.EqualTo("orders/late"));
            Assert.That(decided.Priority.Value, Is.EqualTo(ticket.Priority).IgnoreCase);
            Assert.That(decided.Language.Value, Is.EqualTo("en"));
            Assert.That(decided.Summary, Is.Not.Empty);
            Assert.That(decided.Route.Group, Is.EqualTo("Orders"));
            Assert.That(decided.Route.Reasons, Is.Not.Empty);
            Assert.That(decided.Draft.Text, Does.StartWith("Hello [PERSON_1]"));
            Assert.That(record.Versions?.Provider, Is.EqualTo("local"));
            Assert.That(record.Versions?.Taxonomy, Is.Not.Empty);
            Assert.That(record.Deliveries.Select(delivery => delivery.Event), Has.One.EqualTo("zen:event-type:ticket.created"));
            Assert.That(record.WriteBacks.Select(change => (change.Triage, change.State)), Is.EqualTo(new[] { (decided.Id, "applied") }));
        }
    }

    [Test]
    public async Task A_record_says_what_the_ticket_tells_how_the_customer_feels_and_what_may_not_be_automated(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(
            new NewTicket
            {
                Subject = "Refund",
                Body = "I sent order 100482 back three weeks ago and still wait for my refund. Please refund the money. I am very disappointed.",
                RequesterName = "Tom Hadley",
                RequesterEmail = "tom@example.com",
            },
            cancellationToken);

        var decided = (await triage.GetRecordAsync(ticket.Number, cancellationToken)).Decided;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((decided.Intent.Value, decided.Risk), Is.EqualTo(("billing/refund", "high")));
            Assert.That(decided.Mood?.Strength, Is.InRange(0.2, 1));
            Assert.That(decided.Fields, Is.EqualTo(new Dictionary<string, string> { ["order_number"] = "100482" }));
            Assert.That(ticket.Tags, Does.Contain("triage_risk_high"));
        }
    }

    [TestCase("api/tickets/acme/4711")]
    [TestCase("api/tickets/globex/1")]
    public async Task A_ticket_that_was_never_heard_of_has_none(string path, CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { Role = Role.Web });

        using var answer = await triage.Agent.GetAsync(path, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        }
    }

    [Test]
    public async Task A_record_is_shown_to_those_who_have_a_key_for_it(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AskAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await AskAsync("some-key-that-nobody-gave"), Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await AskAsync(TriageUnderTest.KeyOf(Roles.Ops)), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await AskAsync(TriageUnderTest.KeyOf(Roles.Agent)), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await AskAsync(TriageUnderTest.KeyOf(Roles.Lead)), Is.EqualTo(HttpStatusCode.OK));
        }

        async Task<HttpStatusCode> AskAsync(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/tickets/acme/1");
            request.Headers.Authorization = key is null ? null : new("Bearer", key);
            using var answer = await triage.Http.SendAsync(request, cancellationToken);
            return answer.StatusCode;
        }
    }
}
