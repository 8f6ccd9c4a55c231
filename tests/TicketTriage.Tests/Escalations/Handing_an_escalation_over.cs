using System.Text;
using TicketTriage.Drafting;
using TicketTriage.Escalations;
using TicketTriage.Policies;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tests.WriteBack;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Escalations;

public sealed class Handing_an_escalation_over
{
    [TestCase("en", "The customer asks for a person.", "Done so far")]
    [TestCase("de", "Der Kunde möchte mit einer Person sprechen.", "Bisher getan")]
    public void The_note_has_the_package_for_a_person(string language, string reason, string heading)
    {
        var note = Write(Message("late"), AnUnderstanding.Of("orders/late"), Draft("Called the carrier."), language);

        Assert.That(note, Does.Contain(reason).And.Contain($"<h4>{heading}</h4><ul><li>Called the carrier.</li></ul>"));
    }

    [TestCase("en", "<h4>Details</h4><ul><li>order number: 4711</li></ul><h4>Missing</h4><ul><li>invoice number</li></ul>")]
    [TestCase("de", "<h4>Angaben</h4><ul><li>Bestellnummer: 4711</li></ul><h4>Fehlende Angaben</h4><ul><li>Rechnungsnummer</li></ul>")]
    public void The_next_one_need_not_ask_again_for_what_was_collected(string language, string collected)
    {
        var understanding = AnUnderstanding.Of("orders/late") with
        {
            Fields = new Dictionary<string, string> { ["order_number"] = "4711" },
            Missing = ["invoice_number"],
        };

        Assert.That(Write(Message("late"), understanding, Draft("x"), language), Does.Contain(collected));
    }

    private static readonly string[] Reasons =
    [
        "At once: legal steps are mentioned.", "Nobody has taken it from level 1 in time.",
        "100 % of the target for first reply are used up; it is due at 2026-11-22 10:00 UTC, by the clock kept here.",
        "The target for resolution is missed, by the helpdesk's own clock.", "Only 1 of the group's 4 agents are at work.",
        "Of 40 like tickets that were open this long (80 % of the target), about 60 % were missed.", "The group has more open tickets than usual.",
    ];

    [Test]
    public void A_german_team_reads_why_in_german([ValueSource(nameof(Reasons))] string reason)
    {
        var message = Message("x");
        message = message with { Lines = [message.Lines[0] with { Cause = "resolution", Reasons = [reason], Bundle = "outage of web-shop" }] };

        var german = (Note: Write(message, null, null, "de"), Mail: MessageWriter.Write(message, link: null, "de").Body);
        var english = MessageWriter.Write(message, link: null, "en").Body;

        using (Assert.EnterMultipleScope())
        {
            foreach (var text in (string[])[german.Note, german.Mail])
            {
                Assert.That(
                    text.Split(' ', '.', ',', ';', '<', '>').Intersect(["the", "of", "is", "are", "it", "by", "at", "from", "used"], StringComparer.OrdinalIgnoreCase),
                    Is.Empty, text);
                Assert.That(text, Does.Contain("Eine Ursache: Ausfall von web-shop"));
            }

            Assert.That(german.Mail, Does.Contain("(acme), hoch"));
            Assert.That(english, Does.Contain(reason).And.Contain("One cause: outage of web-shop"));
        }
    }

    [Test]
    public void A_ticket_from_before_there_were_packages_has_a_note_too() =>
        Assert.That(Write(Message("late"), null, null, "en"), Does.StartWith("<h4>Escalation, level 2").And.Contain("Take the ticket"));

    [Test]
    public void Hostile_texts_stay_texts([ValueSource(typeof(HostileTexts), nameof(HostileTexts.All))] string text)
    {
        var note = Write(
            Message(text), AnUnderstanding.Of("orders/late") with { Summary = text, Missing = [text], Fields = Fields(text) }, Draft(text), "en");

        var parsed = new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<body>{note}</body>");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.Body?.QuerySelectorAll("*").Select(element => element.LocalName).Distinct(), Is.SubsetOf((string[])["h4", "ul", "li", "p", "em"]));
            Assert.That(parsed.All.SelectMany(element => element.Attributes), Is.Empty);
        }
    }

    [TestCase("x", 1)]
    [TestCase("&", 1)]
    [TestCase("<", 60)]
    [TestCase("ß", 60)]
    [TestCase("😀", 1)]
    public void Stays_below_ten_kilobytes_and_keeps_what_counts(string letter, int tickets)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 3_000));
        var line = Message(text).Lines[0] with { Reasons = [.. Enumerable.Repeat(text, 30)], People = [.. Enumerable.Repeat(text, 30)] };
        var message = Message(text) with { Lines = [.. Enumerable.Repeat(line, tickets)] };
        var understanding = AnUnderstanding.Of("orders/late") with { Summary = text, Missing = [.. Enumerable.Repeat(text, 30)], Fields = Fields(text) };

        var note = Write(message, understanding, Draft(text), "de");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(note), Is.LessThanOrEqualTo(EscalationNote.MostBytes));
            Assert.That(note, Does.StartWith("<h4>Eskalation, Stufe 2").And.Contain("Worum es geht"));
            Assert.That(note, Does.EndWith($"<p><em>TicketTriage · {message.Id:N}</em></p>"));
        }
    }

    private static string Write(EscalationMessage message, TicketUnderstanding? understanding, ReplyDraft? draft, string language) =>
        EscalationNote.Write(message, EscalationNote.Pack(understanding, draft, language, ShippedPolicies.LoadTaxonomy().Content), language);

    private static Dictionary<string, string> Fields(string text) => new() { [text] = text };

    private static ReplyDraft Draft(string text) => new("x", "en", [], [text])
    {
        HandOver = new HandOverPackage
        {
            Because = [HandOverReason.AsksForPerson], Concern = text, History = [text], Tried = [text], NextStep = text,
        },
    };

    private static EscalationMessage Message(string text) => new(Guid.Empty, NoticeChannel.Note, "helpdesk",
    [
        new MessageLine
        {
            Notice = Guid.Empty, Escalation = Guid.Empty, Ticket = new TicketId("acme", "7"), Cause = "at_risk", Level = 2, Reasons = [text],
            Bundle = text, Priority = "high", RowName = "row", MatrixVersion = "1", People = [text],
        },
    ]);
}
