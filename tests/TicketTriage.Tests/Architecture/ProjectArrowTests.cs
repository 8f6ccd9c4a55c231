using System.Xml.Linq;
using Mono.Cecil;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Architecture;

/// <summary>Doors, house, streets: each project knows only what it may, in its project file and in what was built from it.</summary>
public sealed class ProjectArrowTests
{
    private static readonly string[] JobEngines = ["Hangfire", "Quartz"];

    [TestCase("TicketTriage.Helpdesks", "TicketTriage", "Microsoft.AspNetCore")]
    [TestCase("TicketTriage", "TicketTriage.Host", "TicketTriage.Sandbox", "TicketTriage.Hangfire", "Microsoft.AspNetCore")]
    [TestCase("TicketTriage.Sandbox", "TicketTriage")]
    public void Arrows_point_one_way(string project, params string[] forbidden)
    {
        var file = Path.Combine(Repository.Root, "src", project, $"{project}.csproj");
        var assembly = Path.Combine(AppContext.BaseDirectory, $"{project}.dll");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Forbidden(project, ListNamed(file), [.. forbidden, .. JobEngines]), Is.Empty);
            Assert.That(Forbidden(project, ListUsed(assembly), [.. forbidden, .. JobEngines]), Is.Empty);
        }
    }

    [Test]
    public void An_arrow_that_points_the_wrong_way_is_found()
    {
        var file = Path.Combine(Repository.Root, "tests", "TicketTriage.Testing", "TicketTriage.Testing.csproj");
        var assembly = typeof(PostgresForTests).Assembly.Location;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Forbidden("TicketTriage.Testing", ListNamed(file), "TicketTriage"), Does.Contain("TicketTriage.Sandbox"));
            Assert.That(Forbidden("TicketTriage.Testing", ListNamed(file), "Microsoft.AspNetCore"), Is.EqualTo((string[])["Microsoft.AspNetCore.App"]));
            Assert.That(Forbidden("TicketTriage.Testing", ListUsed(assembly), "TicketTriage"), Does.Contain("TicketTriage"));
        }
    }

    /// <summary>What a project file asks for.</summary>
    private static IEnumerable<string> ListNamed(string file) =>
        XDocument.Load(file).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference")
            .Select(element => Path.GetFileName((string?)element.Attribute("Include") ?? "").Replace(".csproj", "", StringComparison.Ordinal));

    private static IEnumerable<string> ListUsed(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.AssemblyReferences.Select(reference => reference.Name)];
    }

    private static IEnumerable<string> Forbidden(string project, IEnumerable<string> names, params string[] forbidden) =>
        names.Where(name => name != project && forbidden.Any(word => name == word || name.StartsWith(word + ".", StringComparison.Ordinal)));
}
