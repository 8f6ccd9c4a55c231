using System.Net;
using TicketTriage.Helpdesks.Zendesk;

namespace TicketTriage.Host.Tests.Webhooks;

[CancelAfter(120_000)]
internal sealed class The_webhook_door
{
    private const string EveryDelivery = "select count(*) from deliveries";

    private static readonly TriageSetUp WebOnly = new() { Role = Role.Web };

    [Test]
    public async Task Lets_in_only_what_the_helpdesk_has_signed_just_now(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WebOnly);
        var genuine = SignedDelivery.OfTicket(7);
        var now = genuine.SignedAt;
        var signature = ZendeskSignature.Sign(genuine.Secret, $"{now:yyyy-MM-ddTHH:mm:ssZ}", []);
        string[] doubled =
        [
            $"{ZendeskSignature.TimestampHeader}: {now:yyyy-MM-ddTHH:mm:ssZ}", $"{ZendeskSignature.Header}: {signature}",
            $"{ZendeskSignature.Header}: {signature}", "Content-Length: 0",
        ];

        var refusals = new Dictionary<string, int>
        {
            ["signed with another secret"] = await StatusAsync(triage, genuine with { Secret = "another-secret" }, cancellationToken),
            ["not signed"] = await StatusAsync(triage, genuine with { Signatures = 0 }, cancellationToken),
            ["signed twice in one line"] = await StatusAsync(triage, genuine with { Signatures = 2 }, cancellationToken),
            ["signed twice in two lines"] = await RawRequest.PostAsync(Door(triage), doubled, cancellationToken),
            ["signed an hour ago"] = await StatusAsync(triage, genuine with { SignedAt = now.AddHours(-1) }, cancellationToken),
            ["signed in an hour"] = await StatusAsync(triage, genuine with { SignedAt = now.AddHours(1) }, cancellationToken),
        };

        var stored = await triage.AskAsync<long>(EveryDelivery, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (why, status) in refusals)
            {
                Assert.That(status, Is.EqualTo(401), why);
            }

            Assert.That(stored, Is.Zero);
            Assert.That(await StatusAsync(triage, genuine, cancellationToken), Is.EqualTo(202), "the genuine one itself");
        }
    }

    [Test]
    public async Task Refuses_what_it_cannot_read_as_a_bad_request(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WebOnly);
        var deep = string.Concat(Enumerable.Repeat("{\"detail\":", 10_000)) + "1" + new string('}', 10_000);

        var refusals = new Dictionary<string, int>
        {
            ["not JSON"] = await StatusAsync(triage, new("subject=zen:ticket:7"), cancellationToken),
            ["cut off"] = await StatusAsync(triage, new(SignedDelivery.OfTicket(7).Body[..^9]), cancellationToken),
            ["nested 10,000 deep"] = await StatusAsync(triage, new(deep), cancellationToken),
            ["empty"] = await StatusAsync(triage, new(""), cancellationToken),
            ["another ticket in the subject"] = await StatusAsync(triage, SignedDelivery.OfTicket(7, subject: 8), cancellationToken),
        };

        using (Assert.EnterMultipleScope())
        {
            foreach (var (why, status) in refusals)
            {
                Assert.That(status, Is.EqualTo(400), why);
            }

            Assert.That(await triage.AskAsync<long>(EveryDelivery, cancellationToken), Is.Zero);
        }
    }

    [Test]
    public async Task Answers_a_body_over_a_mebibyte_before_it_has_come(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WebOnly);
        var largest = SignedDelivery.OfTicket(7).Body;
        largest += new string(' ', (1024 * 1024) - largest.Length);

        var announced = await RawRequest.PostAsync(Door(triage), ["Content-Length: 2000000000"], cancellationToken);
        var (chunked, sent) = await RawRequest.PostWithoutEndAsync(Door(triage), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(announced, Is.EqualTo(413));
            Assert.That(chunked, Is.EqualTo(413));
            Assert.That(sent, Is.LessThan(64 * 1024 * 1024), "it was answered on the way");
            Assert.That(await StatusAsync(triage, new(largest), cancellationToken), Is.EqualTo(202), "exactly a mebibyte");
            Assert.That(await StatusAsync(triage, new(largest + " "), cancellationToken), Is.EqualTo(413), "a byte more");
        }
    }

    [Test]
    public async Task Knows_the_configured_helpdesks_and_both_secrets_while_one_is_rolled(CancellationToken cancellationToken)
    {
        var rolled = new Dictionary<string, string?> { ["Helpdesks:acme:PreviousWebhookSecret"] = "the-secret-before" };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WebOnly with { Settings = rolled });
        var delivery = SignedDelivery.OfTicket(7);

        using var elsewhere = delivery.ToRequest("globex");
        using var unknown = await triage.Http.SendAsync(elsewhere, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(unknown.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(await StatusAsync(triage, delivery with { Secret = "the-secret-before" }, cancellationToken), Is.EqualTo(202));
            Assert.That(await StatusAsync(triage, delivery, cancellationToken), Is.EqualTo(202));
        }
    }

    [Test]
    public async Task Stores_a_delivery_once_however_often_it_comes_at_once(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, WebOnly);
        var delivery = SignedDelivery.OfTicket(7);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => StatusAsync(triage, delivery, cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            // A store that can't keep up on a busy machine says so; it never says 202 to what it doesn't have.
            Assert.That(statuses, Has.All.EqualTo(202).Or.EqualTo(503));
            Assert.That(statuses, Has.Some.EqualTo(202));
            Assert.That(await triage.AskAsync<long>(EveryDelivery, cancellationToken), Is.EqualTo(1));
            Assert.That(await triage.AskAsync<long>("select wanted from tickets", cancellationToken), Is.EqualTo(1));
        }
    }

    private static async Task<int> StatusAsync(TriageUnderTest triage, SignedDelivery delivery, CancellationToken cancellationToken)
    {
        using var answer = await triage.DeliverAsync(delivery, cancellationToken);
        return (int)answer.StatusCode;
    }

    private static Uri Door(TriageUnderTest triage) => new($"{triage.Http.BaseAddress}webhooks/{TriageUnderTest.Helpdesk}");
}
