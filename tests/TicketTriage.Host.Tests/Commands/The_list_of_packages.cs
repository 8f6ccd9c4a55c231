using System.Text.Json;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>docs/third-party.md against what the build really carries.</summary>
internal sealed class The_list_of_packages
{
    [Test]
    public void Names_each_that_the_service_carries_in_its_version_and_with_a_licence()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "third-party.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                lines.Select(line => $"{line[0]}/{line[1]}"),
                Is.EquivalentTo(Carried()),
                "Run `dotnet run deploy/bill-of-materials.cs` after the build.");
            Assert.That(lines.Select(line => line[2]), Has.All.Not.Empty);
        }
    }

    private static List<string> Carried()
    {
        using var built = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TicketTriage.Host.deps.json")));
        return
        [
            .. built.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package" && !IsSecondEngine(library.Name))
                .Select(library => library.Name),
        ];
    }

    // The list is of the default build; the tests may run with the other engine too.
    private static bool IsSecondEngine(string library) =>
        library.StartsWith("Hangfire.", StringComparison.Ordinal) || library.StartsWith("Newtonsoft.Json/", StringComparison.Ordinal);
}
