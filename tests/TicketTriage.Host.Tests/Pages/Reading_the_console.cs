using System.Net;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class Reading_the_console
{
    private static readonly string[] Pages =
    [
        "/", "/tickets", "/tickets?q=Rechnung", "/tickets?intent=billing%2Frefund", "/tickets/acme/3", "/escalations", "/rules", "/rules/rule", "/rules/rule?place=0",
        "/rules/text", "/rules/history", "/matrix", "/matrix/text", "/matrix/history", "/taxonomy", "/taxonomy/text", "/taxonomy/history",
        "/style", "/style/text", "/style/history", "/skills", "/knowledge", "/knowledge/gaps", "/quality", "/quality/sample", "/reports",
        "/reports?by=week&days=90", "/connections", "/jobs", "/audit", "/audit?by=everything&subject=ticket+3", "/erasure",
    ];

    [Test]
    public async Task Every_page_reads_in_both_languages_without_script_or_style_inside(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(12, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Admin, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (page, language) in Pages.SelectMany(page => new[] { (page, "de"), (page, "en") }))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, page);
                request.Headers.AcceptLanguage.ParseAdd(language);
                using var answer = await browser.SendAsync(request, cancellationToken);
                var html = await answer.Content.ReadAsStringAsync(cancellationToken);

                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
                Assert.That(html, Does.Contain($"<html lang=\"{language}\""), page);
                Assert.That(html, Does.Not.Contain(" style=").And.Not.Contain("onclick=").And.Not.Contain("<style"), page);
                Assert.That(html, Does.Not.Contain("<img src=x").And.Not.Contain("<script>").And.Not.Contain("<i>Rechnung"), page);
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("script-src 'self'"), page);
            }
        }
    }

    [TestCase("en", "negative, strong, getting worse", "<dt>Risk</dt><dd>high: not to be automated, a person decides</dd>", "<dt>order number</dt><dd>4711</dd>", "<dt>Missing</dt><dd>invoice number</dd>")]
    [TestCase("de", "negativ, stark, wird schlechter", "<dt>Risiko</dt><dd>hoch: nicht automatisieren, ein Mensch entscheidet</dd>", "<dt>Bestellnummer</dt><dd>4711</dd>", "<dt>Es fehlt</dt><dd>Rechnungsnummer</dd>")]
    public async Task A_ticket_shows_how_the_customer_feels_and_what_was_read_from_it(
        string language, string feeling, string risk, string field, string missing)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Agent, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update triages set understanding = understanding || '{"risk": "High", "mood": {"strength": 0.86, "trend": "falling"},
                "sentiment": {"value": "negative", "confidence": 0.9, "reasons": []}, "fields": {"order_number": "4711"}, "missing": ["invoice_number"]}'
            where number = '3'
            """);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/tickets/acme/3");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await browser.SendAsync(request, cancellationToken);
        var html = await answer.Content.ReadAsStringAsync(cancellationToken);

        Assert.That(html, Does.Contain(feeling).And.Contain(risk).And.Contain(field).And.Contain(missing));
    }

    [Test]
    public async Task What_nothing_answers_and_what_contradicts_itself_is_shown(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var before = await browser.GetStringAsync("/knowledge/gaps", cancellationToken);

        await console.Database.AskAsync<object>("""update triages set draft = draft || '{"support":"Nothing"}' where number in ('3', '6')""");
        await console.Database.AskAsync<object>(
            """
            with kept as (
                insert into knowledge_articles (source, key, title, language, audience, updated_at, digest)
                values ('faq', 'old', 'Old returns', 'en', 'customers', now(), ''), ('faq', 'new', 'New returns', 'en', 'customers', now(), ''))
            insert into knowledge_passages (source, article, place, heading, text, words)
            values ('faq', 'old', 0, '', 'You can return shoes within 14 days of delivery.', ''),
                   ('faq', 'new', 0, '', 'You can return shoes within 30 days of delivery.', '')
            """);
        var after = await browser.GetStringAsync("/knowledge/gaps", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Does.Contain("No question was left without an article.").And.Contain("No article contradicts another."));
            Assert.That(WebUtility.HtmlDecode(after), Does.Contain("<i>Rechnung</i>").And.Contain("billing/refund"));
            Assert.That(after, Does.Contain("Old returns (faq): 14 days").And.Contain("New returns (faq): 30 days"));
            Assert.That(after, Does.Not.Contain("<i>Rechnung"));
        }
    }

    [Test]
    public async Task A_lead_reads_the_article_that_a_gap_asks_for_and_takes_it_along(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await console.Database.AskAsync<object>("""update triages set draft = draft || '{"support":"Nothing"}' where number in ('3', '6')""");
        var list = await browser.GetStringAsync("/knowledge/gaps", cancellationToken);
        var address = WebUtility.HtmlDecode(list.Split("href=\"/knowledge/gaps/")[1].Split('"')[0]);

        var page = await browser.GetStringAsync($"/knowledge/gaps/{address}", cancellationToken);
        using var download = await Door.SubmitAsync(
            browser, $"/knowledge/gaps/{address}", "/knowledge/gaps/download",
            [new("title", "<i>Rechnung</i> ../x"), new("text", "# Rechnung\r\n\r\nMit <b>Antwort</b>.")], cancellationToken);
        using var gone = await browser.GetAsync("/knowledge/gaps/acme/5", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WebUtility.HtmlDecode(page), Does.Contain("audience: agents\nowner:\n").And.Contain("## So wird gefragt").Or.Contain("## How it is asked"));
            Assert.That(page, Does.Not.Contain("<i>Rechnung").And.Not.Contain("/phrase\""), "without a model there is nothing to phrase with");
            Assert.That(await download.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo("# Rechnung\n\nMit <b>Antwort</b>."));
            Assert.That($"{download.Content.Headers.ContentType}", Is.EqualTo("text/markdown; charset=utf-8"));
            Assert.That(download.Content.Headers.ContentDisposition?.FileName, Is.EqualTo("i-rechnung--i-----x.md"));
            Assert.That(download.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"));
            Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task A_model_begins_the_article_and_where_it_is_away_the_draft_stands_without(CancellationToken cancellationToken)
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Answers("""{"supported":true,"sentences":[{"text":"Die Rechnung steht im Konto.","source":1},{"text":"Sie kostet 9 EUR.","source":1}]}""")
            .Plays(401, "{}");
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, new Dictionary<string, string?>
        {
            ["Model:Provider"] = "OpenAI",
            ["Model:Endpoint"] = model.Address.ToString(),
            ["Model:Deployment"] = "gpt",
            ["Model:ApiKey"] = "key-of-the-scripted-model",
            ["Model:Retries"] = "0",
        });
        using var browser = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await console.Database.AskAsync<object>("""update triages set draft = draft || '{"support":"Nothing"}' where number = '3'""");
        await console.Database.AskAsync<object>(
            """
            with kept as (
                insert into knowledge_articles (source, key, title, language, audience, updated_at, digest)
                values ('faq', 'bill', 'Rechnung', 'de', 'customers', now(), ''))
            insert into knowledge_passages (source, article, place, heading, text, words)
            values ('faq', 'bill', 0, '', 'Die Rechnung steht im Konto.', to_tsvector('german', 'Die Rechnung steht im Konto'))
            """);
        const string page = "/knowledge/gaps/acme/3";

        using var phrased = await Door.SubmitAsync(browser, page, $"{page}/phrase", [], cancellationToken);
        using var away = await Door.SubmitAsync(browser, page, $"{page}/phrase", [], cancellationToken);

        var (with, without) = (
            WebUtility.HtmlDecode(await phrased.Content.ReadAsStringAsync(cancellationToken)),
            WebUtility.HtmlDecode(await away.Content.ReadAsStringAsync(cancellationToken)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(with, Does.Contain("## Antwort\n\nDie Rechnung steht im Konto. [1]\n\nVom Modell").And.Contain("- [1] Rechnung (faq): Die Rechnung"));
            Assert.That(with.Split("## Antwort")[1], Does.Not.Contain("9 EUR"));
            Assert.That(with, Does.Contain("Taken out because no source has 9 EUR: Sie kostet 9 EUR."));
            Assert.That(without, Does.Contain("Noch zu schreiben.").And.Contain("The model's server refused the key (401): see Model:ApiKey."));
            Assert.That(without, Does.Contain("- [1] Rechnung (faq)"));
        }
    }

    [Test]
    public async Task Tickets_are_found_by_word_intent_and_number_and_paged_by_key(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(120, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Agent, cancellationToken);

        var first = await browser.GetStringAsync("/tickets", cancellationToken);
        var next = WebUtility.HtmlDecode(first.Split("rel=\"next\" href=\"")[1].Split('"')[0]);
        var second = await browser.GetStringAsync(next, cancellationToken);
        var billing = await browser.GetStringAsync("/tickets?intent=billing%2Frefund", cancellationToken);
        var numbered = await browser.GetStringAsync("/tickets?q=77", cancellationToken);
        var words = await browser.GetStringAsync("/tickets?q=Rechnung+78", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(NumbersIn(first), Is.EqualTo(Enumerable.Range(1, 50)));
            Assert.That(NumbersIn(second), Is.EqualTo(Enumerable.Range(51, 50)));
            Assert.That(NumbersIn(billing), Is.EqualTo(Enumerable.Range(1, 40).Select(n => n * 3)));
            Assert.That(NumbersIn(numbered), Is.EqualTo(new[] { 77 }));
            Assert.That(NumbersIn(words), Is.EqualTo(new[] { 78 }));
        }
    }

    [Test]
    public async Task Filters_go_together_and_stay_in_the_address_from_page_to_page(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(200, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update decision_lines set language = case when number::int % 2 = 0 then 'fr' else 'de' end,
                product = case when number::int % 5 = 0 then 'app' else 'unclear' end;
            update tickets set first_seen_at = timestamptz '2026-03-10 12:00Z' - number::int % 4 * interval '1 day' - number::int * interval '1 second';
            update tickets set outcome = 'parked', reason = 'r' where number::int % 50 = 0;
            """);
        using var browser = await console.SignedInAsync(Roles.Agent, cancellationToken);

        var french = await browser.GetStringAsync("/tickets?language=fr&from=2026-03-08&to=2026-03-10", cancellationToken);
        var next = WebUtility.HtmlDecode(french.Split("rel=\"next\" href=\"")[1].Split('"')[0]);
        var rest = await browser.GetStringAsync(next, cancellationToken);
        var all = await browser.GetStringAsync(
            "/tickets?language=fr&product=app&intent=billing%2Frefund&group=Billing&helpdesk=acme&q=Rechnung&from=2026-03-08&to=2026-03-08", cancellationToken);
        var parked = await browser.GetStringAsync("/tickets?state=parked&product=app&to=2026-03-09", cancellationToken);
        var nonsense = await browser.GetStringAsync("/tickets?from=yesterday&to=9999-12-31", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                NumbersIn(french).Concat(NumbersIn(rest)),
                Is.EqualTo(Enumerable.Range(1, 200).Where(n => n % 4 == 0).Concat(Enumerable.Range(1, 200).Where(n => n % 4 == 2))));
            Assert.That(next, Does.Contain("language=fr").And.Contain("from=2026-03-08").And.Contain("before="));
            Assert.That(rest, Does.Contain("value=\"2026-03-08\"").And.Contain("<option value=\"fr\" selected"));
            Assert.That(NumbersIn(all), Is.EqualTo(Enumerable.Range(1, 200).Where(n => n % 4 == 2 && n % 15 == 0)));
            Assert.That(NumbersIn(parked), Is.EqualTo(new[] { 50, 150 }));
            Assert.That(NumbersIn(nonsense), Has.Exactly(50).Items);
        }
    }

    [Test]
    public async Task Language_and_colours_stay_as_chosen(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var german = await Access.Door.SubmitAsync(
            browser, "/tickets", "/look", [new("language", "de"), new("return", "/tickets")], cancellationToken);
        using var dark = await Access.Door.SubmitAsync(browser, "/tickets", "/look", [new("theme", "dark")], cancellationToken);
        using var elsewhere = await Access.Door.SubmitAsync(
            browser, "/tickets", "/look", [new("theme", "dark"), new("return", "//elsewhere.example")], cancellationToken);
        var page = await browser.GetStringAsync("/tickets", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(german.Headers.Location?.OriginalString, Is.EqualTo("/tickets"));
            Assert.That(elsewhere.Headers.Location?.OriginalString, Is.EqualTo("/"));
            Assert.That(page, Does.Contain("<html lang=\"de\" data-theme=\"dark\"").And.Contain("Anliegen"));
            Assert.That(dark.Headers.GetValues("Set-Cookie"), Has.Some.Contains("httponly"));
        }
    }

    [Test]
    public async Task A_correction_is_kept_with_who_said_it(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Agent, cancellationToken);
        var triage = await console.Database.AskAsync<Guid>("select id from triages where number = '3'");

        using var corrected = await Access.Door.SubmitAsync(
            browser, "/tickets/acme/3", "/tickets/acme/3/correct",
            [new("triage", $"{triage}"), new("intent", "billing/invoice-wrong"), new("priority", "high"), new("group", "")], cancellationToken);
        using var invented = await Access.Door.SubmitAsync(
            browser, "/tickets/acme/3", "/tickets/acme/3/correct", [new("triage", $"{triage}"), new("priority", "<b>")], cancellationToken);
        using var foreign = await Access.Door.SubmitAsync(
            browser, "/tickets/acme/3", "/tickets/acme/2/correct", [new("triage", $"{triage}"), new("priority", "low")], cancellationToken);
        var page = await browser.GetStringAsync("/tickets/acme/3?corrected=2", cancellationToken);
        var one = await browser.GetStringAsync("/tickets/acme/3?corrected=1", cancellationToken);
        var german = await Access.Door.ReadInGermanAsync(browser, "/tickets/acme/3?corrected=1", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(corrected.Headers.Location?.OriginalString, Is.EqualTo("/tickets/acme/3?corrected=2"));
            Assert.That(invented.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(
                await console.Database.AskAsync<string>(
                    "select string_agg(concat_ws(' ', field, decided, said, how, by_whom), '; ' order by field) from judgements"),
                Is.EqualTo("intent billing/refund billing/invoice-wrong correction agent; priority normal high correction agent"));
            Assert.That(page, Does.Contain("agent corrected intent: billing/invoice-wrong instead of billing/refund"));
            Assert.That(page, Does.Contain("2 corrections were stored."));
            Assert.That(one, Does.Contain("One correction was stored."));
            Assert.That(german, Does.Contain("Eine Berichtigung wurde gespeichert."));
        }
    }

    private static IEnumerable<int> NumbersIn(string page) => System.Text.RegularExpressions.Regex
        .Matches(page, ">acme/(?<number>[0-9]+)</a>", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
        .Select(match => int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture));
}
