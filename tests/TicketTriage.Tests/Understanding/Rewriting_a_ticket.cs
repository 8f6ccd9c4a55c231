using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding;

/// <summary>
/// The same words written otherwise must mean the same: what changes is how people and mail programs write, not what they want. The
/// classifier learns three examples in four and is asked about the rest, which are new to it.
/// </summary>
public sealed class Rewriting_a_ticket
{
    private const double MostFlips = 0.05;

    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;
    private static readonly IReadOnlyList<LabelledText> Examples = TaxonomyReader.ExamplesOf(Shipped);

    private static readonly TextClassifier Classifier = TextClassifier.Train(
        [.. Examples.Where((example, at) => example.IsHint || at % 4 != 3)],
        Learning.Tickets.Moods,
        new TrainingOptions(),
        CancellationToken.None);

    private static readonly IReadOnlyList<string> Texts =
        [.. Examples.Where((example, at) => !example.IsHint && example.Label is not null && at % 4 == 3).Select(example => example.Text)];

    [Test]
    public void Umlauts_may_be_spelt_out() => AssertStable(Rewrites.WithUmlautsSpeltOut);

    [Test]
    public void Capitals_say_nothing() => AssertStable(Rewrites.InCapitals);

    [Test]
    public void A_greeting_and_a_signature_say_nothing() => AssertStable(Rewrites.WithGreetingAndSignature);

    [Test]
    public void A_quoted_reply_says_nothing() => AssertStable(Rewrites.WithQuotedReply);

    [Test]
    public void Markup_says_nothing() => AssertStable(Rewrites.AsMarkup);

    [Test]
    public void A_slip_of_the_finger_in_a_hundred_letters_changes_little()
    {
        var chance = new Random(1);

        AssertStable(text => Rewrites.WithSlips(text, chance));
    }

    private static void AssertStable(Func<string, HelpdeskComment> rewrite)
    {
        var flips = Texts.Where(text => Classify(rewrite(text)) != Classify(Rewrites.Plain(text))).ToList();

        TestContext.Out.WriteLine($"{flips.Count} of {Texts.Count} flip");
        Assert.That((double)flips.Count / Texts.Count, Is.AtMost(MostFlips), string.Join('\n', flips.Take(5)));
    }

    private static string? Classify(HelpdeskComment comment)
    {
        var ticket = TicketCleaner.Clean(new HelpdeskTicket { Number = "7", Stamp = "1" }, [comment], new TicketId("acme", "7"));
        return Classifier.Classify(ConcernText.Of(ticket.CustomerText(TextFeatures.MostCharacters))).Label;
    }
}
