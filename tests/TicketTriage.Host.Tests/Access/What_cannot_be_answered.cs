using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace TicketTriage.Host.Tests.Access;

/// <summary>Faults as people and programs get to see them.</summary>
[CancelAfter(60_000)]
internal sealed class What_cannot_be_answered
{
    private const string Secret = "ann@customer.example has the password hunter22";

    [TestCase("/broken", HttpStatusCode.InternalServerError, "Something went wrong here")]
    [TestCase("/away", HttpStatusCode.ServiceUnavailable, "Not available at the moment")]
    [TestCase("/number?n=abc", HttpStatusCode.BadRequest, "That can&#x27;t be done like this")]
    [TestCase("/not-there", HttpStatusCode.NotFound, "Nothing was found")]
    public async Task Is_a_page_of_the_console_for_a_person(string path, HttpStatusCode status, string title)
    {
        await using var door = await OpenAsync();
        using var browser = door.Browser();

        using var answer = await browser.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That(page, Does.Contain($"<h1>{title}</h1>").And.Contain("href=\"/style.css\""));
            Assert.That(page, Does.Not.Contain("hunter22").And.Not.Contain("Exception").And.Not.Contain("   at "));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
            Assert.That(answer.Headers.RetryAfter is not null, Is.EqualTo(status == HttpStatusCode.ServiceUnavailable));
        }
    }

    [Test]
    public async Task Is_said_in_the_readers_language()
    {
        await using var door = await OpenAsync();
        using var browser = door.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        using var answer = await browser.GetAsync("/broken");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.That(WebUtility.HtmlDecode(page), Does.Contain("lang=\"de\"").And.Contain("Hier ist etwas schiefgegangen").And.Contain("Log des Dienstes"));
    }

    [TestCase("/broken", HttpStatusCode.InternalServerError)]
    [TestCase("/away", HttpStatusCode.ServiceUnavailable)]
    [TestCase("/number?n=abc", HttpStatusCode.BadRequest)]
    [TestCase("/not-there", HttpStatusCode.NotFound)]
    public async Task Is_a_problem_for_a_program(string path, HttpStatusCode status)
    {
        await using var door = await OpenAsync();
        using var program = door.Program();

        using var answer = await program.GetAsync(path);
        var said = await answer.Content.ReadAsStringAsync();
        var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(problem?.Status, Is.EqualTo((int)status));
            Assert.That(said, Does.Not.Contain("hunter22").And.Not.Contain("Exception"));
        }
    }

    [Test]
    public async Task Keeps_what_was_typed_into_a_form_that_is_too_old(CancellationToken cancellationToken)
    {
        await using var door = await OpenAsync();
        using var browser = await door.SignedInAsync(Door.LeadKey, cancellationToken);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", "old"), new("language", "my <long> text")]);

        using var answer = await browser.PostAsync("/look", form, cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page, Does.Contain("my &lt;long&gt; text").And.Contain("The form is too old"));
        }
    }

    private static Task<Door> OpenAsync() => Door.OpenAsync(CancellationToken.None, map: app =>
    {
        app.MapGet("/broken", string () => throw new InvalidOperationException(Secret)).AllowAnonymous();
        app.MapGet("/away", string () => throw new NpgsqlException(Secret, new SocketException())).AllowAnonymous();
        app.MapGet("/number", (int n) => $"{n}").AllowAnonymous();
    });
}
