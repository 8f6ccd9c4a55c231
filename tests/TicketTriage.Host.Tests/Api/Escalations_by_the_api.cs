using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Escalations;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Api;

[CancelAfter(120_000)]
internal sealed class Escalations_by_the_api
{
    [Test]
    public async Task One_is_taken_once_and_by_name(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var agent = Caller(console, Roles.Agent);

        var before = await StateAsync(agent, cancellationToken);
        using var taken = await agent.PostAsync($"api/escalations/{SomeEscalations.Open}/acknowledge", null, cancellationToken);
        using var again = await agent.PostAsync($"api/escalations/{SomeEscalations.Open}/acknowledge", null, cancellationToken);
        using var unknown = await agent.PostAsync($"api/escalations/{Guid.Empty}/acknowledge", null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("open  "));
            Assert.That(
                (taken.StatusCode, again.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict)));
            Assert.That(await again.Content.ReadAsStringAsync(cancellationToken), Does.Contain("is not open (any more)"));
            Assert.That(await StateAsync(agent, cancellationToken), Is.EqualTo("acknowledged agent command"));
        }
    }

    [Test]
    public async Task A_lead_corrects_what_it_was_good_for(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var lead = Caller(console, Roles.Lead);

        using var corrected = await CorrectAsync(lead, SomeEscalations.Over, "prevented", cancellationToken);
        using var invented = await CorrectAsync(lead, SomeEscalations.Over, "splendid", cancellationToken);
        using var early = await CorrectAsync(lead, SomeEscalations.Open, "prevented", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (corrected.StatusCode, invented.StatusCode, early.StatusCode),
                Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Conflict)));
            Assert.That(
                await console.Database.AskAsync<string>(
                    "select string_agg(concat_ws(' ', level, outcome, outcome_by, lower_level_could), ', ' order by level) from escalations where number = '2'"),
                Is.EqualTo("1 prevented lead, 2 prevented lead t"));
        }
    }

    [Test]
    public async Task Statistics_are_counted_by_what_is_asked_for(CancellationToken cancellationToken)
    {
        await using var console = await OpenAsync(cancellationToken);
        using var agent = Caller(console, Roles.Lead);

        using var answer = JsonDocument.Parse(await agent.GetStringAsync("api/escalations/statistics?by=product", cancellationToken));
        using var unknown = await agent.GetAsync("api/escalations/statistics?by=moon", cancellationToken);

        var app = answer.RootElement.GetProperty("statistics").EnumerateArray().Single(one => $"{one.GetProperty("product")}" == "app");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Number(app, "levels"), Is.EqualTo(2));
            Assert.That(Number(app, "missed"), Is.EqualTo(2));
            Assert.That(Number(app, "acknowledged"), Is.EqualTo(1));
            Assert.That(Number(app, "medianSecondsToTake"), Is.EqualTo(240));
            Assert.That(app.GetProperty("cause").ValueKind, Is.EqualTo(JsonValueKind.Null), "It was not counted by that.");
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    private static async Task<SeededConsole> OpenAsync(CancellationToken cancellationToken)
    {
        var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await SomeEscalations.AddAsync(console.Database);
        return console;
    }

    private static HttpClient Caller(SeededConsole console, string role)
    {
        var caller = console.Browser();
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SeededConsole.KeyOf(role));
        return caller;
    }

    private static Task<HttpResponseMessage> CorrectAsync(HttpClient lead, Guid id, string outcome, CancellationToken cancellationToken) =>
        lead.PostAsJsonAsync($"api/escalations/{id}/outcome", new { outcome, lowerLevelCould = true }, cancellationToken);

    private static async Task<string> StateAsync(HttpClient agent, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await agent.GetStringAsync("api/escalations?helpdesk=acme&ticket=1", cancellationToken));
        var one = answer.RootElement.GetProperty("escalations")[0];
        return $"{one.GetProperty("state")} {one.GetProperty("acknowledgedBy")} {one.GetProperty("acknowledgedHow")}";
    }

    private static double Number(JsonElement one, string name) => one.GetProperty(name).GetDouble();
}
