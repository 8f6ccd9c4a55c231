using System.Globalization;
using System.Text.Json;
using TicketTriage.Escalations;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>What people read, by mail and in a chat.</summary>
public sealed class Wording_a_message
{
    /// <summary>Below what Teams takes, with some to spare; Slack takes more.</summary>
    private const int MostBytesOfChat = 25_000;

    private static readonly Uri Link = new("https://triage.acme.example/acknowledge/abc");
    private static readonly Uri Teams = new("https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke");
    private static readonly Uri Slack = new("https://hooks.slack.com/services/T1/B2/x");

    [TestCase("en")]
    [TestCase("de")]
    public void A_chat_of_a_thousand_tickets_keeps_to_its_room_and_says_how_many_are_left(string language)
    {
        var message = Message([.. Enumerable.Range(1, 1_000).Select(i => Line(i))]);

        var text = MessageWriter.Write(message, Link, language, ChatSender.Room);

        var listed = Listed(text).Count;
        var rest = text.Body.Split('\n').Single(line => line.EndsWith($": {Link}", StringComparison.Ordinal)).Split(' ')[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed + int.Parse(rest, CultureInfo.InvariantCulture), Is.EqualTo(1_000));
            Assert.That(listed, Is.GreaterThan(50));
            Assert.That(ChatSender.Write(Teams, text), Has.Length.InRange(10_000, MostBytesOfChat));
            Assert.That(ChatSender.Write(Slack, text), Has.Length.LessThan(MostBytesOfChat));
        }
    }

    [Test]
    public void A_mail_of_a_thousand_tickets_says_first_what_there_is_to_do_and_lists_them_all()
    {
        var message = Message([.. Enumerable.Range(1, 1_000).Select(i => Line(i, cause: i <= 600 ? "first_reply" : "resolution"))]);

        var text = MessageWriter.Write(message, Link, "en");

        var lines = text.Body.Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Subject, Does.StartWith("1000 tickets need somebody"));
            Assert.That(
                lines.Take(6), Is.EqualTo(["600 × the first reply is at risk", "400 × the solution is at risk", "", "I have it:", $"{Link}", ""]));
            Assert.That(Listed(text), Is.EquivalentTo(Enumerable.Range(1, 1_000).Select(i => $"{i}")));
            Assert.That(lines.Select(line => line.Length), Is.All.LessThan(140), "a line of a list is one glance");
        }
    }

    [Test]
    public void A_few_tickets_have_their_reasons_told_and_the_link_below()
    {
        var text = MessageWriter.Write(Message([Line(1), Line(2)]), Link, "en");

        Assert.That(text.Body, Does.StartWith("- 1 (acme), high, billing/refund: the first reply is at risk").And.Contain("It is late.").And.Contain($"{Link}"));
    }

    [Test]
    public void What_has_one_cause_stands_together_and_first()
    {
        var text = MessageWriter.Write(
            Message([Line(1), Line(2, "problem 7"), Line(3), Line(4, "outage of web-shop"), Line(5, "problem 7")]), Link, "en");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                text.Body.Split('\n').Where(line => line.StartsWith("One cause", StringComparison.Ordinal)),
                Is.EqualTo(["One cause: problem 7 (2)", "One cause: outage of web-shop (1)"]));
            Assert.That(Listed(text), Is.EqualTo(["2", "5", "4", "1", "3"]));
            Assert.That(text.Subject, Does.StartWith("5 tickets need somebody"));
        }
    }

    [Test]
    public void A_message_of_one_cause_is_named_by_it() => Assert.That(
        MessageWriter.Write(Message([Line(1, "outage of web-shop"), Line(2, "outage of web-shop")]), Link, "en").Subject,
        Does.StartWith("One cause: outage of web-shop. 2 tickets need somebody ["));

    [TestCase("https://acme.webhook.office.com/webhookb2/1", true)]
    [TestCase("https://default1.2.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1", true)]
    [TestCase("https://hooks.slack.com/services/T1/B2/x", false)]
    [TestCase("https://chat.acme.example/hooks/logic.azure.com", false)]
    public void Teams_is_known_by_its_address(string address, bool isTeams) => Assert.That(TeamsCard.IsFor(new Uri(address)), Is.EqualTo(isTeams));

    [Test]
    public void Teams_gets_a_card_with_a_block_for_each_line_and_a_button()
    {
        var text = MessageWriter.Write(Message([Line(1), Line(2)]), Link, "en");

        using var post = JsonDocument.Parse(ChatSender.Write(Teams, text));
        var attachment = post.RootElement.GetProperty("attachments")[0];
        var card = attachment.GetProperty("content");
        var blocks = card.GetProperty("body").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{post.RootElement.GetProperty("type")}", Is.EqualTo("message"));
            Assert.That($"{attachment.GetProperty("contentType")}", Is.EqualTo("application/vnd.microsoft.card.adaptive"));
            Assert.That($"{card.GetProperty("type")} {card.GetProperty("version")}", Is.EqualTo("AdaptiveCard 1.4"));
            Assert.That(blocks.Select(block => $"{block.GetProperty("type")} {block.GetProperty("wrap")}"), Is.All.EqualTo("TextBlock True"));
            Assert.That($"{blocks[0].GetProperty("text")}", Is.EqualTo(text.Subject));
            Assert.That(blocks.Count(block => $"{block.GetProperty("text")}".StartsWith("- ", StringComparison.Ordinal)), Is.EqualTo(2));
            Assert.That($"{card.GetProperty("actions")[0].GetProperty("url")}", Is.EqualTo($"{Link}"));
        }
    }

    /// <summary>The tickets of its list, in their order.</summary>
    private static List<string> Listed(MessageText text) =>
        [.. text.Body.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

    private static EscalationMessage Message(IReadOnlyList<MessageLine> lines) => new(Guid.Empty, NoticeChannel.Mail, "lead", lines);

    private static MessageLine Line(int number, string? bundle = null, string cause = "first_reply") => new()
    {
        Notice = Guid.Empty,
        Escalation = Guid.Empty,
        Ticket = new TicketId("acme", $"{number}"),
        Cause = cause,
        Level = 2,
        Reasons = ["It is late.", "90 % of the target for first reply are used up; it is due at 2026-11-23 10:40 UTC."],
        DueAt = SomeMatrix.Start.AddMinutes(100),
        Bundle = bundle,
        Intent = "billing/refund",
        Priority = "High",
        RowName = "all",
        MatrixVersion = "1",
        People = ["lead"],
    };
}
