using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed partial class A_session_that_ends
{
    private const string ProxySecret = "secret-of-the-proxy-with-more-than-32-characters";

    [Test]
    public async Task Loses_nothing_of_what_was_being_typed(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var form = await lead.GetStringAsync("/rules/rule", cancellationToken);
        var token = WebUtility.HtmlDecode(Hidden().Matches(form).First(field => field.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value);
        using var left = await Door.SubmitAsync(lead, "/rules", "/sign-out", [], cancellationToken);

        using var typed = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("revision", "0"), new("name", "late \"parcels\" <first>"), new("match", "all"),
            new("field", "intent"), new("operator", "is"), new("values", "orders/late"), new("group", "Parcels"), new("note", "one\r\ntwo"),
        ]);
        using var ended = await lead.PostAsync("/rules/rule", typed, cancellationToken);
        var kept = await ended.Content.ReadAsStringAsync(cancellationToken);
        using var back = await Door.SubmitAsync(lead, "/sign-in", "/sign-in", [new("key", SeededConsole.KeyOf(Roles.Lead))], cancellationToken);
        using var again = new FormUrlEncodedContent(Again(kept));
        using var saved = await lead.PostAsync("/rules/rule", again, cancellationToken);
        var rules = await lead.GetStringAsync("/rules", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(kept, Does.Contain("Your session has ended").And.Contain("action=\"/rules/rule\"").And.Not.Contain("<first>"));
            Assert.That(saved.Headers.Location?.OriginalString, Is.EqualTo("/rules"));
            Assert.That(rules, Does.Contain("late &quot;parcels&quot; &lt;first&gt;").And.Contain("Parcels"));
        }
    }

    [Test]
    public async Task Says_that_a_file_has_to_be_chosen_again(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var browser = console.Browser();
        using var roster = new MultipartFormDataContent
        {
            { new StringContent("acme"), "helpdesk" },
            { new StringContent("name,email"), "file", "roster.csv" },
        };

        using var ended = await browser.PostAsync("/skills/roster", roster, cancellationToken);
        var kept = await ended.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(kept, Does.Contain("Files that you chose are not kept").And.Contain("value=\"acme\""));
        }
    }

    [Test]
    public async Task Or_whose_role_is_another_by_now_shows_what_was_typed(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);
        using var typed = new FormUrlEncodedContent([new("name", "late <parcels>")]);

        using var refused = await agent.PostAsync("/rules/rule", typed, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await refused.Content.ReadAsStringAsync(cancellationToken), Does.Contain("late &lt;parcels&gt;"));
        }
    }

    [Test]
    public async Task Gives_a_program_no_page(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var program = console.Browser();
        program.DefaultRequestHeaders.Accept.Clear();
        using var form = new FormUrlEncodedContent([new("name", "a rule")]);

        using var answer = await program.PostAsync("/rules/rule", form, cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("de", "Ihre Sitzung ist zu Ende", "Laden Sie diese Seite neu")]
    [TestCase("en", "Your session has ended", "Reload this page")]
    public async Task By_a_proxys_word_loses_nothing_either(string language, string title, string advice, CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken,
        [
            new("Access:Proxy:Header", "X-Signed-By-Proxy"), new("Access:Proxy:Secret", ProxySecret),
            new("Access:Proxy:Audience", "tickettriage"), new("Access:Proxy:Roles:lead", "support-leads"),
        ]);
        using var lead = console.Browser();
        lead.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        Say(lead, TimeSpan.FromMinutes(5));
        var form = await lead.GetStringAsync("/rules/rule", cancellationToken);
        var token = WebUtility.HtmlDecode(Hidden().Matches(form).First(field => field.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value);
        using var typed = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("revision", "0"), new("name", "late \"parcels\" <first>"), new("match", "all"),
            new("field", "intent"), new("operator", "is"), new("values", "orders/late"), new("group", "Parcels"),
        ]);

        Say(lead, TimeSpan.FromMinutes(-5));
        using var ended = await lead.PostAsync("/rules/rule", typed, cancellationToken);
        var kept = await ended.Content.ReadAsStringAsync(cancellationToken);
        using var page = await lead.GetAsync("/rules", cancellationToken);
        var told = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(cancellationToken));
        Say(lead, TimeSpan.FromMinutes(5));
        using var again = new FormUrlEncodedContent(Again(kept));
        using var saved = await lead.PostAsync("/rules/rule", again, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ended.StatusCode, page.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
            Assert.That(kept, Does.Contain(title).And.Contain("href=\"/\" target=\"_blank\"").And.Not.Contain("ApiKeys").And.Not.Contain("/sign-in\""));
            Assert.That(told, Does.Contain(title).And.Contain(advice).And.Not.Contain("ApiKeys"));
            Assert.That(saved.Headers.Location?.OriginalString, Is.EqualTo("/rules"));
            Assert.That(await lead.GetStringAsync("/rules", cancellationToken), Does.Contain("late &quot;parcels&quot; &lt;first&gt;"));
        }
    }

    private static void Say(HttpClient browser, TimeSpan validFor)
    {
        browser.DefaultRequestHeaders.Remove("X-Signed-By-Proxy");
        browser.DefaultRequestHeaders.Add("X-Signed-By-Proxy", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = "tickettriage",
            NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-10),
            Expires = (TimeProvider.System.GetUtcNow() + validFor).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "lea", ["roles"] = (string[])["support-leads"] },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(ProxySecret)), SecurityAlgorithms.HmacSha256),
        }));
    }

    private static List<KeyValuePair<string, string>> Again(string page)
    {
        var form = page[page.IndexOf("action=\"/rules/rule\"", StringComparison.Ordinal)..];
        return [.. Hidden().Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)]).Select(field =>
            new KeyValuePair<string, string>(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))];
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
