using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(60_000)]
internal sealed class Coming_in
{
    [TestCase(Door.AgentKey, Roles.Agent)]
    [TestCase(Door.LeadKey, Roles.Agent, Roles.Lead)]
    [TestCase(Door.OpsKey, Roles.Ops)]
    [TestCase(Door.AdminKey, Roles.Agent, Roles.Lead, Roles.Ops, Roles.Admin)]
    public async Task A_key_opens_what_its_role_may(string key, params string[] opened)
    {
        await using var door = await Door.OpenAsync(CancellationToken.None);
        using var program = door.Program(key);

        foreach (var asked in Roles.All)
        {
            using var answer = await program.GetAsync($"/api/{asked}");

            Assert.That(answer.StatusCode, Is.EqualTo(opened.Contains(asked) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), asked);
        }
    }

    [Test]
    public async Task What_names_no_role_is_for_admins(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var nobody = door.Program();
        using var lead = door.Program(Door.LeadKey);
        using var admin = door.Program(Door.AdminKey);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(nobody, "/unnamed"), Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await StatusAsync(nobody, "/not-there"), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await StatusAsync(lead, "/unnamed"), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await StatusAsync(admin, "/unnamed"), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(admin, "/not-there"), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await StatusAsync(nobody, "/open"), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(nobody, "/style.css"), Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase(null)]
    [TestCase("not-a-key-of-anybody")]
    [TestCase(Door.AgentKey + "x")]
    public async Task A_program_without_a_known_key_gets_problem_details(string? key)
    {
        await using var door = await Door.OpenAsync(CancellationToken.None);
        using var program = door.Program(key);

        using var answer = await program.GetAsync("/api/agent");
        var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
            Assert.That(problem?.Status, Is.EqualTo(401));
            Assert.That(problem?.Detail, Does.Contain("Bearer"));
        }
    }

    [Test]
    public async Task A_person_is_sent_to_the_sign_in_and_back(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var browser = door.Browser();

        using var sent = await browser.GetAsync("/pages/lead?page=2", cancellationToken);
        var signIn = sent.Headers.Location?.PathAndQuery ?? "";
        using var back = await Door.SubmitAsync(
            browser, signIn, "/sign-in", [new("key", Door.LeadKey), new("return", "/pages/lead?page=2")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(signIn, Is.EqualTo("/sign-in?return=%2Fpages%2Flead%3Fpage%3D2"));
            Assert.That(back.Headers.Location?.OriginalString, Is.EqualTo("/pages/lead?page=2"));
            Assert.That(await browser.GetStringAsync("/pages/lead?page=2", cancellationToken), Is.EqualTo("in"));
            Assert.That(back.Headers.GetValues("Set-Cookie"), Has.Some.Contains("samesite=strict").And.Some.Contains("httponly"));
        }
    }

    [TestCase("//elsewhere.example")]
    [TestCase("/\\elsewhere.example")]
    [TestCase("https://elsewhere.example/")]
    public async Task A_sign_in_leads_to_no_other_site(string returnTo)
    {
        await using var door = await Door.OpenAsync(CancellationToken.None);
        using var browser = door.Browser();

        using var answer = await Door.SubmitAsync(
            browser, "/sign-in", "/sign-in", [new("key", Door.LeadKey), new("return", returnTo)], CancellationToken.None);

        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [Test]
    public async Task A_wrong_key_signs_nobody_in(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var browser = door.Browser();

        using var answer = await Door.SubmitAsync(browser, "/sign-in", "/sign-in", [new("key", "wrong-key-0123456789")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await answer.Content.ReadAsStringAsync(cancellationToken), Does.Contain("role=\"alert\""));
            Assert.That(await StatusAsync(browser, "/pages/lead"), Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    [Test]
    public async Task A_form_from_another_site_is_refused(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var browser = await door.SignedInAsync(Door.LeadKey, cancellationToken);
        using var form = new FormUrlEncodedContent([]);

        using var answer = await browser.PostAsync("/sign-out", form, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(await StatusAsync(browser, "/pages/lead"), Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Signing_out_ends_it(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var browser = await door.SignedInAsync(Door.LeadKey, cancellationToken);

        using var answer = await Door.SubmitAsync(browser, "/sign-in", "/sign-out", [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.Location?.OriginalString, Does.EndWith("/sign-in"));
            Assert.That(await StatusAsync(browser, "/pages/lead"), Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    [Test]
    public async Task A_person_with_another_role_gets_a_page_that_says_so(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);

        using var answer = await browser.GetAsync("/pages/lead", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await answer.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Not for your role"));
        }
    }

    [Test]
    public async Task A_link_signs_in_once(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(cancellationToken);
        var link = door.Services.GetRequiredService<SignInLinks>().Create(Roles.Lead);
        using var first = door.Browser();
        using var second = door.Browser();

        var opened = await StatusAsync(first, link);
        var again = await StatusAsync(second, link);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(opened, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(await StatusAsync(first, "/pages/lead"), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(first, "/pages/ops"), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(again, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await StatusAsync(second, "/pages/lead"), Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
