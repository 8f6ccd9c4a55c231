using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class Configuring_the_taxonomy
{
    [TestCase(null, ExpectedResult = StarterTaxonomy.General)]
    [TestCase("Hotel", ExpectedResult = StarterTaxonomy.Hotel)]
    public StarterTaxonomy? Its_name_is_enough(string? name)
    {
        var version = Build(("Policies:Taxonomy", name)).GetRequiredService<PolicyDocument<Taxonomy>>().Version;

        return Enum.GetValues<StarterTaxonomy>().Cast<StarterTaxonomy?>()
            .SingleOrDefault(starter => ShippedPolicies.LoadTaxonomy(starter ?? default).Version == version);
    }

    [Test]
    public void A_file_of_ones_own_takes_its_place()
    {
        var json = ShippedPolicies.LoadTaxonomy(StarterTaxonomy.Shop).Json.Replace("orders/late", "orders/overdue", StringComparison.Ordinal);
        var file = Write(json);

        var document = Build(("Policies:TaxonomyFile", file)).GetRequiredService<PolicyDocument<Taxonomy>>();

        Assert.That(document.Content.FindIntent("orders/overdue"), Is.Not.Null);
        Assert.That(document.Version, Is.EqualTo(PolicyDocuments.VersionOf(Encoding.UTF8.GetBytes(json))));
    }

    [TestCase("{}", "required properties")]
    [TestCase("{\"intents\": []}", "fewer than two intents")]
    public void A_faulty_file_is_named_with_its_fault(string json, string fault)
    {
        var services = Build(("Policies:TaxonomyFile", Write(json)));

        Assert.That(
            () => services.GetRequiredService<PolicyDocument<Taxonomy>>(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.StartsWith("Policies:TaxonomyFile: ").And.Message.Contains(fault));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        var services = Build(("Policies:TaxonomyFile", "nowhere.json"));

        Assert.That(
            () => services.GetRequiredService<PolicyDocument<Taxonomy>>(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.StartsWith("Policies:TaxonomyFile: nowhere.json can't be read"));
    }

    private static string Write(string json)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"taxonomy-{PolicyDocuments.VersionOf(Encoding.UTF8.GetBytes(json))}.json");
        File.WriteAllText(file, json);
        return file;
    }

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddPolicies();
        return builder.Services.BuildServiceProvider();
    }
}
