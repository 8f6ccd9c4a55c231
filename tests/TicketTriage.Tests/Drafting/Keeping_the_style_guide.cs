using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Drafting;
using TicketTriage.Drafting.Style;
using TicketTriage.Policies;
using TicketTriage.Testing;
using TicketTriage.Tests.Knowledge;
using TicketTriage.Tests.Understanding;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Drafting;

[CancelAfter(60_000)]
public sealed class Keeping_the_style_guide
{
    private const string Question = "How many days do I have to return my shoes?";
    private const string Answer = "You can return your shoes within 30 days of delivery.";

    private static readonly (string Key, string Title, string Text) Returns =
        ("returns", "How long can I return something?", "You can return shoes within 30 days of delivery. As a gesture we pay the postage of shoes.");

    private static readonly TicketUnderstanding Upset = AnUnderstanding.Of("orders/return", signals: UrgencySignals.Frustration);

    [Test]
    public async Task The_model_is_told_how_the_team_writes()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            MostWords = 77,
            Glossary = [new GlossaryTerm("Shoe Club Plus")],
        });
        desk.Server.Answers(ADesk.Says((Answer, 1)));

        await desk.DraftAsync(Question);

        Assert.That(desk.Server.Calls.Single().Said("system"), Does.Contain("At most 77 words").And.Contain("Shoe Club Plus").And.Contain("Tone: friendly"));
    }

    [Test]
    public async Task Greeting_and_closing_are_the_guides_for_models_and_templates()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            Languages = new Dictionary<string, LanguageStyle>(guide.Languages)
            {
                ["en"] = guide.Languages["en"] with { Greeting = "Dear {requester_name}", Closing = "The shoe people" },
            },
        });
        desk.Server.Answers(ADesk.Says((Answer, 1)));

        var written = await desk.DraftAsync(Question);
        var template = await desk.DraftAsync(Question, hasModel: false);

        Assert.That(new[] { written.Text, template.Text }, Has.All.StartsWith("Dear Tom Miller\n\n").And.All.EndsWith("\n\nThe shoe people"));
    }

    [Test]
    public async Task A_snippet_stands_letter_for_letter_whoever_wrote_the_rest()
    {
        const string Legal = "Right of withdrawal:  see § 355 BGB — unchanged, with two blanks.";
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            Snippets = [new StyleSnippet("withdrawal", new Dictionary<string, string> { ["en"] = Legal }) { Intents = ["orders/*"] }],
        });
        desk.Server.Answers(ADesk.Says((Answer, 1)));

        var written = await desk.DraftAsync(Question);
        var template = await desk.DraftAsync(Question, hasModel: false);
        var elsewhere = await desk.DraftAsync(Question, AnUnderstanding.Of("technical/how-to"), hasModel: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { written.Text, template.Text }, Has.All.Contain($"\n\n{Legal}\n\nKind regards"));
            Assert.That(elsewhere.Text, Does.Not.Contain("355"));
        }
    }

    [Test]
    public async Task A_snippet_that_is_not_there_in_the_customers_language_is_asked_for()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            Snippets = [new StyleSnippet("withdrawal", new Dictionary<string, string> { ["de"] = "Widerruf." })],
        });

        var draft = await desk.DraftAsync(Question, hasModel: false);

        Assert.That(draft.Remarks, Is.EqualTo((string[])["The fixed text withdrawal belongs here, but is not there in en."]));
    }

    [Test]
    public async Task A_forbidden_promise_of_the_models_own_is_taken_out()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says((Answer, 1), ("We are sorry for our mistake.", 0)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("30 days").And.Not.Contain("mistake"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["Taken out because the style guide does not allow our mistake: We are sorry for our mistake."]));
        }
    }

    [Test]
    public async Task A_promise_that_an_article_gives_and_the_guide_forbids_blocks_the_draft()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers(ADesk.Says((Answer, 1), ("As a gesture we pay the postage of shoes.", 1)));

        var draft = await desk.DraftAsync(Question);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Is.Empty);
            Assert.That(draft.Blocked, Is.EqualTo(
                "No draft: \"How long can I return something?\" promises \"as a gesture\", which the style guide forbids (goodwill). Please decide yourself."));
            Assert.That(draft.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.PolicyConflict]));
        }
    }

    [TestCase("en", "No draft: the template promises \"checking the return\", which the style guide forbids (checks). Please decide yourself, and have the template corrected.")]
    [TestCase("de", "Kein Entwurf: Die Vorlage sagt „checking the return“ zu, der Leitfaden verbietet es (checks). Bitte selbst entscheiden und die Vorlage berichtigen lassen.")]
    public async Task A_promise_that_a_template_gives_and_the_guide_forbids_blocks_it_and_not_the_models_answer(string teamLanguage, string reason)
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            ForbiddenPromises = [new ForbiddenPromise("checks", ["checking the return"]) { Intents = ["orders/*"] }],
        });
        desk.Server.Answers(ADesk.Says((Answer, 1)));

        var template = await desk.DraftAsync(Question, teamLanguage: teamLanguage, hasModel: false);
        var written = await desk.DraftAsync(Question, teamLanguage: teamLanguage);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((template.Text, template.Blocked), Is.EqualTo(("", reason)));
            Assert.That(template.HandOver?.Because, Is.EqualTo((HandOverReason[])[HandOverReason.PolicyConflict]));
            Assert.That(written.Blocked, Is.Null);
            Assert.That(written.Text, Does.Contain("30 days"));
        }
    }

    [TestCase("en", Shelf.SourceName, null)]
    [TestCase("en", "policies", "Taken out because only a policy may promise 30 days: You can return your shoes within 30 days of delivery.")]
    [TestCase("de", "policies", "Herausgenommen, weil 30 days nur in einer Richtlinie zugesagt werden darf: You can return your shoes within 30 days of delivery.")]
    public async Task Where_the_guide_names_policies_no_other_article_promises(string teamLanguage, string policies, string? remark)
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with { PolicySources = [policies] });
        desk.Server.Answers(ADesk.Says((Answer, 1), ("Shoes can be returned.", 1)));

        var draft = await desk.DraftAsync(Question, teamLanguage: teamLanguage);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text.Contains("30 days", StringComparison.Ordinal), Is.EqualTo(remark is null));
            Assert.That(draft.Remarks, remark is null ? Is.Empty : Has.Member(remark));
        }
    }

    [Test]
    public void No_shipped_template_promises_what_the_shipped_guide_forbids()
    {
        var guide = StyleGuide.LoadShipped().Content;
        var templates = ShippedPolicies.LoadAllIntents().Content.Intents
            .SelectMany(intent => intent.Reply.Values, (intent, reply) => (intent.Name, Reply: reply)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(templates, Has.Count.GreaterThan(40));
            Assert.That(templates.Select(template => StyleCheck.FindForbidden(template.Reply, guide, template.Name)), Has.All.Null);
        }
    }

    [TestCase("en", "The customer writes in the language fr, which the template does not have: the text is in en. Please translate it.")]
    [TestCase("de", "Der Kunde schreibt in der Sprache fr, die Vorlage gibt es darin nicht: Der Text ist auf en. Bitte übersetzen.")]
    public async Task An_agent_is_told_that_the_template_is_not_in_the_customers_language(string teamLanguage, string remark)
    {
        await using var desk = await ADesk.OpenAsync(Returns);

        var draft = await desk.DraftAsync(
            "Combien de jours ai-je pour rendre mes chaussures ?", AnUnderstanding.Of("orders/return", language: "fr"), teamLanguage, hasModel: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.StartWith("Hello Tom Miller"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])[remark]));
        }
    }

    [Test]
    public async Task A_snippet_and_an_article_that_contradict_each_other_block_the_draft()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with
        {
            Snippets =
            [
                new StyleSnippet("deadline", new Dictionary<string, string> { ["en"] = "You can return shoes within 14 days of delivery." }) { Intents = ["orders/return"] },
            ],
        });
        desk.Server.Answers(ADesk.Says((Answer, 1)));

        var draft = await desk.DraftAsync(Question);

        Assert.That((draft.Text, draft.Blocked), Is.EqualTo((
            "", "No draft: \"How long can I return something?\" says 30 days, the fixed text deadline says 14 days. Please settle which holds.")));
    }

    [Test]
    public async Task Names_of_products_are_put_back_where_a_model_translates_them()
    {
        await using var desk = (await ADesk.OpenAsync(("club", "What is the Schuhclub Plus?", "The Schuhclub Plus keeps the sizes of your shoes.")))
            .Writes(guide => guide with { Glossary = [new GlossaryTerm("Schuhclub Plus") { Not = ["shoe club plus"] }] });
        desk.Server.Answers(ADesk.Says(("The shoe club plus keeps the sizes of your shoes.", 1)));

        var draft = await desk.DraftAsync("What is the Schuhclub Plus for my shoes?");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("The Schuhclub Plus keeps"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["Translated names put back: Schuhclub Plus."]));
        }
    }

    [TestCase(FormOfAddress.Formal, "Kannst du dein Paket öffnen?", "du,dein")]
    [TestCase(FormOfAddress.Formal, "Bitte öffnen Sie Ihr Paket. Dort liegt das Etikett.", "")]
    [TestCase(FormOfAddress.Informal, "Bitte öffnen Sie Ihr Paket.", "Sie,Ihr")]
    [TestCase(FormOfAddress.Informal, "Die Schuhe sind da. Sie liegen im Laden, und du kannst sie holen.", "")]
    [TestCase(FormOfAddress.Any, "Du und Sie.", "")]
    public void The_other_form_of_address_is_seen(FormOfAddress wanted, string text, string words)
    {
        var guide = StyleGuide.LoadShipped().Content;
        guide = guide with
        {
            Languages = new Dictionary<string, LanguageStyle>(guide.Languages) { ["de"] = guide.Languages["de"] with { Address = wanted } },
        };

        Assert.That(StyleCheck.FindWrongAddress(text, "de", guide), Is.EqualTo(words.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task A_draft_that_is_too_long_says_so()
    {
        await using var desk = (await ADesk.OpenAsync(Returns)).Writes(guide => guide with { MostWords = 20 });
        desk.Server.Answers(ADesk.Says((Answer, 1), (Answer, 1), (Answer, 1)));

        var draft = await desk.DraftAsync(Question);

        Assert.That(draft.Remarks, Has.One.EqualTo("Shorten it: 33 words, the style guide allows 20."));
    }

    [Test]
    public async Task To_an_angry_customer_the_model_says_one_sentence_within_the_guides_words()
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers("""{"sentence":"Your shoes came with a torn sole."}""");

        var draft = await desk.DraftAsync("My shoes came with a torn sole!", Upset);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Origin, Is.EqualTo(DraftOrigin.Template));
            Assert.That(draft.Text, Does.StartWith(
                "Hello Tom Miller,\n\nYou have reason to be annoyed, and we are sorry that it came to this. Your shoes came with a torn sole.\n\n"));
            Assert.That(draft.Text, Does.EndWith("A person from our team is looking at your case now and will answer you personally.\n\nKind regards"));
            Assert.That(draft.Text, Does.Not.Contain("30 days"));
            Assert.That(draft.Remarks, Is.EqualTo((string[])["The model wrote this sentence: Your shoes came with a torn sole."]));
        }
    }

    [Test]
    public async Task A_name_that_is_never_translated_is_put_back_in_the_models_one_sentence_too()
    {
        await using var desk = (await ADesk.OpenAsync(Returns))
            .Writes(guide => guide with { Glossary = [new GlossaryTerm("Laufschuh Eins") { Not = ["running shoe one"] }] });
        desk.Server.Answers("""{"sentence":"Your running shoe one came with a torn sole."}""");

        var draft = await desk.DraftAsync("My running shoe one came with a torn sole!", Upset);

        Assert.That(draft.Text, Does.Contain("Your Laufschuh Eins came with a torn sole."));
    }

    [TestCase("We will refund you at once.", TestName = "A_promise_to_somebody_angry_is_left_out")]
    [TestCase("This was our mistake.", TestName = "An_admission_to_somebody_angry_is_left_out")]
    [TestCase("You get 50 euros.", TestName = "Money_for_somebody_angry_is_left_out")]
    [TestCase("Ask Brenda Walsh.", TestName = "A_name_for_somebody_angry_is_left_out")]
    [TestCase("See https://evil.example.", TestName = "A_link_for_somebody_angry_is_left_out")]
    [TestCase("Your shoes are torn. And there is more.", TestName = "A_second_sentence_to_somebody_angry_is_left_out")]
    public async Task What_the_guide_does_not_leave_to_the_model_is_left_out(string sentence)
    {
        await using var desk = await ADesk.OpenAsync(Returns);
        desk.Server.Answers($$"""{"sentence":"{{sentence}}"}""");

        var draft = await desk.DraftAsync("My shoes came with a torn sole!", Upset);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Text, Does.Contain("sorry that it came to this.\n\n").And.Not.Contain(sentence).And.Not.Contain("{"));
            Assert.That(draft.Remarks, Has.Count.EqualTo(1));
            Assert.That(draft.Remarks, Has.All.EndWith(sentence));
        }
    }

    [Test]
    public async Task Without_a_model_somebody_angry_gets_the_guides_words_alone()
    {
        await using var desk = await ADesk.OpenAsync(Returns);

        var draft = await desk.DraftAsync("My shoes came with a torn sole!", Upset, hasModel: false);

        Assert.That(draft.Text, Does.Contain("sorry that it came to this.\n\n").And.Not.Contain("{"));
    }

    [TestCase(UrgencySignals.WantsPerson)]
    [TestCase(UrgencySignals.Legal)]
    [TestCase(UrgencySignals.Fraud)]
    [TestCase(UrgencySignals.Security)]
    public async Task Where_a_person_has_to_speak_no_model_is_asked(string signal)
    {
        await using var desk = await ADesk.OpenAsync(Returns);

        var draft = await desk.DraftAsync(Question, AnUnderstanding.Of("orders/return", signals: [signal, UrgencySignals.Frustration]));

        Assert.That((desk.Server.Calls.Count, draft.Origin, draft.Text.Length > 0), Is.EqualTo((0, DraftOrigin.Template, true)));
    }

    [TestCase("\"mostWords\": 160", "\"mostWords\": 5", "mostWords is 5")]
    [TestCase("Guten Tag {requester_name}", "Guten Tag {name}", "Language de, greeting: {name} can't stand here.")]
    [TestCase("Sie haben Grund", "Du hast Grund", "\"Du\" is not the form of address")]
    [TestCase("You have reason", "It is our fault and you have reason", "\"our fault\" is a forbidden promise (fault)")]
    [TestCase("\"compensation\"", "\"wealth\"", "names the kind wealth")]
    [TestCase("\"glossary\": []", "\"glossary\": [], \"colour\": 1", "colour")]
    public void A_faulty_guide_is_refused_with_the_place(string text, string spoilt, string fault)
    {
        var json = StyleGuide.LoadShipped().Json;
        Assert.That(json, Does.Contain(text));

        Assert.That(StyleGuides.Lint(Encoding.UTF8.GetBytes(json.Replace(text, spoilt, StringComparison.Ordinal))), Has.One.Contains(fault));
    }

    [Test]
    public void The_shipped_guide_has_no_faults() => Assert.That(StyleGuides.Lint(Encoding.UTF8.GetBytes(StyleGuide.LoadShipped().Json)), Is.Empty);

    [Test]
    public async Task A_file_is_read_again_as_it_changes_and_a_faulty_one_changes_nothing(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        var file = Path.GetTempFileName();
        var json = StyleGuide.LoadShipped().Json;
        await File.WriteAllTextAsync(file, json.Replace("160", "150", StringComparison.Ordinal), cancellationToken);
        using var guides = new StyleGuides(
            new PolicyBook(database.Pool), Options.Create(new DraftingOptions { StyleFile = file }), clock, NullLogger<StyleGuides>.Instance);

        var first = await MostWordsAsync();
        await File.WriteAllTextAsync(file, json.Replace("160", "140", StringComparison.Ordinal), cancellationToken);
        var second = await MostWordsAsync();
        await File.WriteAllTextAsync(file, "{}", cancellationToken);
        var third = await MostWordsAsync();
        File.Delete(file);
        guides.Take("published", json.Replace("160", "130", StringComparison.Ordinal));
        var fourth = await MostWordsAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int[])[first, second, third, fourth], Is.EqualTo((int[])[150, 140, 140, 130]));
            Assert.That(await database.AskAsync<long>("select count(*) from policies where kind = 'style'"), Is.EqualTo(2));
        }

        async Task<int> MostWordsAsync()
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return (await guides.FindCurrentAsync(cancellationToken)).Content.MostWords;
        }
    }
}
