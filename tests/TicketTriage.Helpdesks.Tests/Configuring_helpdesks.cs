using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TicketTriage.Helpdesks.Tests;

public class Configuring_helpdesks
{
    private const string PublicSecret =
        "this is the secret that Zendesk publishes for its tests, so anybody could sign with it; take the webhook's own.";

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Helpdesks:acme:Kind"] = "Zendesk",
        ["Helpdesks:acme:BaseUrl"] = "https://acme.zendesk.com",
        ["Helpdesks:acme:ClientId"] = "triage",
        ["Helpdesks:acme:ClientSecret"] = "secret",
        ["Helpdesks:acme:WebhookSecret"] = "webhook secret",
    };

    private static readonly Dictionary<string, string?> GoodFreshdesk = new()
    {
        ["Helpdesks:acme:Kind"] = "freshdesk",
        ["Helpdesks:acme:BaseUrl"] = "https://acme.freshdesk.com",
        ["Helpdesks:acme:ApiToken"] = "the key of an agent",
        ["Helpdesks:acme:WebhookSecret"] = "webhook secret",
    };

    [Test]
    public async Task A_helpdesk_is_found_by_its_name_and_only_by_it()
    {
        using var host = await StartAsync(Good);
        var directory = host.Services.GetRequiredService<HelpdeskDirectory>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(directory.Names, Is.EqualTo(new[] { "acme" }));
            Assert.That(directory.FindHelpdesk("acme")?.Name, Is.EqualTo("acme"));
            Assert.That(directory.FindWebhookReader("acme"), Is.Not.Null);
            Assert.That(directory.FindHelpdesk("ACME"), Is.Null);
            Assert.That(directory.FindWebhookReader("other"), Is.Null);
        }
    }

    [Test]
    public async Task None_at_all_is_no_fault()
    {
        using var host = await StartAsync([]);

        Assert.That(host.Services.GetRequiredService<HelpdeskDirectory>().Names, Is.Empty);
    }

    [TestCase("http://127.0.0.1:8080")]
    [TestCase("http://localhost:8080/sandbox")]
    [TestCase("http://[::1]:8080")]
    public void Plain_http_is_for_loopback(string address) => Assert.That(() => StartAsync(With("BaseUrl", address)), Throws.Nothing);

    [TestCase("Kind", null, "Helpdesks:acme:Kind: expected Zendesk or Freshdesk, found nothing.")]
    [TestCase("Kind", "Zendesk2", "Helpdesks:acme:Kind: expected Zendesk or Freshdesk, found \"Zendesk2\".")]
    [TestCase("Kind", "1", "Helpdesks:acme:Kind: expected Zendesk or Freshdesk, found \"1\".")]
    [TestCase("BaseUrl", null, "Helpdesks:acme:BaseUrl: expected an address such as https://acme.zendesk.com, found nothing.")]
    [TestCase("BaseUrl", "acme", "Helpdesks:acme:BaseUrl: expected an address such as https://acme.zendesk.com, found \"acme\".")]
    [TestCase("BaseUrl", "ftp://acme.zendesk.com",
        "Helpdesks:acme:BaseUrl: expected an address such as https://acme.zendesk.com, found \"ftp://acme.zendesk.com\".")]
    [TestCase("BaseUrl", "http://acme.zendesk.com",
        "Helpdesks:acme:BaseUrl: expected https, since credentials travel there, found \"http://acme.zendesk.com\".")]
    [TestCase("BaseUrl", "https://acme.zendesk.com/agent",
        "Helpdesks:acme:BaseUrl: expected nothing before or behind the host: https://acme.zendesk.com.")]
    [TestCase("BaseUrl", "https://bot:pw@acme.zendesk.com",
        "Helpdesks:acme:BaseUrl: expected nothing before or behind the host: https://acme.zendesk.com.")]
    [TestCase("ClientSecret", null, "Helpdesks:acme:ClientSecret: expected beside ClientId, found nothing.")]
    [TestCase("ClientId", "", "Helpdesks:acme:ClientId: expected beside ClientSecret, found nothing.")]
    [TestCase("Email", "bot@example.com", "Helpdesks:acme:ApiToken: expected beside Email, found nothing.")]
    [TestCase("WebhookSecret", null, "Helpdesks:acme:WebhookSecret: expected the signing secret of the webhook, found nothing.")]
    [TestCase("WebhookSecret", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
        "Helpdesks:acme:WebhookSecret: " + PublicSecret)]
    [TestCase("PreviousWebhookSecret", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
        "Helpdesks:acme:PreviousWebhookSecret: " + PublicSecret)]
    [TestCase("WebhookSecret", "secret\n", "Helpdesks:acme:WebhookSecret: expected no blanks or line breaks around the value.")]
    [TestCase("Timeout", "20",
        "Helpdesks:acme:Timeout: expected a time from 00:00:01 to 00:02:00, written as hours:minutes:seconds, found \"20\".")]
    [TestCase("WebhookFreshness", "soon",
        "Helpdesks:acme:WebhookFreshness: expected a time from 00:01:00 to 1.00:00:00, written as hours:minutes:seconds, found \"soon\".")]
    [TestCase("WebhokSecret", "x", "Helpdesks:acme:WebhokSecret: no such key; the nearest is WebhookSecret.")]
    public async Task A_wrong_key_is_named_with_what_is_expected(string key, string? value, string expected)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(With(key, value)));

        Assert.That(refused?.Failures, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task Freshdesk_needs_an_address_a_key_and_a_secret()
    {
        using var host = await StartAsync(GoodFreshdesk);

        Assert.That(host.Services.GetRequiredService<HelpdeskDirectory>().Find("acme")?.People, Is.Not.Null);
    }

    [TestCase("ApiToken", null, "Helpdesks:acme:ApiToken: expected the API key of an agent, found nothing.")]
    [TestCase("WebhookSecret", null,
        "Helpdesks:acme:WebhookSecret: expected the secret that the automation rules send in the header X-TicketTriage-Token, found nothing.")]
    [TestCase("ClientId", "triage", "Helpdesks:acme:ClientId: Freshdesk knows no such credentials; it takes ApiToken alone.")]
    [TestCase("Email", "a@acme.example", "Helpdesks:acme:Email: Freshdesk knows no such credentials; it takes ApiToken alone.")]
    [TestCase("BaseUrl", "https://help.acme.example",
        "Helpdesks:acme:BaseUrl: expected an address such as https://acme.freshdesk.com, since Freshdesk's API answers nowhere else, "
        + "found \"help.acme.example\".")]
    public async Task A_wrong_key_of_freshdesk_is_named_with_what_is_expected(string key, string? value, string expected)
    {
        var keys = new Dictionary<string, string?>(GoodFreshdesk) { [$"Helpdesks:acme:{key}"] = value };

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(keys));

        Assert.That(refused?.Failures, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task All_faults_are_told_at_once()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new()
        {
            ["Helpdesks:acme:Kind"] = "Zendesk",
            ["Helpdesks:acme:Url"] = "https://acme.zendesk.com",
            ["Helpdesks:two words:Kind"] = "Zendesk",
            ["Helpdesks:Kind"] = "Zendesk",
        }));

        Assert.That(refused?.Failures, Is.EquivalentTo(new[]
        {
            "Helpdesks:acme:Url: no such key; the nearest is BaseUrl.",
            "Helpdesks:acme:BaseUrl: expected an address such as https://acme.zendesk.com, found nothing.",
            "Helpdesks:acme:WebhookSecret: expected the signing secret of the webhook, found nothing.",
            "Helpdesks:acme:ClientId: expected ClientId and ClientSecret of an OAuth client, or Email and ApiToken, found nothing.",
            "Helpdesks:two words: expected a name of letters, digits, - and _, since it is part of the webhook's address.",
            "Helpdesks:Kind: expected a helpdesk's name with its keys below it, such as Helpdesks:acme:Kind, found a value.",
        }));
    }

    private static Dictionary<string, string?> With(string key, string? value) => new(Good) { [$"Helpdesks:acme:{key}"] = value };

    private static async Task<IHost> StartAsync(Dictionary<string, string?> keys)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(keys.Where(pair => pair.Value is not null));
        builder.AddHelpdesks();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
