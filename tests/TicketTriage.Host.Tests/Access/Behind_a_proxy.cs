using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Access;

/// <summary>A proxy that ends TLS says by which scheme and from where a request came; so does whoever would like to be believed.</summary>
[CancelAfter(60_000)]
internal sealed class Behind_a_proxy
{
    [TestCase(null, "http://127.0.0.1:")]
    [TestCase("192.0.2.0/24", "http://127.0.0.1:")]
    [TestCase("127.0.0.1", "https://127.0.0.1:")]
    [TestCase("127.0.0.0/8", "https://127.0.0.1:")]
    public async Task The_provider_sends_people_back_by_the_scheme_that_a_trusted_proxy_names(string? proxy, string expected)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var provider = await ProviderForTests.StartAsync(cancellationToken);
        await using var door = await Door.OpenAsync(cancellationToken, settings:
        [
            new("Access:OpenIdConnect:Authority", $"{provider.Address}"),
            new("Access:OpenIdConnect:ClientId", ProviderForTests.ClientId),
            new("Access:OpenIdConnect:ClientSecret", ProviderForTests.ClientSecret),
            new("Access:OpenIdConnect:Roles:lead", "support-leads"),
            .. Trusting(proxy),
        ]);
        using var browser = Forwarding(door.Browser(), "203.0.113.9");

        using var begun = await browser.GetAsync("/sign-in/openid", cancellationToken);

        var back = WebUtility.UrlDecode(begun.Headers.Location?.Query ?? "").Split("redirect_uri=")[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(back, Does.StartWith(expected), "the host is never the forwarded one");
            Assert.That(begun.Headers.GetValues("Set-Cookie"), proxy is "127.0.0.1" or "127.0.0.0/8"
                ? Is.All.Contain("secure") : Is.All.Not.Contain("secure"));
            Assert.That(begun.Headers.Contains("Strict-Transport-Security"), Is.EqualTo(expected.StartsWith("https", StringComparison.Ordinal)));
        }
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("192.0.2.1", false)]
    public async Task Cookies_are_for_https_alone_where_people_come_by_it(string proxy, bool isSecure)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var door = await Door.OpenAsync(cancellationToken, settings: Trusting(proxy));
        using var browser = Forwarding(door.Browser(), "203.0.113.9");
        using var page = await browser.GetAsync("/sign-in", cancellationToken);
        using var signedIn = await browser.GetAsync(
            door.Services.GetRequiredService<SignInLinks>().Create(Roles.Lead), cancellationToken);

        var cookies = page.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).ToList();
        Assert.That(cookies, Has.Count.EqualTo(2).And.All.Matches<string>(cookie => cookie?.Contains("secure", StringComparison.Ordinal) == isSecure));
    }

    [TestCase("127.0.0.1", null, "203.0.113.9", "http 203.0.113.9")]
    [TestCase("127.0.0.1", null, "198.51.100.1, 203.0.113.9", "http 203.0.113.9", Description = "the first is the client's own invention")]
    [TestCase("127.0.0.1", "10.0.0.0/8", "198.51.100.1, 203.0.113.9, 10.1.2.3", "http 203.0.113.9")]
    [TestCase("192.0.2.1", null, "203.0.113.9", "http 127.0.0.1")]
    [TestCase(null, null, "203.0.113.9", "http 127.0.0.1")]
    public async Task A_request_is_from_the_first_address_that_is_no_trusted_proxy(string? first, string? second, string forwarded, string expected)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var door = await Door.OpenAsync(
            cancellationToken,
            map: app => app.MapGet("/from", (HttpContext context) => $"{context.Request.Scheme} {context.Connection.RemoteIpAddress?.MapToIPv4()}").AllowAnonymous(),
            settings: Trusting(first, second));
        using var program = door.Program();
        program.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);

        Assert.That(await program.GetStringAsync("/from", cancellationToken), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_frameworks_switch_that_believes_everybody_does_nothing(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(
            cancellationToken,
            map: app => app.MapGet("/from", (HttpContext context) => $"{context.Request.Scheme} {context.Request.Host.Host}").AllowAnonymous(),
            settings: [new("FORWARDEDHEADERS_ENABLED", "true")]);
        using var program = Forwarding(door.Program(), "203.0.113.9");

        Assert.That(await program.GetStringAsync("/from", cancellationToken), Is.EqualTo("http 127.0.0.1"));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Trusting(params string?[] proxies) =>
        proxies.OfType<string>().Select((proxy, place) => KeyValuePair.Create($"Access:TrustedProxies:{place}", (string?)proxy));

    private static HttpClient Forwarding(HttpClient client, string from)
    {
        client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere.example");
        return client;
    }
}
