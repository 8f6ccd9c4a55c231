using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class ShippedTaxonomyTests
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadAllIntents().Content;

    private static IEnumerable<string> IntentNames => Shipped.Intents.Select(intent => intent.Name);

    [Test]
    public void All_of_them_stand_on_two_levels_and_have_a_version_of_their_own()
    {
        var document = ShippedPolicies.LoadAllIntents();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.Content.Intents, Has.Count.InRange(20, 40));
            Assert.That(document.Kind, Is.EqualTo("taxonomy"));
            Assert.That(document.Version, Does.Match("^[0-9a-f]{12}$"));
        }
    }

    [TestCaseSource(nameof(IntentNames))]
    public void Each_intent_has_examples_enough_in_both_languages(string name)
    {
        var intent = Shipped.FindIntent(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(intent?.Examples["de"], Has.Count.AtLeast(12).And.Unique);
            Assert.That(intent?.Examples["en"], Has.Count.AtLeast(12).And.Unique);
            Assert.That(intent?.NextSteps.Keys, Is.EquivalentTo(["de", "en"]));
        }
    }

    [TestCaseSource(nameof(IntentNames))]
    public void No_reply_names_a_sum_a_day_or_a_link(string name)
    {
        var replies = Shipped.FindIntent(name)?.Reply.Values ?? [];

        Assert.That(replies, Has.None.Match(@"\d|€|\$|http|www|@|Euro|morgen|tomorrow"));
    }

    [Test]
    public void No_example_speaks_for_two_intents()
    {
        var examples = Shipped.Intents.SelectMany(intent => intent.Examples.Values.SelectMany(texts => texts))
            .Select(text => text.ToUpperInvariant());

        Assert.That(examples, Is.Unique);
    }

    [TestCase("order_number", "Wo ist meine Bestellung 100482?", ExpectedResult = true)]
    [TestCase("order_number", "Bestellnummer: NK-204817", ExpectedResult = true)]
    [TestCase("order_number", "order no. 4711", ExpectedResult = true)]
    [TestCase("order_number", "meine Auftragsnummer lautet 88213", ExpectedResult = true)]
    [TestCase("order_number", "it's about #20455", ExpectedResult = true)]
    [TestCase("order_number", "my order of 2 chairs on 12.03.2026", ExpectedResult = false)]
    [TestCase("order_number", "Ich warte auf meine Bestellung vom 3. Mai", ExpectedResult = false)]
    [TestCase("invoice_number", "Rechnung RE-20417 ist falsch", ExpectedResult = true)]
    [TestCase("invoice_number", "invoice number 3381", ExpectedResult = true)]
    [TestCase("invoice_number", "INV-3381", ExpectedResult = true)]
    [TestCase("invoice_number", "Die Rechnung ist zu hoch", ExpectedResult = false)]
    [TestCase("customer_number", "Kundennummer 40551", ExpectedResult = true)]
    [TestCase("customer_number", "customer no: C-1042", ExpectedResult = true)]
    [TestCase("customer_number", "Ich bin seit 12 Jahren Kunde", ExpectedResult = false)]
    [TestCase("booking_number", "Buchung BK-55120", ExpectedResult = true)]
    [TestCase("booking_number", "booking code X7K2P9", ExpectedResult = true)]
    [TestCase("booking_number", "our booking for two nights", ExpectedResult = false)]
    [TestCase("travel_dates", "vom 12. bis 15. August", ExpectedResult = true)]
    [TestCase("travel_dates", "from 12 to 15 August", ExpectedResult = true)]
    [TestCase("travel_dates", "am Wochenende", ExpectedResult = false)]
    [TestCase("error_code", "Fehlercode 0x80070005", ExpectedResult = true)]
    [TestCase("error_code", "error message E-4012", ExpectedResult = true)]
    [TestCase("error_code", "Es kommt ein Fehler", ExpectedResult = false)]
    [TestCase("device", "on my iPhone with the latest version", ExpectedResult = true)]
    [TestCase("device", "auf dem Telefon", ExpectedResult = false)]
    public bool Fields_are_found_by_their_patterns(string field, string text) =>
        Shipped.Fields.Single(known => known.Name == field).IsIn(text);

    [TestCase("order_number", "Wo ist meine Bestellung 100482?", ExpectedResult = "100482")]
    [TestCase("order_number", "meine Auftragsnummer lautet NK-88213, danke", ExpectedResult = "NK-88213")]
    [TestCase("order_number", "it's about #20455", ExpectedResult = "20455")]
    [TestCase("invoice_number", "Rechnung 2026-1177 ist falsch", ExpectedResult = "2026-1177")]
    [TestCase("invoice_number", "INV-3381, please", ExpectedResult = "INV-3381")]
    [TestCase("customer_number", "customer no: C-1042", ExpectedResult = "C-1042")]
    [TestCase("booking_number", "booking code X7K2P9", ExpectedResult = "X7K2P9")]
    [TestCase("error_code", "Fehlercode 0x80070005 erscheint", ExpectedResult = "0x80070005")]
    [TestCase("device", "on my iPhone with the latest version", ExpectedResult = "iPhone")]
    [TestCase("order_number", "my order of 2 chairs", ExpectedResult = null)]
    public string? Values_are_read_without_the_words_around_them(string field, string text) =>
        Shipped.ReadFields(text, [field]).GetValueOrDefault(field);
}
