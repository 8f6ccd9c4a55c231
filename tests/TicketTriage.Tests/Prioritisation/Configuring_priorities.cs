using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;

namespace TicketTriage.Tests.Prioritisation;

public sealed class Configuring_priorities
{
    [Test]
    public void The_shipped_rules_hold_where_no_file_is_named() =>
        Assert.That(Build(file: "").GetRequiredService<PolicyDocument<PriorityPolicy>>().Version, Is.EqualTo(PriorityPolicy.LoadShipped().Version));

    [Test]
    public void A_file_of_ones_own_takes_their_place()
    {
        var json = PriorityPolicy.LoadShipped().Json.Replace("\"ticketsInWeek\": 3", "\"ticketsInWeek\": 9", StringComparison.Ordinal);

        var document = Build(Write(json)).GetRequiredService<PolicyDocument<PriorityPolicy>>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.Version, Is.Not.EqualTo(PriorityPolicy.LoadShipped().Version));
            Assert.That(document.Content.Rules.Select(rule => rule.TicketsInWeek), Has.One.EqualTo(9));
        }
    }

    [Test]
    public void A_faulty_file_is_named_with_its_fault()
    {
        var json = PriorityPolicy.LoadShipped().Json.Replace("\"ticketsInWeek\": 3", "\"ticketsInWeek\": 1", StringComparison.Ordinal);

        Assert.That(
            () => Build(Write(json)).GetRequiredService<PolicyDocument<PriorityPolicy>>(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.StartsWith("Policies:PriorityFile: Rule third ticket in a week"));
    }

    [Test]
    public void A_file_that_is_not_there_is_named() => Assert.That(
        () => Build("nowhere.json").GetRequiredService<PolicyDocument<PriorityPolicy>>(),
        Throws.InstanceOf<OptionsValidationException>().With.Message.StartsWith("Policies:PriorityFile: nowhere.json can't be read"));

    private static string Write(string json)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"priority-{PolicyDocuments.VersionOf(Encoding.UTF8.GetBytes(json))}.json");
        File.WriteAllText(file, json);
        return file;
    }

    private static ServiceProvider Build(string file)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Policies:PriorityFile"] = file;
        builder.AddPolicies();
        builder.AddPrioritisation();
        return builder.Services.BuildServiceProvider();
    }
}
