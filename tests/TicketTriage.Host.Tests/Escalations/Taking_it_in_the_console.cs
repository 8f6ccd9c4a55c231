using System.Net;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class Taking_it_in_the_console
{
    private const string Id = "0198f000-0000-7000-8000-000000000001";

    [Test]
    public async Task An_agent_takes_it_from_each_page_that_shows_it_and_it_is_taken_once(
        [Values("/escalations", "/tickets/acme/3")] string page, CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync("open", "null", cancellationToken);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);

        var before = await agent.GetStringAsync(page, cancellationToken);
        using var taken = await TakeAsync(agent, page, cancellationToken);
        using var again = await TakeAsync(agent, page, cancellationToken);
        var after = await agent.GetStringAsync(page, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Does.Contain("I have it").And.Contain("wants person").And.Contain("&lt;b&gt;lea&lt;/b&gt;"));
            Assert.That(taken.Headers.Location?.OriginalString, Is.EqualTo(page));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(after, Does.Contain("taken by agent").And.Not.Contain("I have it"));
            Assert.That(
                await console.Database.AskAsync<string>("select concat_ws(' ', state, acknowledged_by, acknowledged_how) from escalations"),
                Is.EqualTo("acknowledged agent command"));
        }
    }

    [Test]
    public async Task A_lead_takes_it_from_the_page_of_the_day(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync("open", "null", cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var taken = await TakeAsync(lead, "/", cancellationToken);
        var after = await lead.GetStringAsync("/", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.Headers.Location?.OriginalString, Is.EqualTo("/"));
            Assert.That(after, Does.Not.Contain("I have it"));
            Assert.That(await console.Database.AskAsync<string>("select acknowledged_by from escalations"), Is.EqualTo("lead"));
        }
    }

    [Test]
    public async Task Nobody_is_led_to_another_site_afterwards(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync("open", "null", cancellationToken);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);

        using var taken = await Door.SubmitAsync(
            agent, "/escalations", $"/escalations/{Id}/acknowledge", [new("return", "//elsewhere.example")], cancellationToken);

        Assert.That(taken.Headers.Location?.OriginalString, Is.EqualTo("/escalations"));
    }

    [Test]
    public async Task A_lead_says_what_it_was_good_for_once_it_is_over(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync("closed", "'missed'", cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var corrected = await CorrectAsync(lead, "prevented", cancellationToken);
        using var invented = await CorrectAsync(lead, "splendid", cancellationToken);
        var page = await lead.GetStringAsync("/escalations", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(corrected.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(invented.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(page, Does.Contain("prevented").And.Contain("by the word of lead"));
            Assert.That(
                await console.Database.AskAsync<string>("select concat_ws(' ', outcome, outcome_by, lower_level_could) from escalations"),
                Is.EqualTo("prevented lead t"));
        }
    }

    [Test]
    public async Task What_is_not_over_has_no_outcome_yet(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync("open", "null", cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var early = await CorrectAsync(lead, "prevented", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(await console.Database.AskAsync<bool>("select outcome is null from escalations"), Is.True);
        }
    }

    private static async Task<SeededConsole> OpenAsync(string state, string outcome, CancellationToken cancellationToken)
    {
        var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<object>(
            $$"""
            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at, acknowledge_by,
                                     due_at, ended_at, outcome, outcome_by, matrix_version, service_version)
            values ('{{Id}}', 'acme', '3', 'c', 'wants_person', 2, 'r', 'functional', '{{state}}', '{<b>lea</b>}', '{"The customer asks for a person."}',
                    now() - interval '5 minutes', now() + interval '5 minutes', now() + interval '1 hour',
                    case when '{{state}}' = 'closed' then now() end, {{outcome}}, case when {{outcome}} is not null then 'rule' end, 'm', 's')
            """);
        return console;
    }

    private static Task<HttpResponseMessage> TakeAsync(HttpClient person, string page, CancellationToken cancellationToken) =>
        Door.SubmitAsync(person, page, $"/escalations/{Id}/acknowledge", [new("return", page)], cancellationToken);

    private static Task<HttpResponseMessage> CorrectAsync(HttpClient lead, string outcome, CancellationToken cancellationToken) => Door.SubmitAsync(
        lead, "/escalations", $"/escalations/{Id}/outcome",
        [new("return", "/escalations"), new("outcome", outcome), new("lowerLevelCould", "true")], cancellationToken);
}
