using System.Text;
using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Helpdesks.Tests.Webhooks;

public class Reading_a_delivery
{
    private const string Event = """
        {"account_id":22,"detail":{"actor_id":"77","assignee_id":null,"custom":{"id":"999"},
        "description":"Half an emoji \ud83d and a \u0000",
        "id":"5158","status":"OPEN","tags":["a","b"],"via":{"channel":"web_service"}},"event":{"comment":{"id":"98","body":"Hi"}},
        "id":"cbe4028c-7239-495d-b020-f22348516046","subject":"zen:ticket:5158","time":"2026-11-25T09:59:59.672717030Z",
        "type":"zen:event-type:ticket.created","zendesk_event_version":"2022-11-06"}
        """;

    [Test]
    public void An_event_tells_its_ticket_its_actor_and_its_own_id() =>
        Assert.That(Delivery.Signed(Event).Read().Delivery, Is.EqualTo(new IncomingDelivery(
            "event:cbe4028c-7239-495d-b020-f22348516046", "5158", "zen:event-type:ticket.created", "77")));

    [Test]
    public void An_event_is_the_same_event_whenever_it_comes() =>
        Assert.That(Delivery.Signed(Event, timestamp: "2026-11-25T10:01:00Z").Read().Delivery?.Key,
            Is.EqualTo(Delivery.Signed(Event).Read().Delivery?.Key));

    [Test]
    public void Words_are_read_in_capitals_and_ids_as_numbers()
    {
        const string Body =
            """{"type":"ZEN:Event-Type:Ticket.Comment_Added","id":"E1","subject":"ZEN:Ticket:42","detail":{"id":42,"actor_id":-1}}""";

        var delivery = Delivery.Signed(Body).Read().Delivery;

        Assert.That(delivery, Is.EqualTo(new IncomingDelivery("event:E1", "42", "zen:event-type:ticket.comment_added", "-1")));
    }

    [TestCase("zen:event-type:user.created")]
    [TestCase("zen:event-type:organization.deleted")]
    [TestCase("zen:event-type:ticketing.renamed")]
    public void An_event_about_anything_else_is_of_no_concern(string type)
    {
        var verdict = Delivery.Signed($$$"""{"type":"{{{type}}}","id":"E1","subject":"zen:user:9","detail":{"id":"9"}}""").Read();

        Assert.That(verdict.Outcome, Is.EqualTo(DeliveryOutcome.OfNoConcern));
    }

    [TestCase("\"subject\":\"zen:ticket:5158\"", "\"subject\":\"zen:ticket:5159\"")]
    [TestCase("\"subject\":\"zen:ticket:5158\"", "\"subject\":\"zen:ticket:\"")]
    [TestCase("\"subject\":\"zen:ticket:5158\"", "\"subject\":\"zen:ticket:05158\"")]
    [TestCase("\"subject\":\"zen:ticket:5158\"", "\"subject\":\"zen:user:5158\"")]
    [TestCase("\"subject\":\"zen:ticket:5158\"", "\"subject\":null")]
    [TestCase("\"subject\":\"zen:ticket:5158\",", "")]
    [TestCase("\"id\":\"5158\"", "\"id\":\"5159\"")]
    [TestCase("\"id\":\"5158\"", "\"id\":null")]
    [TestCase("\"id\":\"5158\"", "\"id\":{\"id\":\"5158\"}")]
    [TestCase("\"id\":\"5158\"", "\"id\":\"515\\u0038\"")]
    [TestCase("\"id\":\"5158\"", "\"id\":\"5158\",\"id\":\"5158\"")]
    [TestCase("\"id\":\"cbe", "\"id\":\"x\",\"id\":\"cbe")]
    [TestCase("\"id\":\"cbe4028c-7239-495d-b020-f22348516046\"", "\"id\":\"\"")]
    [TestCase("\"id\":\"cbe4028c-7239-495d-b020-f22348516046\"", "\"id\":[]")]
    [TestCase("\"id\":\"cbe4028c-7239-495d-b020-f22348516046\"", "\"id\":\"\\ud800\"")]
    [TestCase("\"type\":\"zen:event-type:ticket.created\"", "\"type\":null")]
    [TestCase("\"type\":\"zen:event-type:ticket.created\"", "\"type\":\"\\ud800\"")]
    [TestCase("\"account_id\":22", "\"ticket_id\":\"5158\"")]
    [TestCase("\"account_id\":22", "\"detail\":{\"id\":\"5159\"}")]
    public void An_event_whose_ids_do_not_agree_is_unreadable(string part, string changed)
    {
        var body = Event.Replace(part, changed);
        Assert.That(body, Is.Not.EqualTo(Event));

        AssertUnreadable(Encoding.UTF8.GetBytes(body));
    }

    [Test]
    public void A_trigger_tells_the_ticket_and_who_pulled_it()
    {
        var delivery = Delivery.Signed(Delivery.TriggerBody).Read().Delivery;

        Assert.That(delivery, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.TicketNumber, Is.EqualTo("5158"));
            Assert.That(delivery.EventType, Is.EqualTo("trigger"));
            Assert.That(delivery.ActorId, Is.EqualTo("77"));
            Assert.That(delivery.Key, Does.Match("^body:[0-9a-f]{64}$"));
        }
    }

    [Test]
    public void A_trigger_is_known_again_by_what_was_signed()
    {
        var key = Delivery.Signed(Delivery.TriggerBody).Read().Delivery?.Key;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Delivery.Signed(Delivery.TriggerBody).Read().Delivery?.Key, Is.EqualTo(key));
            Assert.That(Delivery.Signed(Delivery.TriggerBody, "old").Read("old").Delivery?.Key, Is.EqualTo(key), "whoever signed it");
            Assert.That(Delivery.Signed(Delivery.TriggerBody, timestamp: "2026-11-25T10:00:01Z").Read().Delivery?.Key, Is.Not.EqualTo(key));
            Assert.That(Delivery.Signed(Delivery.TriggerBody.Replace("77", "78")).Read().Delivery?.Key, Is.Not.EqualTo(key));
        }
    }

    [TestCase("""{"ticket_id":5158}""")]
    [TestCase("""{"ticket_id":"5158","actor_id":""}""")]
    [TestCase("""{"ticket_id":"5158","actor_id":null,"subject":"Says \"hello\"\n","type":["incident"],"id":{},"detail":"none"}""")]
    [TestCase("""{"more":[1,{"ticket_id":"9"}],"ticket_id":"5158"}""")]
    [TestCase("""  {"ticket_id":"5158"}  """)]
    public void A_trigger_may_say_more_or_less(string body) =>
        Assert.That(Delivery.Signed(body).Read().Delivery, Has.Property("TicketNumber").EqualTo("5158").And.Property("ActorId").Null);

    [TestCase("\"\"")]
    [TestCase("\"0\"")]
    [TestCase("\"007\"")]
    [TestCase("\"-1\"")]
    [TestCase("\"+1\"")]
    [TestCase("\" 1\"")]
    [TestCase("\"12a\"")]
    [TestCase("\"１２\"")]
    [TestCase("\"9223372036854775808\"")]
    [TestCase("12345678901234567890")]
    [TestCase("1e3")]
    [TestCase("1.0")]
    [TestCase("-5")]
    [TestCase("true")]
    [TestCase("null")]
    [TestCase("[5]")]
    [TestCase("{}")]
    [TestCase("\"{{ticket.id}}\"")]
    public void A_ticket_that_is_no_number_is_unreadable(string id) =>
        AssertUnreadable(Encoding.UTF8.GetBytes($$"""{"ticket_id":{{id}}}"""));

    [Test]
    public void The_largest_number_is_read() =>
        Assert.That(
            Delivery.Signed("""{"ticket_id":"9223372036854775807"}""").Read().Delivery?.TicketNumber, Is.EqualTo("9223372036854775807"));

    [TestCase("", TestName = "Empty")]
    [TestCase(" ", TestName = "Blank")]
    [TestCase("null", TestName = "Null")]
    [TestCase("5158", TestName = "A number")]
    [TestCase("[{\"ticket_id\":\"5158\"}]", TestName = "A list")]
    [TestCase("{}", TestName = "An empty object")]
    [TestCase("{\"ticket_id\":\"5158\"", TestName = "Cut off")]
    [TestCase("{\"ticket_id\":\"5158\"}{}", TestName = "Two objects")]
    [TestCase("{\"ticket_id\":\"5158\"} x", TestName = "Something behind it")]
    [TestCase("{\"ticket_id\":\"5158\",}", TestName = "A comma too many")]
    [TestCase("{\"ticket_id\":\"1\",\"ticket_id\":\"2\"}", TestName = "Two tickets")]
    [TestCase("{\"ticket_id\":\"1\",\"ticket\\u005fid\":\"2\"}", TestName = "Two tickets, one in disguise")]
    [TestCase("\uFEFF{\"ticket_id\":\"5158\"}", TestName = "A byte order mark")]
    [TestCase("{\"ticket_id\":\"5158\0\"}", TestName = "NUL")]
    [TestCase("ticket_id=5158", TestName = "A form")]
    [TestCase("<ticket id='5158'/>", TestName = "XML")]
    public void A_body_of_another_kind_is_unreadable(string body) => AssertUnreadable(Encoding.UTF8.GetBytes(body));

    [Test]
    public void Bytes_that_are_no_text_are_unreadable()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertUnreadable([.. "{\"ticket_id\":\"5158\",\"text\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);
            AssertUnreadable([.. "{\"ticket_id\":\"5158\",\"text\":\""u8, 0xFF, .. "\"}"u8]);
            AssertUnreadable([0x1F, 0x8B, 0x08, 0x00]);
        }
    }

    [TestCase("[")]
    [TestCase("{\"a\":")]
    public void Ten_thousand_levels_are_unreadable(string opening)
    {
        var levels = string.Concat(Enumerable.Repeat(opening, 10_000));

        using (Assert.EnterMultipleScope())
        {
            AssertUnreadable(Encoding.UTF8.GetBytes(levels));
            AssertUnreadable(Encoding.UTF8.GetBytes("{\"ticket_id\":\"5158\",\"deep\":" + levels));
        }
    }

    [Test]
    public void A_megabyte_of_text_beside_the_ticket_is_read() =>
        Assert.That(
            Delivery.Signed($$"""{"ticket_id":"5158","text":"{{new string('x', 1_000_000)}}"}""").Read().Delivery?.TicketNumber,
            Is.EqualTo("5158"));

    [Test]
    public void Any_body_gets_a_verdict([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var body = Encoding.UTF8.GetBytes(Event);
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var verdict = Delivery.Signed(body[..random.Next(body.Length + 1)]).Read();
            Assert.That(verdict.Delivery is not null, Is.EqualTo(verdict.Outcome == DeliveryOutcome.Genuine));
        }
    }

    private static void AssertUnreadable(byte[] body)
    {
        var verdict = Delivery.Signed(body).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(DeliveryOutcome.Unreadable));
            Assert.That(verdict.Reason, Is.Not.Empty);
            Assert.That(verdict.Delivery, Is.Null);
        }
    }
}
