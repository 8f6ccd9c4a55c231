namespace TicketTriage.Testing;

/// <summary>The project's own files, found from where the tests were built.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files below a folder of the project, by their path from its root.</summary>
    public static IReadOnlyList<string> ListSources(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TicketTriage.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"TicketTriage.sln stands nowhere above {AppContext.BaseDirectory}.");
    }
}
