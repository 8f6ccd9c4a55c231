using TicketTriage.Drafting;
using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;
using TicketTriage.Tests.Knowledge;
using TicketTriage.Tests.Understanding;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Drafting;

[CancelAfter(60_000)]
public sealed class Drafting_with_a_model
{
    private const string Question = "How many days do I have to return my shoes?";
    private const string Answer = "You can return shoes within 30 days of delivery.";

    private static readonly (string Key, string Title, string Text) Returns =
        ("returns", "How long can I return something?", "You can return shoes within 30 days of delivery. Open the returns page at https://help.example.com/returns and print the label.");

    [TestCase("Could you please tell us your order number?")]
    [TestCase("What is your customer number?")]
    [TestCase("Können Sie uns bitte ein Foto der Schuhe schicken?")]
    [TestCase("Wie lautet Ihre Bestellnummer?")]
    public async Task Data_that_nothing_asks_for_are_not_asked_for_by_the_model(string question)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says((Answer, 1), (question, 0)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("30 days").And.Not.Contain(question));
            Assert.That(draft.Remarks, Is.EqualTo((string[])[$"Taken out because only what the intent needs and the ticket lacks is asked for: {question}"]));
        }
    }

    [Test]
    public async Task A_question_alone_is_no_answer_and_nobody_is_told_to_leave_it_out()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("Do the shoes fit?", 0)));

        var draft = await desk.DraftAsync(Question);

        Assert.That(draft.Remarks, Is.EqualTo((string[])["The model finds no answer in the articles that were found."]));
    }

    [Test]
    public async Task A_question_that_no_source_asks_stands_and_is_shown_to_the_agent()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says((Answer, 1), ("Do the shoes fit?", 0)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("Do the shoes fit?"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["The model asks this of its own accord; leave it out unless you need it: Do the shoes fit?"]));
        }
    }

    [Test]
    public async Task What_an_article_says_stands_in_the_reply_with_its_number()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("Thank you for asking.", 0), ("You can return your shoes within 30 days of delivery.", 1)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Origin, Is.EqualTo(DraftOrigin.Model));
            Assert.That(draft.Text, Is.EqualTo(
                "Hello Tom Miller,\n\nThank you for asking. You can return your shoes within 30 days of delivery. [1]\n\nKind regards"));
            Assert.That(draft.Citations.Select(citation => (citation.Number, citation.Title)), Is.EqualTo(((int, string)[])[(1, Returns.Title)]));
            Assert.That(draft.Remarks, Is.Empty);
        }
    }

    [Test]
    public async Task The_model_gets_the_passages_as_the_teams_and_the_ticket_as_a_strangers_words()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return your shoes within 30 days of delivery.", 1)));

        await desk.DraftAsync($"{Question} Write to tom@example.com");

        var asked = desk.Server.Calls.Single().Said("user");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Does.Contain($"# [1] {Returns.Title}").And.Contain("# You can return shoes within 30 days"));
            Assert.That(asked, Does.Contain($"| {Question}").And.Not.Contain("tom@example.com"));
        }
    }

    [TestCase(Question, true)]
    [TestCase($"{Question} My order number is 4711-22.", false)]
    public async Task What_the_ticket_lacks_is_asked_for_once_and_only_then(string text, bool isAsked)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return your shoes within 30 days of delivery.", 1)));

        var draft = await desk.DraftAsync(text, AnUnderstanding.Of("orders/return") with { Missing = ["order_number"], OwnWords = Question });

        Assert.That(draft.Text, Does.EndWith(
            $"delivery. [1]\n\n{(isAsked ? "For this we still need from you: order number.\n\n" : "")}Kind regards"));
    }

    [TestCase(2)]
    [TestCase(-1)]
    [TestCase(99)]
    public async Task An_article_that_does_not_exist_is_no_source(int source)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return your shoes within 30 days of delivery.", 1), ("Socks too.", source)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("30 days").And.Not.Contain("Socks"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])[$"Taken out because there is no source [{source}]: Socks too."]));
        }
    }

    [Test]
    public async Task A_draft_that_only_cites_what_does_not_exist_leaves_the_template()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return your shoes within 30 days of delivery.", 7)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Origin, Is.EqualTo(DraftOrigin.Template));
            Assert.That(draft.Text, Does.StartWith("Hello Tom Miller,").And.Not.Contain("30 days"));
        }
    }

    [TestCase("deleted")]
    [TestCase("changed")]
    [TestCase("withdrawn")]
    public async Task An_article_that_goes_while_the_model_writes_is_quoted_no_more(string how)
    {
        await using var desk = await ADesk.OpenAsync(Returns, ("care", "How do I care for my shoes?", "Clean your shoes with warm water and a soft brush."));
        desk.Server.Otherwise(_ =>
        {
            LoseReturns(desk.Library, how).GetAwaiter().GetResult();
            return ADesk.Says(("You can return your shoes within 30 days of delivery.", 1));
        });

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Origin, Is.EqualTo(DraftOrigin.Template));
            Assert.That(draft.Text, Does.Not.Contain("30 days"));
            Assert.That(draft.Citations.Select(citation => citation.Title), Has.None.EqualTo(Returns.Title));
            Assert.That(draft.Remarks, Is.EqualTo((string[])
                ["Taken out because its article was deleted or changed meanwhile: You can return your shoes within 30 days of delivery."]));
        }
    }

    [TestCase("You get 20 euros back.", "20 euros", TestName = "An_invented_amount_is_taken_out")]
    [TestCase("You can return it until 24 December.", "24 December", TestName = "An_invented_date_is_taken_out")]
    [TestCase("See https://help.example.org/returns for more.", "https://help.example.org/returns", TestName = "An_invented_link_is_taken_out")]
    [TestCase("Ask Brenda Walsh about it.", "Brenda", TestName = "An_invented_name_is_taken_out")]
    [TestCase("You have 60 days for it.", "60 days", TestName = "An_invented_deadline_is_taken_out")]
    [TestCase("We refund the price at once.", "refund", TestName = "An_invented_promise_is_taken_out")]
    [TestCase("The service desk is at +49 30 1234567.", "+49 30 1234567", TestName = "An_invented_telephone_number_is_taken_out")]
    public async Task What_no_article_says_is_taken_out_and_named(string invented, string wording)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("You can return your shoes within 30 days of delivery.", 1), (invented, 1)));

        var draft = await desk.DraftAsync(Question, teamLanguage: "en");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("30 days").And.Not.Contain(invented));
            Assert.That(draft.Remarks, Has.Count.EqualTo(1));
            Assert.That(draft.Remarks, Has.All.Contain(wording).And.All.EndWith(invented));
        }
    }

    [Test]
    public async Task A_statement_without_a_source_is_taken_out_and_thanks_are_not()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(
            ("We are sorry that they do not fit.", 0), ("The shop keeps worn shoes too.", 0), ("You can return your shoes within 30 days of delivery.", 1)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("We are sorry").And.Not.Contain("worn"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["Taken out because it names no source: The shop keeps worn shoes too."]));
        }
    }

    [Test]
    public async Task A_claim_that_its_article_hardly_says_is_marked()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(
            ("You can return your shoes within 30 days of delivery.", 1), ("Gloves, scarves and bracelets stay excluded from everything.", 1)));

        var draft = await desk.DraftAsync(Question);

        Assert.That(draft.Remarks, Is.EqualTo((string[])
            ["Compare with the source, which uses other words: Gloves, scarves and bracelets stay excluded from everything."]));
    }

    [Test]
    public async Task Articles_that_contradict_each_other_block_the_draft_with_the_reason()
    {
        await using var desk = await ADesk.OpenAsync(
            ("old", "Returning shoes", "You can return shoes within 14 days of delivery."),
            ("new", "How long can I return shoes?", "You can return shoes within 30 days of delivery."));
        desk.Server.Otherwise(call => ADesk.Says(
            ($"You can return shoes within {(FirstIs(call.Said("user"), "14 days") ? 14 : 30)} days of delivery.", 1),
            ($"You can return shoes within {(FirstIs(call.Said("user"), "14 days") ? 30 : 14)} days of delivery.", 2)));

        var draft = await desk.DraftAsync("How many days do I have to return shoes after delivery?");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Is.Empty);
            Assert.That(draft.Blocked, Does.StartWith("No draft: ").And.Contain("14 days").And.Contain("30 days").And.Contain("Returning shoes"));
            Assert.That(draft.NextSteps, Is.Not.Empty);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_article_that_contradicts_blocks_the_draft_also_where_nobody_cites_it(bool hasModel)
    {
        await using var desk = await ADesk.OpenAsync(
            ("old", "Returning shoes", "You can return shoes within 14 days of delivery."),
            ("new", "How long can I return shoes?", "You can return shoes within 30 days of delivery."));
        desk.Server.Otherwise(_ => ADesk.Says(("You can return your shoes.", 1)));

        var draft = await desk.DraftAsync("How many days do I have to return shoes after delivery?", hasModel: hasModel);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Is.Empty);
            Assert.That(draft.Blocked, Does.StartWith("No draft: ").And.Contain("14 days").And.Contain("30 days"));
            Assert.That(draft.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.PolicyConflict]));
            Assert.That(desk.Server.Calls, Is.Empty, "there is nothing to pay a model for");
        }
    }

    [Test]
    public async Task Somebody_who_asks_for_a_person_gets_the_words_for_it_whatever_articles_say()
    {
        await using var desk = await ADesk.OpenAsync(
            ("old", "Returning shoes", "You can return shoes within 14 days of delivery."),
            ("new", "How long can I return shoes?", "You can return shoes within 30 days of delivery."));

        var draft = await desk.DraftAsync(
            "How many days do I have to return shoes after delivery?", AnUnderstanding.Of("orders/return", signals: UrgencySignals.WantsPerson));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Blocked, Is.Null);
            Assert.That(draft.Text, Does.Contain("You would like to speak to a person."));
        }
    }

    [Test]
    public async Task A_customer_gets_the_answer_in_a_language_that_no_template_has()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("Les chaussures peuvent revenir avec le bon.", 1)));

        var draft = await desk.DraftAsync(Question, AnUnderstanding.Of("orders/return", language: "fr") with { Missing = ["order_number"] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(desk.Server.Calls.Single().Said("system"), Does.Contain("Language of the reply: fr"));
            Assert.That((draft.Origin, draft.Language), Is.EqualTo((DraftOrigin.Model, "fr")));
            Assert.That(draft.Text, Is.EqualTo(
                "Hello Tom Miller,\n\nLes chaussures peuvent revenir avec le bon. [1]\n\n"
                + "For this we still need from you: order number.\n\nKind regards"));
            Assert.That(draft.Remarks, Has.One.EqualTo(
                "Read it closely: promises in the language fr can't be checked here, and greeting and closing are English."));
        }
    }

    [Test]
    public async Task A_guide_that_greets_in_the_customers_language_is_kept()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            Languages = new Dictionary<string, LanguageStyle>(guide.Languages)
            {
                ["fr"] = guide.Languages["en"] with { Greeting = "Bonjour {requester_name},", Closing = "Cordialement" },
            },
        });
        desk.Server.Answers(ADesk.Says(("Les chaussures peuvent revenir avec le bon.", 1)));

        var draft = await desk.DraftAsync(Question, AnUnderstanding.Of("orders/return", language: "fr"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.StartWith("Bonjour Tom Miller,").And.EndWith("Cordialement"));
            Assert.That(draft.Remarks, Has.One.EqualTo("Read it closely: promises in the language fr can't be checked here."));
        }
    }

    [TestCase("not json")]
    [TestCase("{}")]
    [TestCase("{\"supported\":true,\"sentences\":[{\"text\":\"x\"}]}")]
    [TestCase("{\"supported\":\"yes\",\"sentences\":[]}")]
    [TestCase("{\"supported\":true,\"sentences\":[{\"text\":null,\"source\":1}]}")]
    [TestCase("{\"supported\":false,\"sentences\":[{\"text\":\"You have 30 days.\",\"source\":1}]}")]
    public async Task An_answer_without_a_draft_leaves_the_template(string answer)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(answer);

        var draft = await desk.DraftAsync(Question);

        Assert.That((draft.Origin, draft.Text.Length > 0), Is.EqualTo((DraftOrigin.Template, true)));
    }

    [Test]
    public async Task A_model_that_finds_no_answer_hands_over_and_leaves_a_gap()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says());

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Support, Is.EqualTo(KnowledgeSupport.Nothing), "by which gaps are found");
            Assert.That(draft.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.MissingKnowledge]));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["The model finds no answer in the articles that were found."]));
            Assert.That(draft.Text, Does.StartWith("Hello Tom Miller,"));
        }
    }

    [Test]
    public async Task A_model_of_whose_answer_nothing_may_stand_hands_over_with_what_was_taken_out()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says(("Thank you for asking.", 0), ("You have 60 days for it.", 1)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Support, Is.EqualTo(KnowledgeSupport.Nothing));
            Assert.That(draft.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.MissingKnowledge]));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["Taken out because no source has 60 days: You have 60 days for it."]));
            Assert.That(draft.Text, Does.Not.Contain("60 days").And.Not.Contain("Thank you for asking"));
        }
    }

    [Test]
    public async Task A_model_that_is_away_leaves_the_template_and_the_sources()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Plays(503, "{}");

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Origin, Is.EqualTo(DraftOrigin.Template));
            Assert.That(draft.Citations, Is.Not.Empty);
        }
    }

    private static bool FirstIs(string said, string wording) =>
        said.IndexOf("[1]", StringComparison.Ordinal) is var first && said.IndexOf("[2]", StringComparison.Ordinal) is var second
        && said[first..second].Contains(wording, StringComparison.Ordinal);

    private static Task<string> LoseReturns(ALibrary library, string how)
    {
        var care = ALibrary.Article(new ALibrary.LibraryArticle("care", "en", "How do I care for my shoes?", "Clean your shoes with warm water and a soft brush."));
        var returns = ALibrary.Article(new ALibrary.LibraryArticle(Returns.Key, "en", Returns.Title, Returns.Text));
        return library.SyncAsync(
            new Shelf(how switch
            {
                "changed" => [care, returns with { Sections = ArticleMarkup.ReadText("You can return shoes within 10 days of delivery.") }],
                "withdrawn" => [care, returns with { Audience = KnowledgeAudience.Agents }],
                _ => [care],
            }),
            TimeProvider.System,
            CancellationToken.None);
    }
}
