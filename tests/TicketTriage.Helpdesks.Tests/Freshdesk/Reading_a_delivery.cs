using System.Text;
using TicketTriage.Helpdesks.Freshdesk;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

public class Reading_a_delivery
{
    private const string Secret = "a long and random secret";

    private const string Ours = """
        {"ticket_id":"42","triggered_event":"{ticket_action:created}","updated_at":"2026-11-25T09:59:58Z"}
        """;

    [TestCase(Ours, "ticket_action")]
    [TestCase("""{"freshdesk_webhook":{"ticket_id":42,"ticket_subject":"\"no\"","triggered_event":"{status:{from:4,to:6}}"}}""", "status")]
    [TestCase("""{"ticket":{"id":"#42","subject":"x"}}""", "automation")]
    [TestCase("""{"TICKET_ID":" 42 ",}""", "automation")]
    [TestCase("\uFEFF{\"ticket_id\":42}", "automation")]
    [TestCase("""{"ticket_id":"42","triggered_event":"Kim Park wrote"}""", "kim")]
    public void Each_form_of_the_body_is_read(string body, string happened)
    {
        var verdict = Read(body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(DeliveryOutcome.Genuine), verdict.Reason);
            Assert.That(verdict.Delivery?.TicketNumber, Is.EqualTo("42"));
            Assert.That(verdict.Delivery?.EventType, Is.EqualTo(happened));
        }
    }

    [TestCase("{\"ticket_id\":\"42\",\"subject\":\"I said \"no\"\nand left\"}")]
    [TestCase("{\"subject\":\"He said \"hi\"\", \"ticket_id\": 42}")]
    [TestCase("{\n  \"ticket_id\": \"#42\",\n  \"event\": {responder_id:{from:1,to:2}}\n}")]
    [TestCase("{\"freshdesk_webhook\":{\"ticket_id\":42,\"ticket_description\":\"line\nline \"quoted\"\"}")]
    public void From_a_body_that_values_have_broken_the_id_is_taken(string body)
    {
        var verdict = Read(body);

        Assert.That(verdict.Delivery?.TicketNumber, Is.EqualTo("42"), verdict.Reason);
    }

    [TestCase("""{"ticket_id":"42","subject":"x","ticket_id":"43"}""", TestName = "A_customers_text_that_is_a_member")]
    [TestCase("{\"ticket_id\":\"42\",\"subject\":\"x\",\n\"ticket_id\":\"43\", \"}", TestName = "A_customers_text_that_breaks_the_json")]
    [TestCase("""{"ticket_id":"42","ticket":{"id":"43"}}""", TestName = "Two_places_that_disagree")]
    public void Two_tickets_are_none(string body)
    {
        var verdict = Read(body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(DeliveryOutcome.Unreadable));
            Assert.That(verdict.Reason, Is.EqualTo("the body names more than one ticket_id; leave texts that customers write out of it"));
        }
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"id":42}""")]
    [TestCase("""{"ticket_id":null}""")]
    [TestCase("""{"ticket_id":"-42"}""")]
    [TestCase("""{"ticket_id":"99999999999999999999"}""")]
    [TestCase("""{"ticket_id":{"value":42}}""")]
    [TestCase("""{"ticket_id":"\ud800"}""")]
    [TestCase("ticket_id=42")]
    [TestCase("{\"subject\":\"my \"old_ticket_id\":42 x\"}")]
    public void A_body_without_an_id_is_unreadable(string body) =>
        Assert.That(Read(body).Outcome, Is.EqualTo(DeliveryOutcome.Unreadable));

    [Test]
    public void A_body_of_garbage_is_unreadable_and_quick()
    {
        var garbage = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"ticket_id\" : \"", 60_000)));

        Assert.That(Reader().Read(Token(Secret), garbage).Outcome, Is.EqualTo(DeliveryOutcome.Unreadable));
    }

    [Test]
    public void Bytes_that_are_no_text_do_not_hide_the_id()
    {
        byte[] body = [.. "{\"ticket_id\":\"42\",\"s\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];

        Assert.That(Reader().Read(Token(Secret), body).Delivery?.TicketNumber, Is.EqualTo("42"));
    }

    [Test]
    public void A_repeat_has_the_key_of_the_first()
    {
        var first = Key(Ours);

        Assert.That(Key(Ours), Is.EqualTo(first));
    }

    [TestCase("2026-11-25T09:59:59Z")]
    [TestCase("Wed, 25 Nov 2026 10:59:58 +0000")]
    public void The_next_event_has_a_key_of_its_own(string time) =>
        Assert.That(Key(Ours.Replace("2026-11-25T09:59:58Z", time, StringComparison.Ordinal)), Is.Not.EqualTo(Key(Ours)));

    [TestCase("""{"ticket_id":"42"}""")]
    [TestCase("""{"ticket_id":"42","updated_at":"Wed, 25 Nov at 10:00 AM"}""")]
    [TestCase("""{"ticket_id":"42","updated_at":"2026-11-25 10:00"}""")]
    [TestCase("""{"ticket_id":"42","created_at":"2026-11-25T09:59:58Z"}""")]
    public void Where_two_events_would_look_alike_each_is_a_new_one(string body)
    {
        var first = Key(body);

        Assert.That(Key(body), Is.Not.EqualTo(first));
    }

    [Test]
    public void The_secret_before_counts_while_the_new_one_is_rolled_out()
    {
        var reader = new FreshdeskWebhookReader(Secret, "the one before", new ManualClock());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.Read(Token("the one before"), Encoding.UTF8.GetBytes(Ours)).Outcome, Is.EqualTo(DeliveryOutcome.Genuine));
            Assert.That(Reader().Read(Token("the one before"), Encoding.UTF8.GetBytes(Ours)).Outcome,
                Is.EqualTo(DeliveryOutcome.NotGenuine));
        }
    }

    [Test]
    public void Without_exactly_one_good_token_nothing_is_read(
        [Values("", "wrong", "a long and random secre", "a long and random secret ", "A long and random secret")] string token)
    {
        Assert.That(Reader().Read(Token(token), Encoding.UTF8.GetBytes(Ours)).Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
    }

    [Test]
    public void A_missing_or_doubled_token_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(Ours);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reader().Read(_ => [], body).Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
            Assert.That(Reader().Read(_ => [Secret, Secret], body).Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
            Assert.That(Reader().Read(_ => [Secret, "other"], body).Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
            Assert.That(Reader().Read(_ => [null], body).Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
        }
    }

    private static DeliveryVerdict Read(string body) => Reader().Read(Token(Secret), Encoding.UTF8.GetBytes(body));

    private static string Key(string body) => Read(body).Delivery?.Key ?? throw new InvalidOperationException("It was not read.");

    private static FreshdeskWebhookReader Reader() => new(Secret, previousSecret: null, new ManualClock());

    private static Func<string, IReadOnlyList<string?>> Token(string token) => name => name == "X-TicketTriage-Token" ? [token] : [];
}
