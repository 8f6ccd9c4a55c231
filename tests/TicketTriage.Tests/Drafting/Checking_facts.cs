using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Tests.Knowledge;

namespace TicketTriage.Tests.Drafting;

public class Checking_facts
{
    private static readonly Dictionary<string, Passage> Passages = ALibrary.Articles.Concat(ALibrary.Notices)
        .ToDictionary(article => article.Key, PassageOf, StringComparer.Ordinal);

    private enum Fate
    {
        Stands = 0,

        /// <summary>It stays, and the agent is told to compare it with its source.</summary>
        Marked,

        Removed,
    }

    [TestCase("Returns are free within 30 days.", "You may return it within 30 days.")]
    [TestCase("Returns are free within two weeks.", "You have 14 days to return it.")]
    [TestCase("It costs 1.234,50 €.", "The price is EUR 1,234.50.")]
    [TestCase("Gültig bis 31. Dezember 2026.", "Das gilt bis zum 31.12.2026.")]
    [TestCase("Gültig bis 31.12.2026.", "Das gilt bis zum 31. Dezember.")]
    [TestCase("Write to help@example.com.", "Please write to help@example.com")]
    [TestCase("See https://www.example.com/returns.", "Here is how: example.com/returns")]
    [TestCase("Die Erstattung dauert 3 Werktage.", "Wir erstatten den Betrag in drei Arbeitstagen.")]
    [TestCase("The AeroPress 2 has a filter.", "Please rinse the filter of your AeroPress 2.")]
    public void The_same_fact_in_other_words_stands(string passage, string sentence) =>
        Assert.That(Unsupported(sentence, passage), Is.Empty);

    [TestCase("Returns are free within 30 days.", "You may return it within 60 days.", "60 days")]
    [TestCase("Takes 3 working days.", "It takes 3 days.", "3 days")]
    [TestCase("It costs 49.90 €.", "It costs 59,90 €.", "59,90 €")]
    [TestCase("It costs 49.90 €.", "It costs 49.90 $.", "49.90 $")]
    [TestCase("Valid until 31.12.2026.", "Valid until 30.12.2026.", "30.12.2026")]
    [TestCase("Valid until 31 December.", "Valid until 31 December 2027.", "31 December 2027")]
    [TestCase("See example.com/returns.", "See example.org/returns.", "example.org/returns")]
    [TestCase("Call 030 1234567.", "Call 030 1234568.", "030 1234568")]
    [TestCase("We look at returns.", "We refund the amount.", "refund")]
    [TestCase("Wir prüfen den Fall.", "Wir erstatten Ihnen den Kaufpreis.", "erstatten")]
    [TestCase("Wir prüfen den Fall.", "Sie haben Anspruch auf Ersatz.", "anspruch")]
    [TestCase("Die Lieferung kommt bald.", "Die Lieferung kommt am Montag.", "Montag")]
    [TestCase("Ask the service desk.", "Ask Brenda Walsh at the service desk.", "Brenda")]
    [TestCase("Fragen Sie den Service.", "Fragen Sie Herrn Kowalczyk.", "Kowalczyk")]
    [TestCase("Update the app.", "Update to version X500.", "X500")]
    public void What_no_passage_says_is_found(string passage, string sentence, string wording) =>
        Assert.That(Unsupported(sentence, passage).Select(fact => fact.Wording), Does.Contain(wording));

    [Test]
    public void What_the_customer_wrote_may_be_repeated_but_not_promised()
    {
        const string Said = "I paid 49.90 € on 3 November and want a refund.";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Unsupported("You paid 49.90 € on 3 November.", "", Said), Is.Empty);
            Assert.That(
                Unsupported("We refund 49.90 €.", "", Said).Select(fact => fact.Kind),
                Is.EqualTo((FactKind[])[FactKind.Amount, FactKind.Promise]));
        }
    }

    [Test]
    public void Each_seeded_fault_changes_the_meaning()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ALibrary.Faults, Has.Count.GreaterThanOrEqualTo(250));
            Assert.That(ALibrary.Faults.Select(fault => fault.Text), Is.Unique);
            Assert.That(
                ALibrary.Faults.Where(fault => !fault.Text.Contains(fault.Wrong, StringComparison.OrdinalIgnoreCase)
                    || Passages[fault.Article].Text.Contains(fault.Text, StringComparison.OrdinalIgnoreCase)),
                Is.Empty);
            Assert.That(
                ALibrary.Faults.Where(fault => fault.Kind is not ("swap" or "negation")
                    && $"{Passages[fault.Article].Title} {Passages[fault.Article].Text}".Contains(fault.Wrong, StringComparison.OrdinalIgnoreCase)),
                Is.Empty,
                "What stands in the article is no fault.");
        }
    }

    [Test]
    public void Of_the_seeded_faults_none_gets_through()
    {
        var seen = ALibrary.Faults.Select(fault => (fault, Fate: FateOf(fault.Text, fault.Article, fault.Said ?? ""))).ToList();

        foreach (var kind in seen.GroupBy(one => (one.fault.Fresh, one.fault.Kind)))
        {
            TestContext.Out.WriteLine(
                $"{(kind.Key.Fresh ? "fresh " : "")}{kind.Key.Kind}: {kind.Count()} faults, {kind.Count(one => one.Fate == Fate.Removed)} removed, "
                + $"{kind.Count(one => one.Fate == Fate.Marked)} marked, {kind.Count(one => one.Fate == Fate.Stands)} let through");
        }

        var through = seen.Where(one => one.Fate == Fate.Stands).ToList();
        TestContext.Out.WriteLine(string.Join('\n', through.Select(one => $"let through: {one.fault.Text}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(through.Where(one => !one.fault.Fresh).Select(one => one.fault.Text), Is.Empty);
            Assert.That(through, Has.Count.LessThanOrEqualTo(1), "One of the fresh ones is known to pass.");
            Assert.That(
                seen.Count(one => one.fault.Kind is not ("negation" or "swap") && one.Fate == Fate.Marked),
                Is.LessThanOrEqualTo(0.03 * seen.Count),
                "What is wrong is taken out; a mark is for what may be right.");
        }
    }

    [Test]
    public void Of_true_sentences_in_other_words_few_are_taken_out()
    {
        var seen = ALibrary.Paraphrases.Select(one => (one, Fate: FateOf(one.Text, one.Article, ""))).ToList();
        var removed = seen.Where(one => one.Fate == Fate.Removed).ToList();

        foreach (var half in seen.GroupBy(one => one.one.Fresh))
        {
            TestContext.Out.WriteLine(
                $"{(half.Key ? "fresh: " : "")}{half.Count()} true sentences, {half.Count(one => one.Fate == Fate.Removed)} removed, "
                + $"{half.Count(one => one.Fate == Fate.Marked)} marked");
        }

        TestContext.Out.WriteLine(string.Join('\n', removed.Select(one => $"removed: {one.one.Text}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Has.Count.GreaterThanOrEqualTo(100));
            Assert.That(removed, Has.Count.LessThanOrEqualTo(0.03 * seen.Count));
        }
    }

    [Test]
    public void An_articles_own_sentences_stand()
    {
        var own = Passages.Values.SelectMany(passage => Clause.SentencesOf(passage.Text).Select(sentence => (passage, sentence))).ToList();

        Assert.That(own.Where(one => FateOf(one.sentence, one.passage.Article, "") == Fate.Removed).Select(one => one.sentence), Is.Empty);
    }

    [TestCase("Thank you for your message.")]
    [TestCase("We are sorry that they do not fit.")]
    [TestCase("Es tut uns leid, dass Ihr Paket nicht angekommen ist.")]
    [TestCase("Vielen Dank für Ihre Nachricht und die Fotos.")]
    [TestCase("Wir verstehen Ihren Ärger.")]
    [TestCase("Could you tell us your order number?")]
    [TestCase("Um Ihnen helfen zu können, nennen Sie uns bitte Ihre Bestellnummer?")]
    public void Who_only_thanks_regrets_or_asks_needs_no_source(string sentence) =>
        Assert.That(Courtesy.Is(sentence, "My parcel is late."), Is.True);

    [TestCase("Thank you for waiting; your parcel has been sent.")]
    [TestCase("Sorry, the shop keeps worn shoes too.")]
    [TestCase("Thank you. The shop keeps worn shoes.")]
    [TestCase("We are sorry that we only ship to Norway.")]
    [TestCase("Did you know that the shop keeps worn shoes?")]
    [TestCase("The parcel has been sent, could you look?")]
    [TestCase("Danke, die Schuhe sind schon im Lager.")]
    [TestCase("Es tut uns leid, dass wir Schuhe nur neu nehmen.")]
    [TestCase("The shop keeps worn shoes, ok?")]
    public void A_kind_word_excuses_no_statement(string sentence) =>
        Assert.That(Courtesy.Is(sentence, "My parcel is late."), Is.False);

    [TestCase("Refunds take 14 days.", "We refund 500 euros by 3 November.", "I want 500 euros back by 3 November.")]
    [TestCase("We look at returns.", "We look at it today.", "I want an answer today!")]
    [TestCase("Parcels come by post.", "Your parcel arrives on 3 November.", "It should have come on 3 November.")]
    [TestCase("We do not refund shipping costs.", "We refund shipping costs.", "")]
    [TestCase("Rückgabe innerhalb von 14 Tagen.", "Die Rückgabe ist zwei Monate möglich.", "")]
    [TestCase("Refunds take 14 days.", "The refund takes up to six weeks.", "")]
    [TestCase("Wir prüfen den Fall.", "Wir melden uns übermorgen.", "")]
    [TestCase("Wir prüfen den Fall.", "Sie bekommen Ihr Geld zurück.", "")]
    [TestCase("We look at it.", "We send it at no cost.", "")]
    [TestCase("We look at it.", "We look at it right away.", "")]
    [TestCase("Rinse it for 24 hours.", "Rinse it every day.", "")]
    public void What_only_seems_to_be_supported_is_found(string passage, string sentence, string said) =>
        Assert.That(Unsupported(sentence, passage, said), Is.Not.Empty);

    [TestCase("Your order of 3 November came with a torn sole.", "My order of 3 November has a torn sole.")]
    [TestCase("Sie haben am 3. November 49,90 € bezahlt.", "Am 3. November habe ich 49,90 € bezahlt.")]
    [TestCase("You asked for 500 euros.", "I want 500 euros.")]
    public void What_happened_to_the_customer_may_be_told_back(string sentence, string said) =>
        Assert.That(Unsupported(sentence, "", said), Is.Empty);

    private static IReadOnlyList<Fact> Unsupported(string sentence, string passage, string said = "")
    {
        var isGerman = sentence.Contains("Sie", StringComparison.Ordinal) || sentence.Contains("Wir", StringComparison.Ordinal);
        var language = isGerman ? "de" : "en";
        return FactCheck.FindUnsupported(
            sentence,
            passage.Length == 0 ? [] : [new Passage(1, "s", "a", "", "", passage, language, KnowledgeAudience.Customers, null)],
            said,
            language);
    }

    private static Fate FateOf(string sentence, string article, string said)
    {
        var passage = Passages[article];
        return FactCheck.FindUnsupported(sentence, [passage], said, passage.Language).Count > 0 ? Fate.Removed
            : FactCheck.IsDoubtful(sentence, passage, said, passage.Language) ? Fate.Marked
            : Fate.Stands;
    }

    private static Passage PassageOf(ALibrary.LibraryArticle article) =>
        new(1, "s", article.Key, article.Title, "", article.Text, article.Language, KnowledgeAudience.Customers, null);
}
