using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Access;

/// <summary>Calls every endpoint that is mapped with every role and with none: what is new is tried without anybody thinking of it.</summary>
[CancelAfter(180_000)]
internal sealed class Who_may_what
{
    /// <summary>What is for everybody, and why: each is looked at by a person before it comes here.</summary>
    private static readonly HashSet<string> Open =
    [
        "GET /sign-in", "GET /sign-in/openid", "GET /sign-in/{token}", "POST /sign-in", "POST /sign-out", "POST /look", "POST /webhooks/{helpdesk}",
        "GET /acknowledge/{token}", "POST /acknowledge/{token}", "GET /feedback/{token}", "POST /feedback/{token}", "GET /health/live",
        "GET /health/ready", "GET /{**path}", "POST /{**path}", "PUT /{**path}", "DELETE /{**path}", "HEAD /{**path}", " /{**path}",
    ];

    [Test]
    public async Task Is_the_same_for_every_endpoint_as_its_policy_says(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        var endpoints = console.ListEndpoints().OfType<RouteEndpoint>().SelectMany(Ways).Distinct().ToList();
        var clients = new Dictionary<string, HttpClient> { [""] = Program(console, null) };
        foreach (var role in Roles.All)
        {
            clients[role] = Program(console, SeededConsole.KeyOf(role));
        }

        Assert.That(endpoints, Has.Count.GreaterThan(50));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, pattern, policy, isOpen) in endpoints)
            {
                var name = $"{method} {pattern}";
                Assert.That(isOpen, Is.EqualTo(Open.Contains(name)), $"{name} is open to everybody");
                if (isOpen)
                {
                    continue;
                }

                foreach (var (role, client) in clients)
                {
                    var status = await StatusAsync(client, method, AddressOf(pattern), cancellationToken);
                    var may = role.Length > 0 && Roles.ThatOpen(policy).Contains(role);

                    Assert.That(
                        status,
                        may ? Is.Not.AnyOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden)
                            : Is.EqualTo(role.Length == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden),
                        $"{name} as {(role.Length == 0 ? "nobody" : role)}, for {policy}");
                }
            }
        }

        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    [Test]
    public async Task No_form_is_taken_from_another_site(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Admin, cancellationToken);
        var forms = console.ListEndpoints().OfType<RouteEndpoint>().SelectMany(Ways).Distinct()
            .Where(way => way is { Method: "POST", IsOpen: false } && !way.Pattern.StartsWith("/api", StringComparison.Ordinal)).ToList();

        Assert.That(forms, Has.Count.GreaterThan(15));
        using (Assert.EnterMultipleScope())
        {
            foreach (var way in forms)
            {
                using var nothing = new FormUrlEncodedContent([]);
                using var answer = await browser.PostAsync(AddressOf(way.Pattern), nothing, cancellationToken);

                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), way.Pattern);
            }
        }
    }

    private static IEnumerable<(string Method, string Pattern, string Policy, bool IsOpen)> Ways(RouteEndpoint endpoint)
    {
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var policy = endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? Roles.Admin;
        var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [""];
        return methods.Select(method => (method, pattern, policy, isOpen));
    }

    private static string AddressOf(string pattern) => System.Text.RegularExpressions.Regex.Replace(
        pattern, @"\{(?<name>\w+)(?<rest>[^}]*)\}", match => (match.Groups["name"].Value, match.Groups["rest"].Value) switch
        {
            (_, ":guid") => "00000000-0000-7000-8000-000000000000",
            (_, ":long") => "1",
            ("helpdesk", _) => "acme",
            ("kind", _) => "routing",
            _ => "3",
        },
        System.Text.RegularExpressions.RegexOptions.None,
        TimeSpan.FromSeconds(1));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST" && path.StartsWith("/api", StringComparison.Ordinal))
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.StatusCode;
    }

    private static HttpClient Program(SeededConsole console, string? key)
    {
        var client = console.Browser();
        client.DefaultRequestHeaders.Accept.Clear();
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return client;
    }
}
