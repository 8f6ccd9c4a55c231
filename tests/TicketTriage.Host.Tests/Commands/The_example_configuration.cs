using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Drafting;
using TicketTriage.Escalations;
using TicketTriage.Forgetting;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Intake;
using TicketTriage.Journey;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Storage;
using TicketTriage.Testing;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(120_000)]
internal sealed class The_example_configuration
{
    [Test]
    public void It_shows_every_key_and_no_other()
    {
        string[] known =
        [
            "ConnectionStrings:TicketTriage",
            "DataDirectory",
            "Urls",
            .. KeysOf(SecretsOptions.Section, typeof(SecretsOptions)),
            .. KeysOf($"{HelpdeskOptions.Section}:*", typeof(HelpdeskOptions)),
            .. KeysOf(ModelOptions.Section, typeof(ModelOptions)),
            .. KeysOf(AccessOptions.Section, typeof(AccessOptions)),
            .. KeysOf(IntakeOptions.Section, typeof(IntakeOptions)),
            .. KeysOf(PolicyOptions.Section, typeof(PolicyOptions)),
            .. KeysOf(ReadingOptions.Section, typeof(ReadingOptions)),
            .. KeysOf(UnderstandingOptions.Section, typeof(UnderstandingOptions)),
            .. KeysOf(RoutingOptions.Section, typeof(RoutingOptions)),
            .. KeysOf(KnowledgeOptions.Section, typeof(KnowledgeOptions)),
            .. KeysOf(DraftingOptions.Section, typeof(DraftingOptions)),
            .. KeysOf(WriteBackOptions.Section, typeof(WriteBackOptions)),
            .. KeysOf(EscalationOptions.Section, typeof(EscalationOptions)),
            .. KeysOf(JourneyOptions.Section, typeof(JourneyOptions)),
            .. KeysOf(RetentionOptions.Section, typeof(RetentionOptions)),
        ];

        var shown = Load().AsEnumerable().Where(entry => entry.Value is not null).Select(entry => Generalised(entry.Key)).Distinct();

        Assert.That(shown, Is.EquivalentTo(known));
    }

    [Test]
    public async Task The_service_starts_with_it(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>(Load().AsEnumerable())
        {
            ["ConnectionStrings:TicketTriage"] = database.ConnectionString,
            ["Secrets:KeyFile"] = "",
        };
        var builder = InMemory.CreateBuilder(folder, settings);

        await using var house = await House.OpenAsync(builder, Role.All, cancellationToken);

        var helpdesks = house.Services.GetRequiredService<HelpdeskDirectory>();
        Assert.That(helpdesks.Names, Is.EqualTo(new[] { "acme" }));
    }

    private static IConfigurationRoot Load() =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json"), optional: false).Build();

    /// <summary>The keys that options have, with * for each place in a list and each name of one's own.</summary>
    private static IEnumerable<string> KeysOf(string path, Type type)
    {
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            return KeysOf($"{path}:*", type.GetGenericArguments()[^1]);
        }

        return type.Assembly.GetName().Name?.StartsWith("TicketTriage", StringComparison.Ordinal) == true && !type.IsEnum
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .SelectMany(property => KeysOf($"{path}:{property.Name}", property.PropertyType))
            : [path];
    }

    private static string Generalised(string key)
    {
        var parts = key.Split(':').Select(part => part.All(char.IsAsciiDigit) ? "*" : part).ToArray();
        var name = parts is ["Helpdesks", ..] ? 1 : parts is ["Access", "ApiKeys", ..] or ["Knowledge", "Folders", ..]
            or ["Model", "DailyTokensOf" or "Prices", ..] or ["Routing", "Modes" or "TargetMinutes", ..] or ["Escalations", "People", ..] ? 2
            : parts is ["Access", "OpenIdConnect" or "Proxy", "Roles", ..] ? 3 : -1;
        if (name >= 0)
        {
            parts[name] = "*";
        }

        return string.Join(':', parts);
    }
}
