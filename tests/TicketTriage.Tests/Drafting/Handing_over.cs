using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Drafting;

[CancelAfter(60_000)]
public sealed class Handing_over
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;
    private static readonly LocalUnderstanding Local = new(NullLogger<LocalUnderstanding>.Instance);

    [TestCase("Ich möchte bitte mit einem Menschen sprechen.", "de")]
    [TestCase("Kann mich bitte ein Mitarbeiter anrufen? Ich will keinen Bot.", "de")]
    [TestCase("Verbinden Sie mich mit einer echten Person!", "de")]
    [TestCase("Ich will mit jemandem sprechen, der mir hilft.", "de")]
    [TestCase("Bitte keine automatische Antwort mehr, ich brauche einen persönlichen Ansprechpartner.", "de")]
    [TestCase("Rufen Sie mich bitte zurück.", "de")]
    [TestCase("Ich verlange Ihre Vorgesetzte.", "de")]
    [TestCase("Let me talk to a real person please.", "en")]
    [TestCase("I want to speak to a human being, not a bot.", "en")]
    [TestCase("Get me a live agent.", "en")]
    [TestCase("Can I speak with an agent?", "en")]
    [TestCase("No automated replies any more, please.", "en")]
    [TestCase("I want to speak to your supervisor.", "en")]
    [TestCase("Please call me back.", "en")]
    public async Task The_wish_for_a_person_is_recognised(string text, string language) =>
        Assert.That((await SignalsOfAsync(text, language)).Contains(UrgencySignals.WantsPerson), Is.True);

    [TestCase("Die Personalien im Konto sind falsch.", "de")]
    [TestCase("Ich habe eine automatische Antwort erhalten und warte auf mein Paket.", "de")]
    [TestCase("Wir sind fünf Personen und brauchen ein Zimmer.", "de")]
    [TestCase("Ihr Mitarbeiter war sehr freundlich.", "de")]
    [TestCase("Our human resources department needs the invoice.", "en")]
    [TestCase("The agent was very kind, thank you.", "en")]
    [TestCase("A table for two persons, please.", "en")]
    public async Task What_only_sounds_like_it_is_not(string text, string language) =>
        Assert.That((await SignalsOfAsync(text, language)).Contains(UrgencySignals.WantsPerson), Is.False);

    [Test]
    public async Task The_wish_is_obeyed_also_where_a_model_does_not_see_it()
    {
        var understander = new Understander(
            Local, new Blind(), new UnderstandingOptions(), NullLogger<Understander>.Instance);

        var understanding = await understander.UnderstandAsync(
            ATicket.Saying("Where is my parcel? Let me talk to a real person."), Shipped, CancellationToken.None);

        Assert.That(understanding.Signals, Does.Contain(UrgencySignals.WantsPerson));
    }

    [Test]
    public async Task Who_asks_for_a_person_gets_the_words_for_it_and_the_package_for_the_person()
    {
        await using var desk = await ADesk.OpenAsync(("late", "Where is my parcel?", "A parcel takes 3 days."));

        var draft = await desk.DraftAsync("Where is my parcel?", AnUnderstanding.Of("orders/late", signals: UrgencySignals.WantsPerson));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("You would like to speak to a person."));
            Assert.That(draft.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.AsksForPerson]));
            Assert.That(draft.HandOver?.NextStep, Is.EqualTo("Answer or call in person, and stay with it."));
        }
    }

    [Test]
    public void The_package_leads_nowhere_that_a_stranger_named()
    {
        var ticket = ATicket.Saying("x") with
        {
            Messages = [ATicket.FromCustomer("Pay at https://evil.example/pay or evil[.]example."), ATicket.FromAgent("See https://help.example.com.")],
        };

        var package = HandOverPacker.Pack(
            ticket, AnUnderstanding.Of(Finding.Unclear), Shipped, new ReplyDraft("", "en", [], []), "en");

        Assert.That(package?.History, Is.EqualTo((string[])
        [
            "1970-01-01, customer: Pay at [link removed] or [link removed].", "1970-01-01, agent: See https://help.example.com.",
        ]));
    }

    [Test]
    public void The_package_has_what_was_said_collected_and_tried()
    {
        var ticket = ATicket.Saying("Where is it?") with
        {
            Messages =
            [
                ATicket.FromCustomer("Where is it?"), ATicket.FromAgent("Which order?"),
                new CleanMessage(false, false, "Called the carrier.", DateTimeOffset.UnixEpoch, []), ATicket.FromCustomer("AB-1234567"),
            ],
        };
        var understanding = AnUnderstanding.Of("orders/late", signals: UrgencySignals.Frustration) with
        {
            Summary = "The parcel is late.",
            Fields = new Dictionary<string, string> { ["order_number"] = "AB-1234567" },
            Missing = ["device"],
        };

        var package = HandOverPacker.Pack(
            ticket, understanding, Shipped, new ReplyDraft("x", "en", [], []) { Support = KnowledgeSupport.Nothing }, "de");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(package?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.Frustration, HandOverReason.MissingKnowledge]));
            Assert.That(package?.Concern, Is.EqualTo("The parcel is late."));
            Assert.That(package?.History, Is.EqualTo((string[])
            [
                "1970-01-01, Kunde: Where is it?", "1970-01-01, Agent: Which order?", "1970-01-01, interne Notiz: Called the carrier.",
                "1970-01-01, Kunde: AB-1234567",
            ]));
            Assert.That(package?.Collected["order_number"], Is.EqualTo("AB-1234567"));
            Assert.That(package?.Missing, Is.EqualTo((string[])["device"]));
            Assert.That(package?.Tried, Is.EqualTo((string[])["Ein Agent hat schon geantwortet.", "Im Wissen des Teams steht dazu nichts."]));
        }
    }

    [Test]
    public void Every_reason_has_its_words([Values] HandOverReason reason, [Values("de", "en")] string language)
    {
        var words = DraftWords.Of(language);

        Assert.That(words.Because(reason) + words.StepFor(reason), Is.Not.Empty.And.Not.EqualTo(
            DraftWords.Of(language == "de" ? "en" : "de").Because(reason) + DraftWords.Of(language == "de" ? "en" : "de").StepFor(reason)));
    }

    [Test]
    public void A_guess_at_the_intent_is_a_reason_and_a_sure_one_is_not()
    {
        var draft = new ReplyDraft("x", "en", [], []);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pack(AnUnderstanding.Of("orders/late", confidence: 0.39))?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.Unsure]));
            Assert.That(Pack(AnUnderstanding.Of(Finding.Unclear, confidence: 0))?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.Unsure]));
            Assert.That(Pack(AnUnderstanding.Of("orders/late", confidence: 0.9)), Is.Null);
        }

        HandOverPackage? Pack(TicketUnderstanding understanding) => HandOverPacker.Pack(ATicket.Saying("x"), understanding, Shipped, draft, "en");
    }

    private static async Task<IReadOnlyList<string>> SignalsOfAsync(string text, string language) =>
        (await Local.UnderstandAsync(ATicket.Saying(text, language: language), Shipped, CancellationToken.None)).Signals;

    /// <summary>A model that understands everything but the wish.</summary>
    private sealed class Blind : IUnderstandingProvider
    {
        public string Name => "blind";

        public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken) =>
            await Local.UnderstandAsync(ticket, taxonomy, cancellationToken) with { Provider = Name, Signals = [] };
    }
}
