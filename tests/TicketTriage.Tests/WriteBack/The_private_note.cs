using System.Text;
using AngleSharp.Html.Parser;
using TicketTriage.Drafting;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public sealed class The_private_note
{
    private static readonly string[] Elements = ["p", "h4", "ul", "li", "blockquote", "br", "em", "a", "details", "summary", "b"];

    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;

    [TestCase("en", "The ticket gives orders to software.")]
    [TestCase("de", "Das Ticket gibt der Software Anweisungen.")]
    public void Says_why_a_suspected_ticket_is_with_a_person(string language, string sentence)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Conversation = triage.Conversation with { Warnings = [TicketWarnings.Instructions] } };

        Assert.That(TriageNote.Write(triage, [], text => text, language, Shipped), Does.Contain(sentence));
    }

    [TestCase("en", "Not to be automated: “Refund” is in the highest risk class, and a person decides.")]
    [TestCase("de", "Nicht automatisieren: „Erstattung“ gehört zur höchsten Risikoklasse, hier entscheidet ein Mensch.")]
    public void Says_what_may_never_be_automated(string language, string sentence)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        string Note(IntentRisk risk) => TriageNote.Write(
            triage with { Understanding = AnUnderstanding.Of("billing/refund") with { Risk = risk } }, [], text => text, language, Shipped);

        Assert.That(Note(IntentRisk.High), Does.Contain($"<li>{sentence}</li>"));
        Assert.That(Note(IntentRisk.Medium), Does.Not.Contain(sentence));
    }

    [TestCase("en", "local", "<h4>Summary, in the customer's words</h4>")]
    [TestCase("en", "openai", "<h4>Summary</h4>")]
    [TestCase("de", "local", "<h4>Zusammenfassung, in den Worten des Kunden</h4>")]
    [TestCase("de", "openai", "<h4>Zusammenfassung</h4>")]
    public void Says_whose_words_the_summary_has(string language, string provider, string heading)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Understanding = triage.Understanding with { Provider = provider } };

        Assert.That(TriageNote.Write(triage, [], text => text, language, Shipped).Replace("&#x27;", "'", StringComparison.Ordinal), Does.Contain(heading));
    }

    [TestCase("en", "Intent: orders/late, Delivery is late (90%)", "<h4>Details</h4><ul><li>order number: 4711</li></ul>", "<h4>Missing</h4><ul><li>invoice number</li></ul>")]
    [TestCase("de", "Anliegen: orders/late, Lieferung kommt nicht (90%)", "<h4>Angaben</h4><ul><li>Bestellnummer: 4711</li></ul>", "<h4>Fehlende Angaben</h4><ul><li>Rechnungsnummer</li></ul>")]
    public void Calls_things_as_the_team_does(string language, string intent, string details, string missing)
    {
        var note = TriageNote.Write(WithFields(), [], text => text, language, Shipped);

        Assert.That(note.Replace("&#xA0;", "", StringComparison.Ordinal).Replace(" %", "%", StringComparison.Ordinal), Does.Contain(intent));
        Assert.That(note, Does.Contain(details).And.Contain(missing));
    }

    [TestCase("en", "negative", 0.86, MoodTrends.Falling, "Sentiment: negative, strong, getting worse (")]
    [TestCase("de", "negative", 0.86, MoodTrends.Falling, "Stimmung: negativ, stark, wird schlechter (")]
    [TestCase("de", "positive", 0.5, MoodTrends.Rising, "Stimmung: positiv, deutlich, wird besser (")]
    [TestCase("en", "negative", 0.3, null, "Sentiment: negative, mild (")]
    [TestCase("en", "neutral", 0.3, MoodTrends.Steady, "Sentiment: neutral, unchanged (")]
    [TestCase("en", "neutral", 0.1, null, "Sentiment: neutral (")]
    public void Says_how_strongly_the_customer_feels_and_where_that_goes(
        string language, string sentiment, double strength, string? trend, string expected)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        var understanding = AnUnderstanding.Of("orders/late", sentiment: sentiment) with { Mood = new Mood(strength, trend) };

        Assert.That(TriageNote.Write(triage with { Understanding = understanding }, [], text => text, language, Shipped), Does.Contain(expected));
    }

    /// <summary>As the rooms make them; that each sentence of theirs is known is held where the console's are.</summary>
    private static readonly string[] Reasons =
    [
        // Understanding, and the local model in a model's place.
        "Words that weighed most: order, parcel.", "The local model would have said orders/late.", "No intent fits; the nearest is orders/late.",
        "The ticket is in the language fr, of which the taxonomy has no examples.", "7 of 9 words are frequent ones of this language.",
        "The model's server could not be reached.", "The tokens of helpdesk acme are used up for 2026-11-22 (UTC): 1000 a day.",
        // Priority.
        "Begins at Normal: the intent is orders/late.", "Raised from Normal to High: the customer keeps writing (3 tickets in seven days).",
        "Raised from High to Urgent: the routing rules ask for it (“VIP”).", "Lowered from High to Low: the customer is content and only asks.",
        // Rules, fallbacks, skills and agents.
        "Rule “VIP”: intent orders/late (93 % sure), sentiment negative, out of business hours.", "No rule takes the intent orders/late.",
        "Rule “VIP” would fit, but the intent orders/late is only 40 % sure and the rule asks for 60 %.", "The intent is unclear, so a person decides.",
        "The ticket gives orders to software, so a person decides.", "The helpdesk has no skill billing, so its router is not told of it.",
        "The helpdesk has several skills billing (“A: billing”, “B: billing”), so its router is told of none until the rule says which.",
        "Agent 3 gets it.", "Not: 11, 12 (away); 4 (not in the group Orders).", "It waits: nobody who may have it is free.",
    ];

    [Test]
    public void Says_every_reason_in_the_teams_language([ValueSource(nameof(Reasons))] string reason)
    {
        var finding = new Finding("unclear", 0.5, [reason]);
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with
        {
            Understanding = triage.Understanding with { Summary = "", Sentiment = finding },
            Priority = triage.Priority with { Reasons = [reason] },
            Route = triage.Route with { Reasons = [reason] },
            Draft = triage.Draft with { Text = "" },
        };

        var german = TextOf(TriageNote.Write(triage, [], text => text, "de", Shipped));
        var english = TextOf(TriageNote.Write(triage, [], text => text, "en", Shipped));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(EnglishIn(german), Is.Empty, german);
            Assert.That(english, Does.Contain(reason), "a team that reads English reads what was decided");
        }
    }

    [Test]
    public void Says_what_was_left_as_it_was_in_the_teams_language()
    {
        var kept = ReasonsInGerman.Texts.Select(text => text.Key)
            .Where(key => key.Contains("by a person", StringComparison.Ordinal) || key.Contains(" was found", StringComparison.Ordinal)
                || key.StartsWith("The helpdesk has no group", StringComparison.Ordinal) || key.StartsWith("The tag", StringComparison.Ordinal))
            .Select(key => key.Replace("{0}", "High", StringComparison.Ordinal).Replace("{1}", "Low", StringComparison.Ordinal)).ToList();
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Draft = triage.Draft with { Text = "" }, Understanding = triage.Understanding with { Summary = "" } };

        var german = kept.Select(sentence => TextOf(TriageNote.Write(triage, [sentence], text => text, "de", Shipped))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Count.GreaterThan(10));
            Assert.That(german.SelectMany(EnglishIn), Is.Empty);
            Assert.That(german, Has.Some.Contains("Die Priorität hoch wurde von einem Menschen gesetzt und bleibt; gefunden wurde niedrig."));
        }
    }

    [Test]
    public void Leaves_what_a_lead_wrote_as_it_is_written()
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with
        {
            Priority = triage.Priority with { Reasons = ["Raised from Normal to High: the boss knows <b>them</b> of old."] },
            Route = triage.Route with { Reasons = ["Rule “Keep the peace”: tag the-best."] },
        };

        var note = TriageNote.Write(triage, [], text => text, "de", Shipped);

        Assert.That(TextOf(note), Does.Contain("Von normal auf hoch angehoben: the boss knows <b>them</b> of old.").And.Contain("Regel „Keep the peace“: Tag the-best."));
        Assert.That(note, Does.Not.Contain("<b>them"));
    }

    private static string TextOf(string note) =>
        new HtmlParser().ParseDocument(note).Body?.TextContent.Replace('\u00a0', ' ') ?? "";

    private static IEnumerable<string> EnglishIn(string text) => text.Split(' ', '.', ',', ';', ':', '(', ')').Intersect(
        ["the", "is", "are", "of", "to", "by", "with", "and", "its", "has", "would", "was", "it", "not", "no", "sure", "from"],
        StringComparer.OrdinalIgnoreCase);

    [Test]
    public void Calls_what_the_taxonomy_has_no_more_by_its_name()
    {
        var note = TriageNote.Write(WithFields(), [], text => text, "de", Shipped with { Fields = [], Intents = [] });

        Assert.That(note, Does.Contain("Anliegen: orders/late (").And.Contain("<li>order_number: 4711</li>").And.Contain("<li>invoice_number</li>"));
    }

    [TestCase("en", DraftOrigin.Template, "Draft reply from the template, not sent")]
    [TestCase("en", DraftOrigin.Model, "Draft reply by the model, not sent")]
    [TestCase("de", DraftOrigin.Template, "Antwortentwurf aus der Vorlage, nicht gesendet")]
    [TestCase("de", DraftOrigin.Model, "Antwortentwurf des Modells, nicht gesendet")]
    public void Says_who_wrote_the_draft(string language, DraftOrigin origin, string heading)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Draft = triage.Draft with { Text = "Hello", Origin = origin } };

        Assert.That(TriageNote.Write(triage, [], text => text, language, Shipped), Does.Contain($"<h4>{heading}</h4>"));
    }

    [Test]
    public void Knows_words_for_every_warning([ValueSource(typeof(TicketWarnings), nameof(TicketWarnings.All))] string warning)
    {
        Assert.That(NoteWords.English.Warn(warning), Is.Not.EqualTo(warning).And.Not.EqualTo(NoteWords.German.Warn(warning)));
    }

    [Test]
    public void Puts_values_back_that_the_record_lacks()
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Draft = triage.Draft with { Text = "Hello [PERSON_1]" } };

        var note = TriageNote.Write(triage, [], text => text.Replace("[PERSON_1]", "Ms Ahlers", StringComparison.Ordinal), "en", Shipped);

        Assert.That(note, Does.Contain("Hello Ms Ahlers").And.Not.Contain("PERSON_1"));
    }

    [Test]
    public void Shows_each_source_with_its_number_and_its_link()
    {
        var note = Text(WithDraft(draft => draft with
        {
            Citations =
            [
                new Citation(1, "Returns", "https://help.example.com/returns?a=1&b=2", "Within 30 days.", IsForAgents: false),
                new Citation(2, "Macro", null, "Say sorry.", IsForAgents: true),
            ],
        }));

        Assert.That(note, Does.Contain(
            "<li>[1] <a href=\"https://help.example.com/returns?a=1&amp;b=2\">Returns</a>: Within 30 days.</li><li>[2] Macro (for agents only): Say sorry.</li>"));
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,<script>alert(1)</script>")]
    [TestCase("ftp://help.example.com/returns")]
    [TestCase("not an address")]
    public void Links_nothing_but_addresses_of_the_web(string address)
    {
        var note = Text(WithDraft(draft => draft with { Citations = [new Citation(1, "Returns", address, "Text", IsForAgents: false)] }));

        Assert.That(note, Does.Contain("[1] Returns: Text").And.Not.Contain("<a "));
    }

    [Test]
    public void Shows_what_was_taken_out_of_the_draft_below_it()
    {
        var note = Text(WithDraft(draft => draft with { Remarks = ["Taken out because no source has 60 days: You have 60 days."] }));

        Assert.That(note, Does.Contain("</blockquote><h4>Check</h4><ul><li>Taken out because no source has 60 days: You have 60 days.</li></ul>"));
    }

    [Test]
    public void Says_why_there_is_no_draft()
    {
        var note = Text(WithDraft(draft => draft with { Text = "", Blocked = "No draft: two articles contradict each other." }));

        Assert.That(note, Does.Contain("<li>No draft: two articles contradict each other.</li>").And.Not.Contain("<blockquote>"));
    }

    [Test]
    public void Begins_with_the_package_where_a_person_takes_over()
    {
        var note = Text(WithDraft(draft => draft with { HandOver = Package }), restore: text => text.Replace("[PERSON_1]", "Ms Ahlers", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(note, Does.StartWith(
                "<h4>For a person</h4><ul><li>The customer asks for a person.</li><li>Suggestion: Call back.</li></ul><h4>Done so far</h4><ul><li>Searched.</li></ul>"));
            Assert.That(note, Does.Contain("<li>2026-11-20, customer: I am Ms Ahlers.</li>"));
        }
    }

    [Test]
    public void Folds_what_is_long_only_where_the_helpdesk_keeps_it()
    {
        var triage = WithDraft(draft => draft with { HandOver = Package });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(triage), Does.Contain("<h4>Why</h4><ul>").And.Not.Contain("<details>"));
            Assert.That(TriageNote.Write(triage, [], text => text, "en", Shipped, canFold: true), Does.Contain("<details><summary><b>Why</b></summary><ul>"));
        }
    }

    [Test]
    public void Offers_both_words_on_itself_where_agents_can_open_them()
    {
        var note = TriageNote.Write(
            WithDraft(draft => draft), [], text => text, "de", Shipped,
            new NoteLinks(new Uri("https://triage.example.com/feedback/yes"), new Uri("https://triage.example.com/feedback/no")));

        Assert.That(note, Does.Contain(
            "<p>War diese Notiz nützlich? <a href=\"https://triage.example.com/feedback/yes\">nützlich</a> · <a href=\"https://triage.example.com/feedback/no\">nicht nützlich</a></p>"));
    }

    [TestCase("a")]
    [TestCase("ä")]
    [TestCase("<")]
    [TestCase("😀")]
    [TestCase("漢")]
    [TestCase("&\n")]
    public void Stays_below_ten_thousand_bytes_whatever_the_texts_are_made_of(string piece)
    {
        var triage = Of(string.Concat(Enumerable.Repeat(piece, 20_000)));

        var note = TriageNote.Write(
            triage, [.. Enumerable.Repeat(triage.Understanding.Summary, 20)], text => text, "en", Shipped,
            new NoteLinks(new Uri("https://triage.example.com/feedback/yes"), new Uri("https://triage.example.com/feedback/no")), canFold: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(note), Is.LessThanOrEqualTo(TriageNote.MostBytes));
            Assert.That(note, Does.EndWith($"{triage.Id:N}</em></p>"), "by which it is found again");
            Assert.That(note, Does.Contain("feedback/no").And.Contain("<blockquote>"));
            Assert.That(note.Count(letter => letter == '\uFFFD'), Is.Zero);
        }
    }

    [Test]
    public void Is_nothing_but_its_own_markup_whatever_stands_in_the_texts([ValueSource(typeof(HostileTexts), nameof(HostileTexts.All))] string text)
    {
        var note = TriageNote.Write(Of(text), [text], words => words, "en", Shipped, canFold: true);

        var parsed = new HtmlParser().ParseDocument($"<body>{note}</body>");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.Body?.QuerySelectorAll("*").Select(element => element.LocalName).Distinct(), Is.SubsetOf(Elements));
            Assert.That(
                parsed.All.SelectMany(element => element.Attributes.Select(attribute => (element.LocalName, attribute.Name))),
                Is.All.EqualTo(("a", "href")));
            Assert.That(parsed.Links.Select(link => link.GetAttribute("href")), Is.All.StartsWith("https://help.example.com/"));
            Assert.That(parsed.Head?.Children.Length, Is.Zero);
        }
    }

    private static HandOverPackage Package => new()
    {
        Because = [HandOverReason.AsksForPerson],
        Concern = "The parcel is late.",
        History = ["2026-11-20, customer: I am [PERSON_1]."],
        Tried = ["Searched."],
        NextStep = "Call back.",
    };

    private static string Text(Triage triage, Func<string, string>? restore = null) =>
        TriageNote.Write(triage, [], restore ?? (text => text), "en", Shipped);

    private static Triage WithFields()
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        return triage with
        {
            Understanding = triage.Understanding with
            {
                Fields = new Dictionary<string, string> { ["order_number"] = "4711" },
                Missing = ["invoice_number"],
            },
        };
    }

    private static Triage WithDraft(Func<ReplyDraft, ReplyDraft> change)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        return triage with { Draft = change(triage.Draft) };
    }

    /// <summary>A triage that has a text in each place that others write in.</summary>
    private static Triage Of(string text)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        return triage with
        {
            Understanding = triage.Understanding with
            {
                Summary = text,
                Missing = [text],
                Fields = new Dictionary<string, string> { [text] = text },
                Product = new Finding(text, 0.5, [text, text, text]),
                Intent = triage.Understanding.Intent with { Reasons = [text] },
            },
            Route = triage.Route with { Group = text, Reasons = [text] },
            Priority = triage.Priority with { Reasons = [text] },
            Draft = new ReplyDraft(
                text,
                "en",
                [new Citation(1, text, text, text, IsForAgents: true), new Citation(2, text, $"https://help.example.com/{text}", text, IsForAgents: false)],
                [text])
            {
                Remarks = [text],
                HandOver = Package with { Concern = text, History = [text], Tried = [text], NextStep = text },
            },
            Versions = triage.Versions with { Provider = text.Length < 100 ? text : "local" },
        };
    }
}
