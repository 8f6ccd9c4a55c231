using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Forgetting;

[CancelAfter(120_000)]
internal sealed class The_page_of_erasures
{
    private static readonly Dictionary<string, string?> Acme = new()
    {
        ["Helpdesks:acme:Kind"] = "Zendesk",
        ["Helpdesks:acme:BaseUrl"] = "http://127.0.0.1:9",
        ["Helpdesks:acme:Email"] = "triage@acme.example",
        ["Helpdesks:acme:ApiToken"] = "token",
        ["Helpdesks:acme:WebhookSecret"] = "the-secret-of-now",
    };

    [TestCase("en", "What is erased", "What stays, and why", "Backups, until they expire", "The certificate")]
    [TestCase("de", "Was gelöscht wird", "Was bleibt, und warum", "Sicherungen, bis sie verfallen", "Die Bescheinigung")]
    public async Task Says_beforehand_what_goes_what_stays_and_what_proves_it(
        string language, string goes, string stays, string backups, string certificate, CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/erasure");
        request.Headers.AcceptLanguage.ParseAdd(language);

        using var answer = await admin.SendAsync(request, cancellationToken);
        var page = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(cancellationToken));

        Assert.That(page, Does.Contain(goes).And.Contain(stays).And.Contain(backups).And.Contain(certificate));
    }

    [Test]
    public async Task Takes_a_name_that_somebody_typed_into_a_draft_and_shows_the_certificate_once(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken, Acme);
        await console.Database.AskAsync<object>(
            "insert into policy_drafts (kind, author, body, based_on) values ('routing', 'lea', '{\"note\":\"Asked for by Imke Quetzal\"}', 0)");
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);

        using var unsure = await SubmitAsync(admin, cancellationToken, KeyValuePair.Create("words", "Imke Quetzal"));
        using var tooShort = await SubmitAsync(admin, cancellationToken, new("words", "Imke"), new("sure", "yes"));
        var before = await console.Database.AskAsync<string>("select body from policy_drafts");
        using var erased = await SubmitAsync(
            admin, cancellationToken, new("words", "Imke Quetzal\r\n"), new("tickets", "2, 3"), new("sure", "yes"));
        var page = await erased.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await unsure.Content.ReadAsStringAsync(cancellationToken), Does.Contain("say that you are sure"));
            Assert.That(await tooShort.Content.ReadAsStringAsync(cancellationToken), Does.Contain("too short"));
            Assert.That(before, Does.Contain("Imke Quetzal"));
            Assert.That(await console.Database.AskAsync<string>("select body from policy_drafts"), Does.Contain("[ERASED]").And.Not.Contain("Imke"));
            Assert.That(page, Does.Contain("2 tickets are erased").And.Contain("&quot;policy_drafts&quot;: 1").And.Not.Contain("Imke"));
            Assert.That(await console.Database.AskAsync<long>("select count(*) from triages"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Gives_back_what_was_typed_where_nothing_was_erased_and_says_why_in_the_readers_language(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var admin = await console.SignedInAsync(Roles.Admin, cancellationToken);
        admin.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        using var unsure = await SubmitAsync(
            admin, cancellationToken, new("requester", "4711"), new("tickets", "2, 3"), new("words", "Imke Quetzal\r\nQuetzalstraße"));
        using var tooShort = await SubmitAsync(admin, cancellationToken, new("words", "Imke"), new("sure", "yes"));
        var page = System.Net.WebUtility.HtmlDecode(await unsure.Content.ReadAsStringAsync(cancellationToken));
        var why = System.Net.WebUtility.HtmlDecode(await tooShort.Content.ReadAsStringAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("value=\"4711\"").And.Contain("value=\"2, 3\"").And.Contain(">Imke Quetzal"));
            Assert.That(page, Does.Contain("value=\"acme\" selected").And.Not.Contain("checked"));
            Assert.That(why, Does.Contain("„Imke“ ist zu kurz, um überall ersetzt zu werden").And.Not.Contain("Parameter"));
        }
    }

    private static Task<HttpResponseMessage> SubmitAsync(
        HttpClient admin, CancellationToken cancellationToken, params KeyValuePair<string, string>[] fields) =>
        Door.SubmitAsync(admin, "/erasure", "/erasure", [new("helpdesk", "acme"), .. fields], cancellationToken);
}
