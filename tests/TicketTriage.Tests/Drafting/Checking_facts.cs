using System.Globalization;
using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Tests.Knowledge;

namespace TicketTriage.Tests.Drafting;

public class Checking_facts
{
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
            Assert.That(Unsupported("We refund 49.90 €.", "", Said).Select(fact => fact.Kind), Is.EqualTo((FactKind[])[FactKind.Promise]));
        }
    }

    /// <summary>Every sentence of the library stands before its passage; with one fact changed it doesn't.</summary>
    [Test]
    public void Of_two_hundred_seeded_faults_none_gets_through()
    {
        var (faults, through, removed, sentences) = (0, new List<string>(), new List<string>(), 0);
        foreach (var article in ALibrary.Articles)
        {
            foreach (var sentence in article.Text.Split(". ").Select(text => text.Trim()))
            {
                sentences++;
                if (FactCheck.FindUnsupported(sentence, [PassageOf(article)], "", article.Language).Count > 0)
                {
                    removed.Add(sentence);
                }

                foreach (var wrong in Spoil(sentence, article.Language))
                {
                    faults++;
                    if (FactCheck.FindUnsupported(wrong, [PassageOf(article)], "", article.Language).Count == 0)
                    {
                        through.Add($"{article.Key}: {wrong}");
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{faults} faults, {through.Count} let through; {sentences} true sentences, {removed.Count} removed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Is.GreaterThanOrEqualTo(200));
            Assert.That(through, Is.Empty);
            Assert.That(removed, Has.Count.LessThanOrEqualTo(0.03 * sentences));
        }
    }

    private static IEnumerable<string> Spoil(string sentence, string language)
    {
        // Another number in each place where one stands.
        for (var at = 0; at < sentence.Length; at++)
        {
            if (char.IsAsciiDigit(sentence[at]) && (at == 0 || !char.IsAsciiDigit(sentence[at - 1])))
            {
                var end = at;
                while (end < sentence.Length && char.IsAsciiDigit(sentence[end]))
                {
                    end++;
                }

                var other = long.Parse(sentence[at..end], CultureInfo.InvariantCulture) + 37;
                yield return sentence[..at] + other.ToString(CultureInfo.InvariantCulture) + sentence[end..];
            }
        }

        var isGerman = language == "de";
        yield return sentence + (isGerman ? " Mehr dazu auf https://example.org/falsch" : " More at https://example.org/wrong");
        yield return sentence + (isGerman ? " Das dauert 99 Tage." : " This takes 99 days.");
        yield return sentence + (isGerman ? " Spätestens am 17.03.2031." : " By 17 March 2031 at the latest.");
        yield return sentence + (isGerman ? " Fragen Sie Frau Szymanski." : " Ask for Zbigniew Szymanski.");
        yield return sentence + (isGerman ? " Wir zahlen Ihnen Schadensersatz." : " We will pay you compensation.");
    }

    private static IReadOnlyList<Fact> Unsupported(string sentence, string passage, string said = "") =>
        FactCheck.FindUnsupported(
            sentence, passage.Length == 0 ? [] : [new Passage(1, "s", "a", "", "", passage, "en", KnowledgeAudience.Customers, null)], said,
            sentence.Contains("Sie", StringComparison.Ordinal) || sentence.Contains("Wir", StringComparison.Ordinal) ? "de" : "en");

    private static Passage PassageOf(ALibrary.LibraryArticle article) =>
        new(1, "s", article.Key, article.Title, "", article.Text, article.Language, KnowledgeAudience.Customers, null);
}
