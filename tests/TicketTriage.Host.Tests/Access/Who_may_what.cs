using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Access;

/// <summary>
/// Calls every endpoint that is mapped, as each role by each way of coming in and as nobody, and compares with a table that people have
/// looked at. An endpoint that isn't in the table fails it.
/// </summary>
[CancelAfter(300_000)]
internal sealed class Who_may_what
{
    private const string Everybody = "everybody";

    /// <summary>Who may call what. A new endpoint is written down here by somebody who has thought about it.</summary>
    private static readonly Dictionary<string, string[]> Table = new()
    {
        [Everybody] =
        [
            "GET /sign-in", "GET /sign-in/openid", "GET /sign-in/{token}", "POST /sign-in", "POST /sign-out", "POST /look",
            "POST /webhooks/{helpdesk}", "GET /acknowledge/{token}", "POST /acknowledge/{token}", "GET /feedback/{token}", "POST /feedback/{token}",
            "GET /health/live", "GET /health/ready", " /{**path}",
        ],
        [Roles.Anyone] = ["GET /"],
        [Roles.Agent] =
        [
            "GET /api/escalations", "GET /api/tickets/{helpdesk}/{id}", "GET /escalations", "GET /live/tickets",
            "GET /live/tickets/{helpdesk}/{number}", "GET /tickets", "GET /tickets/{helpdesk}/{number}", "POST /api/escalations/replies",
            "POST /api/escalations/{id:guid}/acknowledge", "POST /escalations/{id:guid}/acknowledge",
            "POST /tickets/{helpdesk}/{number}/correct",
        ],
        [Roles.Lead] =
        [
            "GET /api/escalations/statistics", "GET /knowledge", "GET /knowledge/gaps", "GET /knowledge/gaps/{helpdesk}/{number}",
            "POST /knowledge/gaps/{helpdesk}/{number}/phrase", "POST /knowledge/gaps/download", "GET /live/skills", "GET /live/tries/{id:guid}", "GET /quality",
            "GET /quality/sample", "GET /reports", "GET /reports.csv", "GET /skills", "GET /skills/agent", "GET /skills/roster", "GET /tries/{id:guid}",
            "POST /api/escalations/{id:guid}/outcome", "POST /escalations/{id:guid}/outcome", "POST /quality/sample",
            "GET /tries/{id:guid}/tickets.csv",
            "POST /skills/agent", "POST /skills/roster", "POST /skills/roster/try", "POST /tries/of/{kind}", "POST /tries/{id:guid}/cancel",
            "POST /tries/{id:guid}/publish", "GET /rules/rule", "POST /rules/rule", "POST /rules/move", "POST /rules/delete",
            "GET /rules/", "GET /rules/text", "GET /rules/history", "GET /rules/history/{id:long}", "POST /rules/text",
            "POST /rules/discard", "POST /rules/rebase", "POST /rules/history/{id:long}/return", "GET /matrix/", "GET /matrix/text",
            "GET /matrix/history", "GET /matrix/history/{id:long}", "POST /matrix/text", "POST /matrix/discard", "POST /matrix/rebase",
            "POST /matrix/history/{id:long}/return", "GET /taxonomy/", "GET /taxonomy/text", "GET /taxonomy/history",
            "GET /taxonomy/history/{id:long}", "POST /taxonomy/text", "POST /taxonomy/discard", "POST /taxonomy/rebase",
            "POST /taxonomy/history/{id:long}/return", "GET /style/", "GET /style/text", "GET /style/history",
            "GET /style/history/{id:long}", "POST /style/text", "POST /style/discard", "POST /style/rebase",
            "POST /style/history/{id:long}/return", "GET /matrix/part/{part}/", "POST /matrix/part/{part}/",
            "POST /matrix/part/{part}/move", "POST /matrix/part/{part}/delete", "GET /taxonomy/part/{part}/",
            "POST /taxonomy/part/{part}/", "POST /taxonomy/part/{part}/move", "POST /taxonomy/part/{part}/delete",
            "GET /style/part/{part}/", "POST /style/part/{part}/", "POST /style/part/{part}/move", "POST /style/part/{part}/delete",
        ],
        [Roles.Ops] =
        [
            "GET /connections", "GET /jobs/", "GET /jobs/{name}", "GET /live/jobs", "GET /metrics", "POST /api/tickets/{helpdesk}/{id}/replay",
            "POST /connections/{helpdesk}/secret", "POST /jobs/parked/replay", "POST /jobs/parked/{helpdesk}/{number}/replay",
            "POST /jobs/{name}/pause", "POST /jobs/{name}/resume", "POST /jobs/{name}/run",
        ],
        [Roles.Auditor] =
        [
            "GET /audit", "POST /audit/check",
        ],
        [Roles.Admin] =
        [
            "GET /access/", "POST /access/keys", "POST /access/keys/{name}/withdraw", "GET /erasure", "POST /erasure",
        ],
    };

    [Test]
    public async Task Is_written_down_for_every_endpoint_that_there_is(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);

        Assert.That(Ways(console).Select(way => way.Name), Is.EquivalentTo(Table.Values.SelectMany(names => names)));
    }

    [TestCase("key")]
    [TestCase("cookie")]
    [TestCase("link")]
    public async Task Is_as_written_down_for_every_role_and_none(string by)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        var policies = Table.SelectMany(row => row.Value.Select(name => (name, row.Key))).ToDictionary(row => row.name, row => row.Key);

        using (Assert.EnterMultipleScope())
        {
            foreach (var role in (string[])["", .. Roles.All])
            {
                using var client = await ComeInAsync(console, by, role, cancellationToken);
                foreach (var way in Ways(console))
                {
                    var policy = policies.GetValueOrDefault(way.Name, Roles.Admin);
                    if (policy == Everybody)
                    {
                        Assert.That(way.IsOpen, $"{way.Name} is not open");
                        continue;
                    }

                    using var answer = await CallAsync(client, way, cancellationToken);
                    var expected = role.Length == 0 ? "shut" : Roles.ThatOpen(policy).Contains(role) ? "open" : "forbidden";

                    Assert.That(Outcome(answer), Is.EqualTo(expected), $"{way.Name} as {role} by {by}, for {policy}: {answer.StatusCode}");
                    Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{way.Name} as {role} by {by}");
                }
            }
        }
    }

    [Test]
    public async Task No_form_is_taken_from_another_site(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Admin, cancellationToken);
        var forms = Ways(console)
            .Where(way => way is { Method: "POST", IsOpen: false } && !way.Pattern.StartsWith("/api", StringComparison.Ordinal)).ToList();

        Assert.That(forms, Has.Count.GreaterThan(15));
        using (Assert.EnterMultipleScope())
        {
            foreach (var way in forms)
            {
                using var nothing = new FormUrlEncodedContent([]);
                using var answer = await browser.PostAsync(way.Address, nothing, cancellationToken);

                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), way.Pattern);
            }
        }
    }

    private static async Task<HttpClient> ComeInAsync(SeededConsole console, string by, string role, CancellationToken cancellationToken)
    {
        if (role.Length > 0 && by == "cookie")
        {
            return await console.SignedInAsync(role, cancellationToken);
        }

        var client = console.Browser();
        if (role.Length > 0 && by == "link")
        {
            using var opened = await client.GetAsync(console.Services.GetRequiredService<SignInLinks>().Create(role), cancellationToken);
            Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        }

        if (by == "key")
        {
            client.DefaultRequestHeaders.Accept.Clear();
            client.DefaultRequestHeaders.Authorization = role.Length > 0 ? new("Bearer", SeededConsole.KeyOf(role)) : null;
        }

        return client;
    }

    private static string Outcome(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "shut",
        HttpStatusCode.Redirect when answer.Headers.Location is { IsAbsoluteUri: true, AbsolutePath: "/sign-in" } => "shut",
        HttpStatusCode.Forbidden => "forbidden",
        _ => "open",
    };

    private static async Task<HttpResponseMessage> CallAsync(HttpClient client, Way way, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(way.Method), way.Address);
        if (way.Method == "POST" && way.Pattern.StartsWith("/api", StringComparison.Ordinal))
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Those of Hangfire's dashboard are looked at where that engine is built in, beside its pages.</summary>
    private static List<Way> Ways(SeededConsole console) =>
        [.. console.ListEndpoints().OfType<RouteEndpoint>().SelectMany(Ways).Distinct()
            .Where(way => !way.Pattern.StartsWith("/hangfire", StringComparison.Ordinal))];

    private static IEnumerable<Way> Ways(RouteEndpoint endpoint)
    {
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [""];
        return methods.Select(method => new Way(method, pattern, isOpen));
    }

    private sealed record Way(string Method, string Pattern, bool IsOpen)
    {
        public string Name => $"{Method} {Pattern}";

        public string Address => System.Text.RegularExpressions.Regex.Replace(
            Pattern, @"\{(?<name>\w+)(?<rest>[^}]*)\}", match => (match.Groups["name"].Value, match.Groups["rest"].Value) switch
            {
                (_, ":guid") => "00000000-0000-7000-8000-000000000000",
                (_, ":long") => "1",
                ("helpdesk", _) => "acme",
                ("kind", _) => "routing",
                _ => "3",
            },
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1));
    }
}
