using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class Understanding_tickets_locally
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;
    private static readonly LocalUnderstanding Local = new(NullLogger<LocalUnderstanding>.Instance);

    [TestCase("Rechnung RE-4711 falsch", "Der Betrag stimmt nicht, bitte um Korrektur.", "de", ExpectedResult = "billing/invoice-wrong")]
    [TestCase("Parcel", "My package should have come last week, tracking has not moved.", "en", ExpectedResult = "orders/late")]
    [TestCase("", "Ich kann mich nicht mehr anmelden, das Passwort wird nicht angenommen.", "de", ExpectedResult = "account/login")]
    [TestCase("Kündigung", "Hiermit kündige ich meinen Vertrag zum nächstmöglichen Termin.", "de", ExpectedResult = "account/cancel")]
    [TestCase("down", "The platform is offline for all users, nobody can work.", "en", ExpectedResult = "technical/outage")]
    [TestCase("Stornierung", "Wir müssen unsere Zimmerreservierung absagen.", "de", ExpectedResult = "booking/change-or-cancel")]
    [TestCase("Great", "Thank you so much for the wonderful help!", "en", ExpectedResult = "feedback/praise")]
    public async Task<string> The_intent_is_found_in_both_languages(string subject, string text, string language) =>
        (await UnderstandAsync(ATicket.Saying(text, subject, language))).Intent.Value;

    [Test]
    public async Task Spelling_capitals_and_a_greeting_do_not_change_the_intent(
        [Values(
            "Guten Tag, die Rückerstattung für meine Retoure ist noch nicht da.",
            "die rueckerstattung fuer meine retoure ist noch nicht da",
            "DIE RÜCKERSTATTUNG FÜR MEINE RETOURE IST NOCH NICHT DA",
            "Die Rückerstatung für meine Retoure ist noch nicht da.\n\nMit freundlichen Grüßen\nErika Beispiel")]
        string text)
    {
        var understanding = await UnderstandAsync(ATicket.Saying(text, language: "de"));

        Assert.That(understanding.Intent.Value, Is.EqualTo("billing/refund"));
    }

    [TestCase("")]
    [TestCase("🙂🙂🙂")]
    [TestCase("zzzz qqqq wwww xxxx")]
    public async Task A_ticket_that_says_nothing_is_unclear(string text)
    {
        var understanding = await UnderstandAsync(ATicket.Saying(text));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(understanding.Intent.Value, Is.EqualTo(Finding.Unclear));
            Assert.That(understanding.Intent.Confidence, Is.Zero);
        }
    }

    [TestCase("Wie viele Beine hat eine Spinne, und warum?")]
    [TestCase("Erfinde eine Geschichte über einen Drachen und einen Ritter.")]
    [TestCase("Which river is the longest in Europe?")]
    [TestCase("?")]
    [TestCase("12345 !!")]
    public async Task What_concerns_no_desk_is_unclear(string text)
    {
        var understanding = await UnderstandAsync(ATicket.Saying(text));

        Assert.That(understanding.Intent.Value, Is.EqualTo(Finding.Unclear), $"{understanding.Intent}");
    }

    [Test]
    public async Task A_language_without_examples_is_not_guessed_at()
    {
        var understanding = await UnderstandAsync(ATicket.Saying("Bonjour, je veux annuler ma reservation, refund", language: "fr"));

        Assert.That(understanding.Intent.Value, Is.EqualTo(Finding.Unclear));
    }

    [TestCase("Danke, das war super und sehr freundlich!", ExpectedResult = "positive")]
    [TestCase("Ich bin sehr enttäuscht, das ist eine Frechheit.", ExpectedResult = "negative")]
    [TestCase("This is not good, I am unhappy.", ExpectedResult = "negative")]
    [TestCase("Not bad at all, really great!", ExpectedResult = "positive")]
    [TestCase("Ich warte auf mein Paket.\nFreundliche Grüße", ExpectedResult = "neutral")]
    [TestCase("Please send me a copy of the invoice. Thanks in advance.", ExpectedResult = "neutral")]
    public async Task<string> The_mood_is_weighed_by_words(string text) =>
        (await UnderstandAsync(ATicket.Saying(text))).Sentiment.Value;

    [TestCase("Totalausfall, alle Mitarbeiter stehen still", UrgencySignals.Outage)]
    [TestCase("My account was hacked", UrgencySignals.Security)]
    [TestCase("Das ist Betrug, jemand bestellt ohne mein Wissen", UrgencySignals.Fraud)]
    [TestCase("I want to cancel my subscription", UrgencySignals.Cancellation)]
    [TestCase("Sonst gehe ich zum Anwalt", UrgencySignals.Legal)]
    [TestCase("Ich brauche das bis Freitag", UrgencySignals.Deadline)]
    [TestCase("Zum dritten Mal schreibe ich", UrgencySignals.Frustration)]
    [TestCase("Kündigung fristlos", UrgencySignals.Frustration)]
    [TestCase("This is the third time I ask", UrgencySignals.RepeatContact)]
    [TestCase("Ich möchte mit einem Menschen sprechen", UrgencySignals.WantsPerson)]
    public async Task What_speaks_for_haste_is_found(string text, string signal) =>
        Assert.That((await UnderstandAsync(ATicket.Saying(text))).Signals, Does.Contain(signal));

    [TestCase("Das ist nicht dringend.", UrgencySignals.Deadline)]
    [TestCase("This is not urgent.", UrgencySignals.Deadline)]
    [TestCase("Kein Betrug, nur eine Frage.", UrgencySignals.Fraud)]
    public async Task What_is_denied_is_no_signal(string text, string signal) =>
        Assert.That((await UnderstandAsync(ATicket.Saying(text))).Signals, Does.Not.Contain(signal));

    [Test]
    public async Task Three_messages_without_an_answer_are_repeated_contact()
    {
        var ticket = ATicket.Saying("Where is my parcel?") with
        {
            Messages = [ATicket.FromCustomer("Where is my parcel?"), ATicket.FromCustomer("Hello?"), ATicket.FromCustomer("Anyone?")],
        };
        var answered = ticket with { Messages = [.. ticket.Messages, ATicket.FromAgent("It is on its way.")] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await UnderstandAsync(ticket)).Signals, Does.Contain(UrgencySignals.RepeatContact));
            Assert.That((await UnderstandAsync(answered)).Signals, Is.Empty);
        }
    }

    [Test]
    public async Task Only_fields_that_the_ticket_lacks_are_missing()
    {
        var without = await UnderstandAsync(ATicket.Saying("My parcel has not been delivered, tracking does not move."));
        var with = await UnderstandAsync(ATicket.Saying("My parcel for order 100482 has not been delivered, tracking does not move."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without.Missing, Is.EqualTo(["order_number"]));
            Assert.That(with.Missing, Is.Empty);
        }
    }

    [Test]
    public async Task Reasons_never_repeat_what_only_the_customer_wrote()
    {
        var understanding = await UnderstandAsync(
            ATicket.Saying("Ich bin Xaver Quendelmann, quendelmann@example.com. Die Rechnung 99887 ist falsch.", language: "de"));

        Assert.That(
            string.Join(' ', [.. understanding.Intent.Reasons, .. understanding.Sentiment.Reasons, .. understanding.Product.Reasons]),
            Does.Contain("Rechnung").IgnoreCase.And.Not.Contain("quendel").IgnoreCase.And.Not.Contain("99887"));
    }

    [Test]
    public async Task The_product_is_named_by_its_words()
    {
        var app = await UnderstandAsync(ATicket.Saying("Die App stürzt ab", language: "de"));
        var none = await UnderstandAsync(ATicket.Saying("Wo bleibt mein Paket?", language: "de"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Product.Value, Is.EqualTo("mobile-app"));
            Assert.That(none.Product.Value, Is.EqualTo(Finding.Unclear));
        }
    }

    [Test]
    public async Task The_version_changes_with_the_taxonomy_and_with_nothing_else()
    {
        var ticket = ATicket.Saying("Where is my parcel?");
        var small = Shipped with { Intents = [.. Shipped.Intents.Take(3)] };

        var first = await Local.UnderstandAsync(ticket, Shipped, CancellationToken.None);
        var again = await Local.UnderstandAsync(ticket, ShippedPolicies.LoadTaxonomy().Content, CancellationToken.None);
        var other = await Local.UnderstandAsync(ticket, small, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.ModelVersion, Is.EqualTo(first.ModelVersion));
            Assert.That(other.ModelVersion, Is.Not.EqualTo(first.ModelVersion));
            Assert.That(Local.ReaderOf(ShippedPolicies.LoadTaxonomy().Content), Is.SameAs(Local.ReaderOf(Shipped)), "trained once");
        }
    }

    [Test]
    public async Task A_text_of_a_megabyte_is_understood_by_its_beginning()
    {
        var text = "My parcel has not been delivered. " + new string('x', 1_000_000);

        var understanding = await UnderstandAsync(ATicket.Saying(text));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(understanding.Summary, Has.Length.AtMost(300));
            Assert.That(understanding.Intent.Value, Is.EqualTo("orders/late"));
        }
    }

    private static Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket) =>
        Local.UnderstandAsync(ticket, Shipped, CancellationToken.None);
}
