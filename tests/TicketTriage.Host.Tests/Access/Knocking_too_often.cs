using System.Net;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Access;

/// <summary>Keys are guessed by trying many, and replays cost a helpdesk's calls: both have a pace.</summary>
[CancelAfter(120_000)]
internal sealed class Knocking_too_often
{
    [Test]
    public async Task Sign_ins_from_one_address_are_thirty_a_minute_and_the_next_is_told_when_to_come_again(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var stranger = console.Browser();
        var answers = new List<HttpStatusCode>();

        for (var knock = 1; knock <= 30; knock++)
        {
            using var answer = await Door.SubmitAsync(stranger, "/sign-in", "/sign-in", [new("key", $"guess-{knock}")], cancellationToken);
            answers.Add(answer.StatusCode);
        }

        using var next = await Door.SubmitAsync(
            stranger, "/sign-in", "/sign-in", [new("key", SeededConsole.KeyOf(Roles.Admin))], cancellationToken);
        using var link = await stranger.GetAsync("/sign-in/a-guessed-link", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.All.Not.EqualTo(HttpStatusCode.TooManyRequests).And.All.Not.EqualTo(HttpStatusCode.Redirect));
            Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests), "also with a key that is right");
            Assert.That(next.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(link.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests), "links count with keys");
        }
    }

    [Test]
    public async Task Replays_of_one_person_are_sixty_a_minute_and_others_go_on(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var ops = Program(console, Roles.Ops);
        using var admin = Program(console, Roles.Admin);
        var answers = new List<HttpStatusCode>();

        for (var replay = 1; replay <= 60; replay++)
        {
            using var answer = await ops.PostAsync("/api/tickets/acme/1/replay", content: null, cancellationToken);
            answers.Add(answer.StatusCode);
        }

        using var next = await ops.PostAsync("/api/tickets/acme/1/replay", content: null, cancellationToken);
        using var byPage = await ops.PostAsync("/jobs/parked/replay", content: null, cancellationToken);
        using var another = await admin.PostAsync("/api/tickets/acme/1/replay", content: null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.All.Not.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(next.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(byPage.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests), "the console's buttons count with the API");
            Assert.That(another.StatusCode, Is.Not.EqualTo(HttpStatusCode.TooManyRequests));
        }
    }

    [Test]
    public async Task Every_way_to_sign_in_or_to_replay_has_its_pace(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);

        var paces = console.ListEndpoints().OfType<RouteEndpoint>().ToLookup(
            endpoint => $"{string.Join(",", endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {endpoint.RoutePattern.RawText}",
            endpoint => endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(paces["POST /sign-in"].Concat(paces["GET /sign-in/{token}"]), Is.EqualTo((string[])["sign-in", "sign-in"]));
            Assert.That(
                paces.Where(way => way.Key.EndsWith("/replay", StringComparison.Ordinal)).SelectMany(way => way),
                Is.EqualTo((string[])["replay", "replay", "replay"]));
        }
    }

    private static HttpClient Program(SeededConsole console, string role)
    {
        var program = console.Browser();
        program.DefaultRequestHeaders.Accept.Clear();
        program.DefaultRequestHeaders.Authorization = new("Bearer", SeededConsole.KeyOf(role));
        return program;
    }
}
