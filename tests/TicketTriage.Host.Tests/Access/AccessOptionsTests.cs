using Microsoft.Extensions.Options;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(60_000)]
internal sealed class AccessOptionsTests
{
    [TestCase("Key", "short", "Access:ApiKeys:eva:Key needs 16 characters or more and has 5")]
    [TestCase("Key", null, "Access:ApiKeys:eva:Key needs 16 characters or more and has 0")]
    [TestCase("Role", "boss", "Access:ApiKeys:eva:Role is 'boss' and must be one of agent, lead, ops, admin")]
    [TestCase("Key", Door.LeadKey, "one key under several names (eva, lea)")]
    public void A_wrong_value_stops_the_start_with_its_key(string name, string? value, string expected)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Access:ApiKeys:eva:Key"] = "eva-key-0123456789",
            ["Access:ApiKeys:eva:Role"] = "agent",
            [$"Access:ApiKeys:eva:{name}"] = value,
        };

        Assert.That(
            async () => await Door.OpenAsync(CancellationToken.None, settings: settings),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contain(expected).And.Message.Not.Contain(Door.LeadKey));
    }

    [TestCase("Access:TrustedProxies:0", "proxy.local", "Access:TrustedProxies:0 is 'proxy.local': expected an address")]
    [TestCase("Access:TrustedProxies:1", "10.0.0.0/33", "Access:TrustedProxies:1 is '10.0.0.0/33': expected an address")]
    [TestCase("Access:TrustedProxies:0", "0.0.0.0/0", "Access:TrustedProxies:0 is '0.0.0.0/0': expected an address")]
    [TestCase("Access:TrustedProxies", "10.0.0.1", "Access:TrustedProxies is '10.0.0.1': expected a list")]
    public void A_proxy_that_is_no_address_stops_the_start_with_its_key(string key, string value, string expected)
    {
        Assert.That(
            async () => await Door.OpenAsync(CancellationToken.None, settings: [new(key, value)]),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contain(expected));
    }

    [Test]
    public void A_misspelt_key_stops_the_start()
    {
        Assert.That(
            async () => await Door.OpenAsync(CancellationToken.None, settings: [new("Access:ApiKeys:lea:Rolle", "lead")]),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contain("Access:ApiKeys:lea:Rolle: there is no such key"));
    }

    [Test]
    public void A_sign_in_ends_with_its_key()
    {
        var holder = Ring("first-key-0123456789", Roles.Lead).Find("first-key-0123456789")
            ?? throw new InvalidOperationException("The key was not found.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ring("first-key-0123456789", Roles.Lead).Knows(holder), Is.True);
            Assert.That(Ring("other-key-0123456789", Roles.Lead).Knows(holder), Is.False);
            Assert.That(Ring("first-key-0123456789", Roles.Agent).Knows(holder), Is.False);
        }
    }

    private static KeyRing Ring(string key, string role)
    {
        var options = new AccessOptions();
        options.ApiKeys.Add("lea", new ApiKeyOptions { Key = key, Role = role });
        return new KeyRing(Options.Create(options));
    }
}
