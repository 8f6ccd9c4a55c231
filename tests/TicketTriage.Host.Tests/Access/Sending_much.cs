using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Access;

/// <summary>Forms with much in them: a lead's whole document is taken, anything else is too much, and nothing that was typed is lost.</summary>
[CancelAfter(240_000)]
internal sealed class Sending_much
{
    private const int Mega = 1024 * 1024;
    private const string Beginning = "begins <here>";

    [TestCase(1_000, HttpStatusCode.Redirect, "")]
    [TestCase(10_000, HttpStatusCode.BadRequest, "These are 10000 rules and 1000 are the most")]
    public async Task A_whole_document_of_megabytes_is_read(int rules, HttpStatusCode expected, string said)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        // As long as a document may be; each of these letters is sent as six.
        var note = new string('ü', (1_900_000 / rules) - 100);
        var text = $$"""{"fallbackGroup":"Support","rules":[{{string.Join(',', Enumerable.Range(0, rules).Select(n =>
            $$$"""{"name":"rule {{{n}}}","note":"{{{note}}}","when":{"all":[{"field":"tags","is":["t{{{n}}}"]}]},"then":{"group":"Orders"}}"""))}}]}""";

        using var answer = await Door.SubmitAsync(
            lead, "/rules/text", "/rules/text", [new("revision", "0"), new("text", text)], cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WebUtility.UrlEncode(text).Length, Is.InRange(FormSizes.Most, FormSizes.MostOfDocument));
            Assert.That(answer.StatusCode, Is.EqualTo(expected));
            Assert.That(page, Does.Contain(said));
            Assert.That(
                await console.Database.AskAsync<int?>("select max(jsonb_array_length(body::jsonb -> 'rules')) from policy_drafts"),
                Is.EqualTo(expected == HttpStatusCode.Redirect ? rules : (int?)null));
        }
    }

    [TestCase(Roles.Lead, "/rules/text", 19)]
    [TestCase(Roles.Lead, "/matrix/text", 19)]
    [TestCase(Roles.Lead, "/rules/rule", 5)]
    [TestCase(Roles.Admin, "/access/keys", 5)]
    [TestCase(Roles.Agent, "/rules/text", 5)]
    public async Task More_than_is_taken_is_shown_again_on_a_page_that_says_what_to_do(string role, string path, int megabytes)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var browser = await console.SignedInAsync(role, cancellationToken);
        using var form = Form(megabytes);

        using var answer = await browser.PostAsync(path, form, cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(page, Does.Contain("That is too much at once").And.Contain("begins &lt;here&gt;").And.Contain("ends here"));
        }
    }

    [TestCase(50, Description = "read to its end, else a browser shows no answer")]
    [TestCase(5, Description = "of nobody who is signed in")]
    public async Task What_cannot_be_held_is_told_where_it_still_stands(int megabytes)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var browser = megabytes > 36 ? await console.SignedInAsync(Roles.Lead, cancellationToken) : console.Browser();
        using var form = Form(megabytes);

        using var answer = await browser.PostAsync("/rules/text", form, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(await answer.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Go back in your browser"));
        }
    }

    [Test]
    public async Task A_document_of_a_lead_whose_session_has_ended_is_kept(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        var keys = console.Services.GetRequiredService<StoredKeys>();
        var key = await keys.MakeAsync("robin", Roles.Lead, "root", cancellationToken) ?? "";
        using var lead = console.Browser();
        using var signedIn = await Door.SubmitAsync(lead, "/sign-in", "/sign-in", [new("key", key)], cancellationToken);
        await keys.WithdrawAsync("robin", "root", cancellationToken);
        using var form = Form(6);

        using var ended = await lead.PostAsync("/rules/text", form, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(
                await ended.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Your session has ended").And.Contain("ends here"));
        }
    }

    [Test]
    public async Task A_program_gets_a_problem(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var program = console.Browser();
        program.DefaultRequestHeaders.Accept.Clear();
        program.DefaultRequestHeaders.Authorization = new("Bearer", SeededConsole.KeyOf(Roles.Agent));
        using var form = Form(5);

        using var answer = await program.PostAsync("/rules/text", form, cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task A_form_with_too_many_fields_is_too_much_as_well(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 20_000).Select(n => KeyValuePair.Create($"f{n}", "v")));

        using var answer = await lead.PostAsync("/rules/rule", form, cancellationToken);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    private static FormUrlEncodedContent Form(int megabytes) =>
        new([new("text", Beginning + new string('x', megabytes * Mega) + "ends here")]);
}
