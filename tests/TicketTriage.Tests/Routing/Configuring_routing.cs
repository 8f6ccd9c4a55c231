using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Routing;

namespace TicketTriage.Tests.Routing;

public sealed class Configuring_routing
{
    [Test]
    public void Without_a_section_the_shipped_rules_apply()
    {
        var options = Bind([]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Rules, Is.EqualTo(RoutingOptions.ShippedRules));
            Assert.That(options.MayMoveFrom, Is.EqualTo(["Support"]));
            Assert.That(
                options.ListGroups(),
                Is.EquivalentTo(["Support", "Customer Care", "Technical", "Billing", "Orders", "Reservations"]));
        }
    }

    [Test]
    public void One_rule_of_ones_own_replaces_all_shipped_ones()
    {
        var options = Bind(new()
        {
            ["Routing:FallbackGroup"] = "Helpdesk",
            ["Routing:Rules:0:Name"] = "money",
            ["Routing:Rules:0:Intents:0"] = "billing/*",
            ["Routing:Rules:0:Priorities:0"] = "High",
            ["Routing:Rules:0:Group"] = "Finance",
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Rules.Select(rule => rule.Group), Is.EqualTo(["Finance"]));
            Assert.That(options.MayMoveFrom, Is.EqualTo(["Helpdesk"]));
        }
    }

    [Test]
    public void A_misspelt_key_is_refused() =>
        Assert.That(
            () => Bind(new() { ["Routing:FallbackGruop"] = "Support" }),
            Throws.InvalidOperationException.With.Message.Contains("FallbackGruop"));

    [TestCase("Routing:Rules:0:Group", "", "Routing:Rules:0:Group is missing")]
    [TestCase("Routing:Rules:0:Name", " ", "Routing:Rules:0:Name is missing")]
    [TestCase("Routing:Rules:0:Intents:0", "money", "Routing:Rules:0:Intents has money")]
    [TestCase("Routing:Rules:0:Languages:0", "German", "Routing:Rules:0:Languages has German")]
    [TestCase("Routing:Rules:0:Signals:0", "haste", "Routing:Rules:0:Signals has haste")]
    [TestCase("Routing:Rules:0:Priorities:0", "None", "Routing:Rules:0:Priorities has None")]
    [TestCase("Routing:Rules:0:MinConfidence", "50", "Routing:Rules:0:MinConfidence is 50")]
    [TestCase("Routing:FallbackGroup", "", "Routing:FallbackGroup is empty")]
    public void A_wrong_value_is_refused_with_its_key(string key, string value, string fault)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Routing:Rules:0:Name"] = "money",
            ["Routing:Rules:0:Intents:0"] = "billing/*",
            ["Routing:Rules:0:Group"] = "Finance",
            [key] = value,
        };

        Assert.That(() => Bind(settings), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith(fault));
    }

    [Test]
    public void A_rule_without_conditions_is_refused() =>
        Assert.That(
            () => Bind(new() { ["Routing:Rules:0:Name"] = "all", ["Routing:Rules:0:Group"] = "Finance" }),
            Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("Routing:Rules:0 has no condition"));

    private static RoutingOptions Bind(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddRouting();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<RoutingOptions>>().Value;
    }
}
