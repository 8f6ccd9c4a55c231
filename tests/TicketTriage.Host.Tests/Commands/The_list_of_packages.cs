using System.Text.Json;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>docs/third-party.md against what the build really carries, with whichever job engine it was built.</summary>
internal sealed class The_list_of_packages
{
    private static readonly IReadOnlyList<Row> Rows =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "third-party.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(cells[1], cells[2], cells[3], cells[4])),
    ];

    [Test]
    public void Names_each_that_the_service_carries_in_its_version_and_with_a_licence()
    {
        var carried = Carried();
        var engine = carried.Any(package => package.StartsWith("Hangfire.Core/", StringComparison.Ordinal)) ? "Hangfire" : "Quartz";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Rows.Where(row => row.OnlyWith == "" || row.OnlyWith == engine).Select(row => $"{row.Name}/{row.Version}"),
                Is.EquivalentTo(carried),
                "Run `dotnet run deploy/bill-of-materials.cs` after the build.");
            Assert.That(Rows.Select(row => row.Licence), Has.All.Not.Empty);
        }
    }

    [Test]
    public void Has_what_either_job_engine_brings() =>
        Assert.That(
            Rows.Where(row => row.OnlyWith.Length > 0).Select(row => (row.Name, row.OnlyWith)),
            Is.SupersetOf(((string, string)[])[("Quartz", "Quartz"), ("Hangfire.Core", "Hangfire"), ("Hangfire.PostgreSql", "Hangfire")]));

    private static List<string> Carried()
    {
        using var built = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TicketTriage.Host.deps.json")));
        return
        [
            .. built.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name),
        ];
    }

    private sealed record Row(string Name, string Version, string Licence, string OnlyWith);
}
