using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Drafting;

[CancelAfter(60_000)]
public sealed class Drafting_an_article
{
    private static readonly (string Key, string Title, string Text) Returns =
        ("returns", "How long can I return something?", "You can return shoes within 30 days of delivery. Print the label on the returns page.");

    private static readonly KnowledgeGap Gap = new(
        [Question("1", "Can I return worn shoes from tom@example.com?"), Question("2", "Do you take back worn shoes within 60 days?")]);

    [Test]
    public async Task The_model_phrases_it_from_the_passages_and_each_sentence_names_its_own()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return shoes within 30 days of delivery.", 1)));
        var drafter = desk.Articles();

        var gathered = await drafter.GatherAsync(Gap, [new GivenAnswer(Gap.Questions[0].Ticket, default, "Worn ones cost 5 EUR.")], default);
        var (material, removed) = await drafter.PhraseAsync(Gap, gathered, default);

        var asked = desk.Server.Calls.Single().Said("user");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(material.Phrased, Is.EqualTo((PhrasedSentence[])[new("You can return shoes within 30 days of delivery.", 1, IsDoubtful: false)]));
            Assert.That(removed, Is.Empty);
            Assert.That(asked, Does.Contain($"# [1] {Returns.Title}").And.Contain("| Can I return worn shoes").And.Not.Contain("tom@example.com"));
            Assert.That(asked, Does.Not.Contain("5 EUR"), "what agents wrote to one customer goes to no model");
        }
    }

    [TestCase("You can return worn shoes within 60 days of delivery.", 1, TestName = "What_only_a_customer_said_is_no_source")]
    [TestCase("We refund the postage of 4.90 EUR.", 1, TestName = "A_made_up_amount_is_taken_out")]
    [TestCase("You can return shoes within 30 days of delivery.", 2, TestName = "A_passage_that_does_not_exist_is_no_source")]
    [TestCase("Thank you for asking.", 0, TestName = "A_sentence_without_a_source_is_taken_out")]
    public async Task What_no_passage_says_does_not_stand(string sentence, int source)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says((sentence, source)));
        var drafter = desk.Articles();

        var (material, removed) = await drafter.PhraseAsync(Gap, await drafter.GatherAsync(Gap, [], default), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(material.Phrased, Is.Empty);
            Assert.That(removed.Single().Text, Is.EqualTo(sentence));
            Assert.That(ArticleSkeleton.Write(Gap, [], material, DateTimeOffset.UnixEpoch), Does.Contain("To be written.").And.Not.Contain("Phrased by"));
        }
    }

    [Test]
    public async Task What_the_style_guide_forbids_to_promise_is_taken_out_although_a_passage_says_it()
    {
        const string Goodwill = "As a gesture we pay the postage of worn shoes.";
        await using var desk = await ADesk.OpenAsync((Returns.Key, Returns.Title, $"{Returns.Text} {Goodwill}"));
        desk.Server.Answers(ADesk.Says(("You can return shoes within 30 days of delivery.", 1), (Goodwill, 1)));
        var drafter = desk.Articles();

        var (material, removed) = await drafter.PhraseAsync(Gap, await drafter.GatherAsync(Gap, [], default), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(material.Phrased.Select(sentence => sentence.Text), Is.EqualTo((string[])["You can return shoes within 30 days of delivery."]));
            Assert.That(removed.Select(sentence => (sentence.Text, sentence.Reason)), Is.EqualTo(new[] { (Goodwill, RemovalReason.AgainstStyle) }));
        }
    }

    [Test]
    public async Task An_article_that_is_deleted_while_the_model_writes_is_no_source()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return shoes within 30 days of delivery.", 1)));
        var drafter = desk.Articles();
        var gathered = await drafter.GatherAsync(Gap, [], default);
        await desk.Library.Database.AskAsync<object>("delete from knowledge_articles");

        var (material, removed) = await drafter.PhraseAsync(Gap, gathered, default);

        Assert.That((material.Phrased.Count, removed.Single().Reason), Is.EqualTo((0, RemovalReason.SourceGone)));
    }

    [Test]
    public async Task Without_a_passage_for_customers_no_model_is_asked()
    {
        await using var desk = await ADesk.OpenAsync(("fees", "Fees of the pool", "The pool costs 3 EUR."));
        var drafter = desk.Articles();

        var (material, _) = await drafter.PhraseAsync(Gap, await drafter.GatherAsync(Gap, [], default), default);

        Assert.That((material.Passages.Count, material.Phrased.Count, desk.Server.Calls.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_model_that_is_away_says_so()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers("no JSON at all");
        var drafter = desk.Articles();
        var gathered = await drafter.GatherAsync(Gap, [], default);

        Assert.That(() => drafter.PhraseAsync(Gap, gathered, default), Throws.TypeOf<ModelFailedException>());
    }

    private static UnansweredQuestion Question(string number, string subject) =>
        new(new TicketId("acme", number), DateTimeOffset.UnixEpoch, "en", "orders/return", subject, "");
}
