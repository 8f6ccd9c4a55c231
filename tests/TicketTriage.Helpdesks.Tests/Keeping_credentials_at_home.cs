using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Helpdesks.Tests.Freshdesk;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests;

/// <summary>Whatever a helpdesk answers, nobody else ever sees the credentials.</summary>
[CancelAfter(30_000)]
public class Keeping_credentials_at_home
{
    [Test]
    public async Task No_redirect_is_followed([Values(301, 302, 303, 307, 308)] int status)
    {
        await using var stranger = await ScriptedZendesk.StartAsync();
        await using var connected = await ConnectedZendesk.StartAsync();
        var elsewhere = Reply.Status(status, ("Location", new Uri(stranger.Address, "api/v2/tickets/42").ToString()));
        connected.Zendesk.Plan("GET /api/v2/tickets/42", elsewhere);
        connected.Zendesk.Plan("PUT /api/v2/tickets/42", elsewhere);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()), Throws.TypeOf<HelpdeskRefusedException>());
            Assert.That(
                () => connected.Helpdesk.ApplyAsync(
                    new HelpdeskChange { Number = "42", TriageId = Guid.Empty, Stamp = "2026-11-25T09:30:00Z" }, Patience()),
                Throws.TypeOf<HelpdeskRefusedException>());
            Assert.That(stranger.Calls, Is.Empty);
            Assert.That(connected.Zendesk.Calls.Select(call => call.Authorization), Has.All.StartsWith("Bearer "), "At home they are shown.");
        }
    }

    [Test]
    public async Task Nor_by_the_connector_to_freshdesk([Values(301, 302, 303, 307, 308)] int status)
    {
        await using var stranger = await ScriptedFreshdesk.StartAsync();
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan(
            "GET tickets/42", Reply.Status(status, ("Location", new Uri(stranger.Address, "api/v2/tickets/42").ToString())));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()), Throws.TypeOf<HelpdeskRefusedException>());
            Assert.That(stranger.Calls, Is.Empty);
            Assert.That(connected.Freshdesk.Calls.Select(call => call.Authorization), Has.All.StartsWith("Basic "), "At home it is shown.");
        }
    }

    [Test]
    public async Task The_secret_of_the_client_follows_no_redirect_either()
    {
        await using var stranger = await ScriptedZendesk.StartAsync();
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("POST /oauth/tokens", Reply.Status(307, ("Location", new Uri(stranger.Address, "oauth/tokens").ToString())));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()), Throws.TypeOf<HelpdeskRefusedException>());
            Assert.That(stranger.TokenRequests, Is.Empty);
        }
    }

    [TestCase("//{0}/api/v2/tickets/42")]
    [TestCase("http://{0}/api/v2/tickets/42")]
    public async Task No_path_leads_to_another_host(string path)
    {
        await using var home = await ScriptedZendesk.StartAsync();
        await using var stranger = await ScriptedZendesk.StartAsync();
        using var http = new HttpClient { BaseAddress = home.Address };
        using var meter = new QuotaMeter();
        var turnstile = new HelpdeskTurnstile(
            "acme", HelpdeskLimits.Of(new HelpdeskOptions { BaseUrl = home.Address }), new QuotaNotebook(TimeProvider.System), meter,
            TimeProvider.System, NullLogger.Instance);
        var connection = new HelpdeskConnection(
            "acme", new HelpdeskDialect("Zendesk", _ => new InvalidOperationException()), http,
            new HelpdeskPipeline("acme", TimeSpan.FromSeconds(5), turnstile, TimeProvider.System, NullLogger.Instance), TimeProvider.System,
            NullLogger.Instance);
        var call = new HelpdeskCall(HttpMethod.Get, path.Replace("{0}", stranger.Address.Authority, StringComparison.Ordinal), "a ticket");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => connection.SendAsync(
                    call, new AuthenticationHeaderValue("Bearer", "secret"), TestJson.Default.JsonElement, Patience()),
                Throws.TypeOf<InvalidOperationException>().With.Message.Contains("would leave"));
            Assert.That(stranger.Calls, Is.Empty);
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class TestJson : System.Text.Json.Serialization.JsonSerializerContext;
