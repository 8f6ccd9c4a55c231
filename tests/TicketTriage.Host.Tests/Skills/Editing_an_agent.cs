using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TicketTriage.Agents;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Skills;

[CancelAfter(120_000)]
internal sealed partial class Editing_an_agent
{
    private const string Page = "/skills/agent?helpdesk=acme&id=7";

    private static readonly KeyValuePair<string, string>[] Change =
    [
        new("skill", "refunds"), new("level", "4"), new("skill", "<b>german"), new("level", "2"), new("skill", ""), new("level", "1"),
        new("from", "2026-12-24"), new("until", "2026-12-27"), new("from", ""), new("until", ""),
        new("capacity", "9"), new("groups", "Billing, Orders"), new("zone", "Europe/Berlin"), new("hours", "Mon-Fri 09:00-17:00"),
    ];

    [Test]
    public async Task Levels_capacity_and_absences_are_changed_in_the_page(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var saved = await SaveAsync(lead, Change, cancellationToken);
        var form = await lead.GetStringAsync(Page, cancellationToken);
        var agent = (await console.Services.GetRequiredService<AgentBook>().ListAsync("acme", cancellationToken)).Single().Agent;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.Headers.Location?.OriginalString, Is.EqualTo("/skills?helpdesk=acme"));
            Assert.That(agent.Skills, Is.EquivalentTo(new Dictionary<string, int> { ["refunds"] = 4, ["<b>german"] = 2 }));
            Assert.That(agent.MostUnits, Is.EqualTo(9));
            Assert.That(agent.Groups, Is.EqualTo(new[] { "Billing", "Orders" }));
            Assert.That(agent.Absences.Single().Contains(Instant.FromUtc(2026, 12, 27, 22, 59)), Is.True, "the last day is away too");
            Assert.That(agent.Languages, Is.EqualTo(new[] { "de" }), "what the roster leaves open the helpdesk says");
            Assert.That(form, Does.Contain("value=\"&lt;b&gt;german\"").And.Contain("value=\"2026-12-24\"").And.Contain("The helpdesk says: de"));
            Assert.That(
                await console.Database.AskAsync<string>("select subject from audit_entries where action = 'agent.changed'"), Is.EqualTo("agent 7"));
        }
    }

    [Test]
    public async Task A_hundred_skills_and_groups_with_commas_are_kept(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var saved = await SaveAsync(
            lead,
            [
                .. Enumerable.Range(0, 100).SelectMany(place => (KeyValuePair<string, string>[])
                    [new("skill", $"skill-{place}"), new("level", "3"), new("from", $"{2000 + place}-05-01"), new("until", "")]),
                new("groups", "\"Billing, Europe\", Orders"),
            ],
            cancellationToken);
        var form = WebUtility.HtmlDecode(await lead.GetStringAsync(Page, cancellationToken));
        var agent = (await console.Services.GetRequiredService<AgentBook>().ListAsync("acme", cancellationToken)).Single().Agent;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(agent.Skills, Has.Count.EqualTo(100));
            Assert.That(agent.Absences, Has.Count.EqualTo(100));
            Assert.That(agent.Groups, Is.EqualTo(new[] { "Billing, Europe", "Orders" }));
            Assert.That(form, Does.Contain("skill-99").And.Contain("\"Billing, Europe\", Orders"));
        }
    }

    [Test]
    public async Task What_cannot_be_understood_is_shown_again_and_changes_nothing(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var answer = await SaveAsync(lead, [.. Change[..^1], new("hours", "always \"<b>\"")], cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page, Does.Contain("is no working time").And.Contain("value=\"always &quot;&lt;b&gt;&quot;\"").And.Contain("value=\"refunds\""));
            Assert.That(await console.Database.AskAsync<bool>("select roster is null from agents"), Is.True);
        }
    }

    [Test]
    public async Task Of_two_who_began_with_the_same_the_second_is_told(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var first = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var second = await console.SignedInAsync(SeededConsole.SecondLead, cancellationToken);
        var mark = Mark().Match(await second.GetStringAsync(Page, cancellationToken)).Groups["mark"].Value;

        using var won = await SaveAsync(first, Change, cancellationToken);
        using var lost = await Door.SubmitAsync(
            second, Page, "/skills/agent", [new("helpdesk", "acme"), new("id", "7"), new("mark", mark), new("capacity", "2")], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(won.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(await lost.Content.ReadAsStringAsync(cancellationToken), Does.Contain("somebody has changed the roster meanwhile").And.Contain("value=\"2\""));
            Assert.That(await console.Database.AskAsync<int>("select most_units from agents"), Is.EqualTo(9));
        }
    }

    private static async Task<SeededConsole> OpenAsync(CancellationToken cancellationToken)
    {
        var console = await SeededConsole.OpenAsync(1, cancellationToken);
        await console.Database.AskAsync<object>(
            """insert into agents (helpdesk, id, name, known) values ('acme', '7', 'Mira', '{"languages":["de"]}')""");
        return console;
    }

    private static async Task<HttpResponseMessage> SaveAsync(
        HttpClient lead, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        var mark = Mark().Match(await lead.GetStringAsync(Page, cancellationToken)).Groups["mark"].Value;
        return await Door.SubmitAsync(
            lead, Page, "/skills/agent", [new("helpdesk", "acme"), new("id", "7"), new("mark", mark), .. fields], cancellationToken);
    }

    [GeneratedRegex("name=\"mark\" value=\"(?<mark>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
