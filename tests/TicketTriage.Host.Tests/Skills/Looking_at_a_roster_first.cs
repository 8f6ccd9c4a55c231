using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Agents;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Host.Tests.Policies;

namespace TicketTriage.Host.Tests.Skills;

[CancelAfter(120_000)]
internal sealed class Looking_at_a_roster_first
{
    private const string First = "id,name,skills,capacity\n7,Mira,refunds:5 german:3,4\n8,Ole,,2\n";
    private const string Second = "id,name,skills,capacity\n7,Mira,refunds:2 german:3,4\n9,Nora,orders:1,\n";
    private const string OnRoster = "select coalesce(string_agg(name || ' ' || most_units, ', ' order by id), '') from agents where roster is not null";

    private static readonly Dictionary<string, string?> Acme = new()
    {
        ["Helpdesks:acme:Kind"] = "Zendesk",
        ["Helpdesks:acme:BaseUrl"] = "http://127.0.0.1:9",
        ["Helpdesks:acme:Email"] = "triage@acme.example",
        ["Helpdesks:acme:ApiToken"] = "token",
        ["Helpdesks:acme:WebhookSecret"] = "the-secret-of-now",
    };

    [Test]
    public async Task Shows_who_comes_goes_and_changes_and_counts_only_when_it_is_said(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await ImportAsync(lead, First, cancellationToken);

        using var looked = await SendAsync(lead, Second, "", cancellationToken);
        var page = WebUtility.HtmlDecode(await looked.Content.ReadAsStringAsync(cancellationToken));
        var before = await console.Database.AskAsync<string>(OnRoster);
        await ImportAsync(lead, Second, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(looked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page, Does.Contain("Nora (9)").And.Contain("Ole (8)").And.Contain("german:3 refunds:5").And.Contain("german:3 refunds:2"));
            Assert.That(page, Does.Contain(Second), "the text stays in the form");
            Assert.That(before, Is.EqualTo("Mira 4, Ole 2"), "nothing counts yet");
            Assert.That(await console.Database.AskAsync<string>(OnRoster), Is.EqualTo("Mira 4, Nora 1"));
        }
    }

    [Test]
    public async Task Lets_a_lead_return_to_the_one_before_with_what_was_changed_of_it_since(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await ImportAsync(lead, First, cancellationToken);
        await console.Database.AskAsync<object>("""update agents set roster = roster || '{"capacity": 6}', most_units = 6 where id = '8'""");
        await ImportAsync(lead, Second, cancellationToken);
        var kept = await console.Services.GetRequiredService<RosterDesk>().ListKeptAsync("acme", cancellationToken);
        var way = $"/skills/roster?helpdesk=acme&kept={kept[0].Version}";

        var list = await lead.GetStringAsync("/skills", cancellationToken);
        var page = await lead.GetStringAsync(way, cancellationToken);
        using var back = await Door.SubmitAsync(
            lead, way, "/skills/roster", [new("helpdesk", "acme"), new("kept", kept[0].Version), new("seen", SeenOn(page))], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.Select(one => (one.Agents, one.By)), Is.EqualTo(new[] { (2, "lead"), (0, "lead") }));
            Assert.That(WebUtility.HtmlDecode(list), Does.Contain(way));
            Assert.That(page, Does.Contain("Ole (8)").And.Contain("Nora (9)"));
            Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(await console.Database.AskAsync<string>(OnRoster), Is.EqualTo("Mira 4, Ole 6"));
            Assert.That(await console.Database.AskAsync<int>("select (roster -> 'skills' ->> 'refunds')::int from agents where id = '7'"), Is.EqualTo(5));
        }
    }

    [Test]
    public async Task Is_shown_anew_where_somebody_has_changed_the_roster_meanwhile(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await ImportAsync(lead, First, cancellationToken);
        using var looked = await SendAsync(lead, Second, "", cancellationToken);
        var seen = SeenOn(await looked.Content.ReadAsStringAsync(cancellationToken));
        await console.Database.AskAsync<object>("""update agents set roster = roster || '{"capacity": 6}', most_units = 6 where id = '8'""");

        using var late = await SendAsync(lead, Second, seen, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(await late.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Somebody has changed the roster since you looked"));
            Assert.That(await console.Database.AskAsync<string>(OnRoster), Is.EqualTo("Mira 4, Ole 6"));
        }
    }

    [Test]
    public async Task A_file_that_is_too_long_is_refused_and_no_text_is_taken_in_its_place(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken, Acme);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var token = WebUtility.HtmlDecode(Between(await lead.GetStringAsync("/skills", cancellationToken), "name=\"__RequestVerificationToken\" value=\"", "\""));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("acme"), "helpdesk" },
            { new StringContent(First), "text" },
            { new StringContent("id,name\n" + new string('x', 1_000_000)), "file", "roster.csv" },
        };

        using var answer = await lead.PostAsync("/skills/roster", form, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                await answer.Content.ReadAsStringAsync(cancellationToken),
                Does.Contain("The roster has more than 1000000 characters").And.Not.Contain("the roster is empty"));
            Assert.That(await console.Database.AskAsync<string>(OnRoster), Is.Empty);
        }
    }

    [Test]
    public async Task Is_tried_on_last_weeks_tickets_and_changes_nothing(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(9, cancellationToken, Acme);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        await ImportAsync(lead, First, cancellationToken);

        using var begun = await Door.SubmitAsync(lead, "/skills", "/skills/roster/try", [new("helpdesk", "acme"), new("text", Second)], cancellationToken);
        var path = begun.Headers.Location?.OriginalString ?? "";
        await Eventually.TrueAsync(() => Trials.Of(console, path)?.IsOver == true, cancellationToken);
        var trial = Trials.Of(console, path);
        var page = WebUtility.HtmlDecode(await lead.GetStringAsync(path, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((trial?.Message, trial?.Figures?.Tickets, trial?.Figures?.Changed), Is.EqualTo(("", 9, 0)));
            Assert.That((trial?.Figures?.Effect?.Agents, trial?.Figures?.Effect?.AgentsAfter), Is.EqualTo((2, 2)));
            Assert.That(page, Does.Contain("the 2 of the roster").And.Contain(Second).And.Contain("action=\"/skills/roster\"").And.Not.Contain("/publish"));
            Assert.That(await console.Database.AskAsync<string>(OnRoster), Is.EqualTo("Mira 4, Ole 2"));
        }
    }

    private static async Task ImportAsync(HttpClient lead, string text, CancellationToken cancellationToken)
    {
        using var looked = await SendAsync(lead, text, "", cancellationToken);
        using var imported = await SendAsync(lead, text, SeenOn(await looked.Content.ReadAsStringAsync(cancellationToken)), cancellationToken);
        Assert.That(imported.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient lead, string text, string seen, CancellationToken cancellationToken) =>
        Door.SubmitAsync(lead, "/skills", "/skills/roster", [new("helpdesk", "acme"), new("text", text), new("seen", seen)], cancellationToken);

    private static string SeenOn(string page) => Between(page, "name=\"seen\" value=\"", "\"");

    private static string Between(string page, string before, string after)
    {
        var at = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[at..page.IndexOf(after, at, StringComparison.Ordinal)];
    }
}
