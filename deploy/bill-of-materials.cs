// Writes which packages of others the service carries: `dotnet run deploy/bill-of-materials.cs`, after a build of src/TicketTriage.Host, or
// `dotnet run deploy/bill-of-materials.cs FOLDER/TicketTriage.Host.deps.json` for what was published to a folder.
// docs/third-party.md is for people and has both job engines: what only the other one brings stays as it stands there. artifacts/bom.cdx.json
// is for tools (CycloneDX 1.6) and has this build alone. What ships is what deps.json names; licences are those that the packages themselves name.
#:property NoWarn=$(NoWarn);MA0047;MA0048;CS1591;CS1573
#:property RestorePackagesWithLockFile=false

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

var built = args.Length > 0 ? args[0] : "artifacts/bin/TicketTriage.Host/release/TicketTriage.Host.deps.json";
if (!File.Exists(built))
{
    await Console.Error.WriteLineAsync($"{built} is missing: build first, with `dotnet build src/TicketTriage.Host -c Release`.");
    return 1;
}

var store = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
using var document = JsonDocument.Parse(await File.ReadAllTextAsync(built));
var libraries = document.RootElement.GetProperty("libraries").EnumerateObject().ToList();
var service = libraries.First(library => library.Value.GetProperty("type").GetString() == "project").Name.Split('/');
var packages = libraries
    .Where(library => library.Value.GetProperty("type").GetString() == "package")
    .Select(library => Package.Read(library, store))
    .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
    .ToList();

const string List = "docs/third-party.md";
var engine = packages.Any(package => package.Name == "Hangfire.Core") ? "Hangfire" : "Quartz";
var known = File.Exists(List) ? await File.ReadAllLinesAsync(List) : [];
var page = new StringBuilder(
    """
    # Packages of others

    What the service carries beside .NET itself, made by `dotnet run deploy/bill-of-materials.cs` after a build with each job engine. Licences are
    as each package names them.

    | package | version | licence | only with |
    |---|---|---|---|

    """);
foreach (var (package, only) in packages.BesideThoseOfTheOther(engine, known))
{
    page.Append(CultureInfo.InvariantCulture, $"| {package.Name} | {package.Version} | {package.Licence} | {only} |\n");
}

await File.WriteAllTextAsync(List, page.ToString());
Directory.CreateDirectory("artifacts");
await File.WriteAllTextAsync(
    "artifacts/bom.cdx.json",
    new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["component"] = new JsonObject { ["type"] = "application", ["name"] = service[0], ["version"] = service[1] },
        },
        ["components"] = new JsonArray([.. packages.Select(package => package.ToComponent())]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
await Console.Out.WriteLineAsync($"{packages.Count} packages with {engine}: {List}, artifacts/bom.cdx.json");
return 0;

internal static class ListedPackages
{
    /// <summary>With what the list has of a build with the other engine, in the order of their names.</summary>
    /// <param name="known">The lines of the list so far.</param>
    public static IEnumerable<(Package Package, string OnlyWith)> BesideThoseOfTheOther(
        this IReadOnlyCollection<Package> built, string engine, IEnumerable<string> known)
    {
        var other = engine == "Quartz" ? "Hangfire" : "Quartz";
        var ofOther = known
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && (cells[4].Length == 0 || cells[4] == other) && cells[1] != "package" && cells[1][0] != '-')
            .Select(cells => new Package(cells[1], cells[2], cells[3], Sha512: ""))
            .ToDictionary(package => package.Name);
        return built.Select(package => (package, ofOther.ContainsKey(package.Name) ? "" : engine))
            .Concat(ofOther.Values.ExceptBy(built.Select(package => package.Name), package => package.Name).Select(package => (package, other)))
            .OrderBy(row => row.package.Name, StringComparer.OrdinalIgnoreCase);
    }
}

/// <param name="Licence">An SPDX expression, or where the package tells it.</param>
internal sealed record Package(string Name, string Version, string Licence, string Sha512)
{
    private const string InPackage = "the package's ";

    public static Package Read(JsonProperty library, string store)
    {
        var parts = library.Name.Split('/');
        var nuspec = Path.Combine(store, library.Value.GetProperty("path").GetString() ?? "", $"{parts[0].ToLowerInvariant()}.nuspec");
        var metadata = XDocument.Load(nuspec).Root?.Elements().First(element => element.Name.LocalName == "metadata");
        var licence = metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var address = metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl");
        var hash = library.Value.GetProperty("sha512").GetString() ?? "";
        return new Package(
            parts[0],
            parts[1],
            (string?)licence?.Attribute("type") switch
            {
                "expression" => licence?.Value ?? "",
                "file" => OfFile(Path.Combine(Path.GetDirectoryName(nuspec) ?? "", licence?.Value ?? "")),
                _ => address?.Value ?? "see the package",
            },
            Convert.ToHexStringLower(Convert.FromBase64String(hash["sha512-".Length..])));
    }

    /// <summary>A text of its own: what it is can be said where it names a licence that everybody knows.</summary>
    private static string OfFile(string file)
    {
        var text = File.ReadAllText(file);
        var isLesser = text.Contains("GNU Lesser General Public License", StringComparison.OrdinalIgnoreCase)
            || text.Contains("LGPLv3", StringComparison.OrdinalIgnoreCase);
        return $"{(isLesser ? "LGPL-3.0, " : "")}{InPackage}{Path.GetFileName(file)}";
    }

    public JsonNode ToComponent() => new JsonObject
    {
        ["type"] = "library",
        ["name"] = Name,
        ["version"] = Version,
        ["purl"] = $"pkg:nuget/{Name}@{Version}",
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Sha512 }),
        ["licenses"] = new JsonArray(
            Licence.StartsWith("http", StringComparison.Ordinal)
                ? new JsonObject { ["license"] = new JsonObject { ["name"] = "see url", ["url"] = Licence } }
            : Licence.Contains(InPackage, StringComparison.Ordinal) ? new JsonObject { ["license"] = new JsonObject { ["name"] = Licence } }
            : new JsonObject { ["expression"] = Licence }),
    };
}
