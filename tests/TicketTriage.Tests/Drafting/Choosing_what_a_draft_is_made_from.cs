using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Tests.Knowledge;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Drafting;

/// <summary>Which articles a draft is made from, before any model is asked.</summary>
[CancelAfter(60_000)]
public sealed class Choosing_what_a_draft_is_made_from
{
    private const string Question = "How many days do I have to return my shoes?";

    private static readonly (string Key, string Title, string Text) Returns =
        ("returns", "How long can I return something?", "You can return shoes within 30 days of delivery.");

    [TestCase(0.8, false)]
    [TestCase(0.5, true)]
    public async Task An_article_on_another_product_answers_only_where_the_ticket_may_be_about_both(double sure, bool isShown)
    {
        await using var desk = await ADesk.OpenAsync();
        await desk.Library.SyncAsync(
            new Shelf([Article("app", "mobile-app", "4 EUR"), Article("desktop", "desktop-app", "9 EUR")]),
            TimeProvider.System,
            CancellationToken.None);
        desk.Server.Answers(ADesk.Says(("A seat costs 4 EUR a month.", 1)));

        await desk.DraftAsync(
            "What does a seat cost in a month?",
            AnUnderstanding.Of("sales/question") with { Product = new Finding("mobile-app", sure, ["The ticket names: app."]) });

        var asked = desk.Server.Calls.Single().Said("user");
        Assert.That(asked, Does.Contain("4 EUR"));
        Assert.That(asked, isShown ? Does.Contain("9 EUR") : Does.Not.Contain("9 EUR"));

        static KnowledgeArticle Article(string key, string product, string price)
        {
            var article = new ALibrary.LibraryArticle(key, "en", "What does a seat cost?", $"A seat costs {price} a month.");
            return ALibrary.Article(article) with { Product = product };
        }
    }

    [Test]
    public async Task Knowledge_is_searched_by_the_customers_words_and_not_by_a_summary_in_another_language()
    {
        await using var desk = await ADesk.OpenAsync(Returns);

        var draft = await desk.DraftAsync(
            Question, AnUnderstanding.Of("orders/return") with { OwnWords = "What is the weather in Kiel tomorrow?" }, hasModel: false);

        Assert.That(draft.Support, Is.EqualTo(KnowledgeSupport.Nothing));
    }

    [Test]
    public async Task Without_knowledge_no_model_is_asked()
    {
        await using var desk = await ADesk.OpenAsync();

        var draft = await desk.DraftAsync(Question);

        Assert.That((draft.Origin, draft.Citations.Count, desk.Server.Calls.Count), Is.EqualTo((DraftOrigin.Template, 0, 0)));
    }

    [Test]
    public async Task What_only_agents_may_read_is_not_given_to_the_model()
    {
        await using var desk = await ADesk.OpenAsync();
        var secret = ALibrary.Article(new ALibrary.LibraryArticle(Returns.Key, "en", Returns.Title, Returns.Text)) with { Audience = KnowledgeAudience.Agents };
        await desk.Library.SyncAsync(new Shelf([secret]), TimeProvider.System, CancellationToken.None);

        var draft = await desk.DraftAsync(Question);

        Assert.That((desk.Server.Calls.Count, draft.Citations.All(citation => citation.IsForAgents)), Is.EqualTo((0, true)));
    }
}
