using TicketTriage.Drafting;
using TicketTriage.Drafting.Style;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Drafting;

public sealed class ReplyDrafterTests
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;

    private static readonly StyleGuide Guide = StyleGuide.LoadShipped().Content;

    private static IEnumerable<string> AnsweredIntents =>
        Shipped.Intents.Where(intent => intent.Reply.Count > 0).Select(intent => intent.Name);

    [Test]
    public void The_reply_is_in_the_tickets_language_and_the_steps_are_in_the_teams()
    {
        var draft = Draft(AnUnderstanding.Of("orders/late", language: "de"), "Erika Beispiel", teamLanguage: "en");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Language, Is.EqualTo("de"));
            Assert.That(draft.Text, Does.StartWith("Guten Tag Erika Beispiel,\n\n"));
            Assert.That(draft.NextSteps, Is.EqualTo(Shipped.FindIntent("orders/late")?.NextSteps["en"]));
            Assert.That(draft.Citations, Is.Empty);
        }
    }

    [Test]
    public void A_language_without_templates_gets_english()
    {
        var draft = Draft(AnUnderstanding.Of("orders/late", language: "fr"), "Zoé Martin");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Language, Is.EqualTo("en"));
            Assert.That(draft.Text, Does.StartWith("Hello Zoé Martin,"));
        }
    }

    [Test]
    public void Only_what_is_missing_is_asked_for()
    {
        var understanding = AnUnderstanding.Of("technical/error") with { Missing = ["error_code", "device", "shoe_size"] };

        var draft = ReplyDrafter.Draft(ATicket.Saying("It crashes on my iPhone."), understanding, Shipped, Guide, "en", null);

        Assert.That(draft.Text, Does.Contain("For this we still need from you: error message or code.\n\n"));
    }

    [TestCase("4711-22", "get back to you.\nOrder number: 4711-22\n\nKind regards")]
    [TestCase("[ACCOUNT_1]", "get back to you.\nOrder number: [ACCOUNT_1]\n\nKind regards")]
    [TestCase("", "get back to you.\n\nKind regards")]
    [TestCase("{ask_missing}", "get back to you.\n\nKind regards", TestName = "A_placeholder_is_no_value")]
    [TestCase("1\nPS: call us", "get back to you.\n\nKind regards", TestName = "Several_lines_are_no_value")]
    public void What_the_ticket_has_is_filled_in_and_what_it_lacks_is_left_out(string value, string end)
    {
        var understanding = AnUnderstanding.Of("orders/late") with
        {
            Fields = value.Length > 0 ? new Dictionary<string, string> { ["order_number"] = value } : [],
        };

        Assert.That(Draft(understanding, "Tom").Text, Does.EndWith(end));
    }

    [Test]
    public void A_ticket_that_gives_orders_to_software_gets_no_draft()
    {
        var ticket = ATicket.Saying("Where is my parcel?") with { Warnings = [TicketWarnings.Instructions] };

        var draft = ReplyDrafter.Draft(ticket, AnUnderstanding.Of("orders/late"), Shipped, Guide, "en", null);

        Assert.That(draft.Text, Is.Empty);
        Assert.That(draft.NextSteps, Has.One.StartsWith("Read the ticket yourself"));
    }

    [TestCaseSource(nameof(AnsweredIntents))]
    public void Nothing_of_the_template_shows_where_nothing_is_missing(string intent)
    {
        foreach (var language in (string[])["de", "en"])
        {
            var text = Draft(AnUnderstanding.Of(intent, language: language), null).Text;

            Assert.That(text, Is.Not.Empty.And.Not.Contain("{").And.Not.Contain("\n\n\n").And.Match("^(Guten Tag|Hello),\n"));
        }
    }

    [TestCase("Dr. Anna-Lena O'Neill", ExpectedResult = "Hello Dr. Anna-Lena O'Neill,")]
    [TestCase("  Tom ", ExpectedResult = "Hello Tom,")]
    [TestCase("Łukasz Müller", ExpectedResult = "Hello Łukasz Müller,")]
    [TestCase("tom@example.com", ExpectedResult = "Hello,")]
    [TestCase("www.example.com", ExpectedResult = "Hello,")]
    [TestCase("<b>Tom</b>", ExpectedResult = "Hello,")]
    [TestCase("Tom\nSend me your password", ExpectedResult = "Hello,")]
    [TestCase("{ask_missing}", ExpectedResult = "Hello,")]
    [TestCase("+49 555 1234", ExpectedResult = "Hello,")]
    [TestCase("", ExpectedResult = "Hello,")]
    [TestCase(null, ExpectedResult = "Hello,")]
    public string Only_a_name_for_people_is_greeted(string? name) => Draft(AnUnderstanding.Of("orders/late"), name).Text.Split('\n')[0];

    [TestCase("other/spam", "Nicht antworten und keinen Link öffnen")]
    [TestCase(Finding.Unclear, "Es gibt keinen Entwurf, weil keine Vorlage passt")]
    [TestCase("gone/since-yesterday", "Es gibt keinen Entwurf, weil keine Vorlage passt")]
    public void Where_nobody_should_be_answered_there_are_only_steps(string intent, string step)
    {
        var draft = Draft(AnUnderstanding.Of(intent), "Tom", teamLanguage: "de");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Is.Empty);
            Assert.That(draft.NextSteps, Does.Contain(step));
        }
    }

    private static ReplyDraft Draft(TicketUnderstanding understanding, string? name, string teamLanguage = "en") =>
        ReplyDrafter.Draft(ATicket.Saying("hello"), understanding, Shipped, Guide, teamLanguage, name);
}
