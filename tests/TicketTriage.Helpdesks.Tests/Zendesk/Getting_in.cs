using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Getting_in
{
    private const string Me = "GET /api/v2/users/me";

    private const string Agent = """{"user":{"id":5,"name":"Triage","role":"admin"}}""";

    [Test]
    public async Task A_token_is_asked_for_once_and_shown_with_every_call()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, Reply.Json(Agent), Reply.Json(Agent));

        var identity = await connected.Helpdesk.IdentifyAsync(Patience());
        await connected.Helpdesk.IdentifyAsync(Patience());

        var expected = JsonNode.Parse("""
            {"grant_type":"client_credentials","client_id":"triage","client_secret":"client secret","scope":"read write","expires_in":3600}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity, Is.EqualTo(new HelpdeskIdentity("5", "Triage", "admin")));
            Assert.That(connected.Zendesk.TokenRequests, Has.Count.EqualTo(1));
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(connected.Zendesk.TokenRequests[0].Body), expected));
            Assert.That(connected.Zendesk.TokenRequests[0].Authorization, Is.Empty);
            Assert.That(connected.Zendesk.Calls.Select(call => call.Authorization), Is.All.EqualTo("Bearer token-1"));
        }
    }

    [TestCase(54, 1)]
    [TestCase(56, 2)]
    public async Task A_token_of_an_hour_is_renewed_five_minutes_before_its_end(int minutes, int tokens)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, Reply.Json(Agent), Reply.Json(Agent));

        await connected.Helpdesk.IdentifyAsync(Patience());
        connected.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await connected.Helpdesk.IdentifyAsync(Patience());

        Assert.That(connected.Zendesk.TokenRequests, Has.Count.EqualTo(tokens));
    }

    [Test]
    public async Task Many_calls_at_once_share_one_request_for_a_token()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, [.. Enumerable.Repeat(Reply.Json(Agent), 50)]);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => connected.Helpdesk.IdentifyAsync(Patience())));

        Assert.That(connected.Zendesk.TokenRequests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Many_refused_calls_share_one_new_token()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var gate = new TaskCompletionSource();
        var waiting = 0;
        connected.Zendesk.Plan("GET /api/v2/groups", [.. Enumerable.Repeat<Microsoft.AspNetCore.Http.RequestDelegate>(async context =>
        {
            // All twenty have shown the old token before the first learns that it is refused.
            if (Interlocked.Increment(ref waiting) == 20)
            {
                gate.SetResult();
            }

            await gate.Task;
            await Reply.Json("{}", 401)(context);
        }, 20), .. Enumerable.Repeat(Reply.Json("""{"groups":[]}"""), 20)]);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => connected.Helpdesk.ListGroupsAsync(Patience())));

        Assert.That(connected.Zendesk.TokenRequests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refused_token_is_replaced_and_even_a_change_sent_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("PUT /api/v2/tickets/42",
            Reply.Json("""{"error":"invalid_token"}""", 401), Reply.Json("""{"ticket":{"id":42,"updated_at":"2026-11-25T10:00:01Z"}}"""));

        var receipt = await connected.Helpdesk.ApplyAsync(
            new HelpdeskChange { Number = "42", TriageId = Guid.Empty, Stamp = "2026-11-25T09:30:00Z" }, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Stamp, Is.EqualTo("2026-11-25T10:00:01Z"));
            Assert.That(connected.Zendesk.Calls.Select(call => call.Authorization),
                Is.EqualTo(new[] { "Bearer token-1", "Bearer token-2" }));
        }
    }

    [Test]
    public async Task A_second_refusal_is_final()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, Reply.Json("{}", 401), Reply.Json("{}", 401));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.IdentifyAsync(Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Property("Status").EqualTo(HttpStatusCode.Unauthorized)
                    .And.Message.Contains("Helpdesks:acme:ClientId"));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task A_wrong_client_secret_is_refused_and_asked_about_again_next_time()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("POST /oauth/tokens", Reply.Json("""{"error":"invalid_client"}""", 401));
        connected.Zendesk.Plan(Me, Reply.Json(Agent));

        Assert.That(() => connected.Helpdesk.IdentifyAsync(Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("invalid_client").And.Message.Not.Contains("client secret"));
        Assert.That((await connected.Helpdesk.IdentifyAsync(Patience())).UserId, Is.EqualTo("5"));
    }

    [Test]
    public async Task One_who_gives_up_does_not_take_the_token_from_the_others()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var release = new TaskCompletionSource();
        connected.Zendesk.Plan("POST /oauth/tokens", async context =>
        {
            await release.Task;
            await Reply.Json("""{"access_token":"late","expires_in":3600}""")(context);
        });
        connected.Zendesk.Plan(Me, Reply.Json(Agent));
        using var stop = new CancellationTokenSource();

        var givingUp = connected.Helpdesk.IdentifyAsync(stop.Token);
        var patient = connected.Helpdesk.IdentifyAsync(Patience());
        await connected.Zendesk.UntilNextCallAsync(Patience());
        await stop.CancelAsync();
        Assert.That(() => givingUp, Throws.InstanceOf<OperationCanceledException>());
        release.SetResult();
        await patient;

        Assert.That(connected.Zendesk.Calls.Single().Authorization, Is.EqualTo("Bearer late"));
    }

    [Test]
    public async Task An_api_token_is_shown_as_basic_authentication_with_a_warning_of_its_end()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("Email", "bot@example.com"), ("ApiToken", "s3cret"));
        connected.Zendesk.Plan(Me, Reply.Json(Agent));

        await connected.Helpdesk.IdentifyAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(connected.Zendesk.Calls[0].Authorization,
                Is.EqualTo("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("bot@example.com/token:s3cret"))));
            Assert.That(connected.Zendesk.TokenRequests, Is.Empty);
            Assert.That(connected.Warnings, Has.One.Contains("27 October 2026").And.Contains("30 April 2027"));
        }
    }

    [Test]
    public async Task A_refused_api_token_is_refused_at_once()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("Email", "bot@example.com"), ("ApiToken", "s3cret"));
        connected.Zendesk.Plan(Me, Reply.Json("""{"error":"Couldn't authenticate you"}""", 401));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.IdentifyAsync(Patience()), Throws.TypeOf<HelpdeskRefusedException>());
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
        }
    }

    [TestCase("""{"user":{"id":null,"name":"Anonymous user"}}""", HttpStatusCode.Unauthorized)]
    [TestCase("""{"user":{"name":"Anonymous user"}}""", HttpStatusCode.Unauthorized)]
    [TestCase("""{"user":{"id":5,"name":"Kim","role":"end-user"}}""", HttpStatusCode.Forbidden)]
    [TestCase("""{"user":{"id":5,"name":"Kim","role":null}}""", HttpStatusCode.Forbidden)]
    public async Task A_success_that_names_nobody_who_may_work_is_a_refusal(string body, HttpStatusCode status)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, Reply.Json(body));

        Assert.That(() => connected.Helpdesk.IdentifyAsync(Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Property("Status").EqualTo(status));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Credentials_do_not_follow_a_redirect(int status)
    {
        await using var elsewhere = await ScriptedZendesk.StartAsync();
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Me, Reply.Status(status, ("Location", new Uri(elsewhere.Address, "api/v2/users/me").ToString())));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.IdentifyAsync(Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("Helpdesks:acme:BaseUrl"));
            Assert.That(elsewhere.Calls, Is.Empty);
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
