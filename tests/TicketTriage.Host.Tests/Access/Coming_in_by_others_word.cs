using System.Net;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(60_000)]
internal sealed class Coming_in_by_others_word
{
    private const string ProxySecret = "secret-of-the-proxy-with-more-than-32-characters";

    [Test]
    public async Task The_provider_gives_a_role_by_its_claim(CancellationToken cancellationToken)
    {
        await using var provider = await ProviderForTests.StartAsync(cancellationToken);
        await using var door = await OpenAsync(provider, cancellationToken);
        using var browser = door.Browser();
        provider.Person = ("lea", ["everybody", "support-leads"]);

        var came = await ComeInAsync(browser, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(came.Headers.Location?.OriginalString, Is.EqualTo("/pages/lead"));
            Assert.That(await StatusAsync(browser, "/pages/lead"), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(browser, "/pages/admin"), Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [TestCase(false, "everybody")]
    [TestCase(true, "support-leads")]
    public async Task Nobody_comes_in_without_a_role_or_with_a_token_of_another_key(bool isForged, string role)
    {
        await using var provider = await ProviderForTests.StartAsync(CancellationToken.None);
        await using var door = await OpenAsync(provider, CancellationToken.None);
        using var browser = door.Browser();
        provider.Person = ("eve", [role]);
        provider.SignsWithAnotherKey = isForged;

        using var came = await ComeInAsync(browser, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(came.Headers.Location?.OriginalString, Is.EqualTo("/sign-in?refused=provider"));
            Assert.That(await StatusAsync(browser, "/pages/lead"), Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    [TestCase(ProxySecret, "tickettriage", 5, HttpStatusCode.OK)]
    [TestCase(ProxySecret, "another-service", 5, HttpStatusCode.Unauthorized)]
    [TestCase(ProxySecret, "tickettriage", -5, HttpStatusCode.Unauthorized)]
    [TestCase("secret-of-somebody-else-with-32-characters", "tickettriage", 5, HttpStatusCode.Unauthorized)]
    public async Task A_proxy_is_believed_by_its_signature_alone(string secret, string audience, int minutes, HttpStatusCode expected)
    {
        await using var door = await Door.OpenAsync(CancellationToken.None, settings:
        [
            new("Access:Proxy:Header", "X-Signed-By-Proxy"),
            new("Access:Proxy:Secret", ProxySecret),
            new("Access:Proxy:Audience", "tickettriage"),
            new("Access:Proxy:Roles:lead", "support-leads"),
        ]);
        using var program = door.Program();
        program.DefaultRequestHeaders.Add("X-Signed-By-Proxy", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-10),
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(minutes),
            Claims = new Dictionary<string, object> { ["sub"] = "lea", ["roles"] = (string[])["support-leads"] },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        }));

        Assert.That(await StatusAsync(program, "/api/lead"), Is.EqualTo(expected));
    }

    private static Task<Door> OpenAsync(ProviderForTests provider, CancellationToken cancellationToken) => Door.OpenAsync(
        cancellationToken,
        settings:
        [
            new("Access:OpenIdConnect:Authority", $"{provider.Address}"),
            new("Access:OpenIdConnect:ClientId", ProviderForTests.ClientId),
            new("Access:OpenIdConnect:ClientSecret", ProviderForTests.ClientSecret),
            new("Access:OpenIdConnect:Roles:lead", "support-leads"),
        ]);

    /// <summary>To the provider and back, as a browser goes.</summary>
    private static async Task<HttpResponseMessage> ComeInAsync(HttpClient browser, CancellationToken cancellationToken)
    {
        using var begun = await browser.GetAsync("/sign-in/openid?return=/pages/lead", cancellationToken);
        using var asked = await browser.GetAsync(begun.Headers.Location, cancellationToken);
        return await browser.GetAsync(asked.Headers.Location, cancellationToken);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
