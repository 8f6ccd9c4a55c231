namespace TicketTriage.Host.Commands;

/// <summary>
/// The webhooks' secrets that <c>connect</c> has read back or made, a file each below the data directory, for its owner alone. They count
/// where the configuration names none, so that nobody has to copy a secret by hand.
/// </summary>
internal static class GeneratedSecrets
{
    private const string Prefix = "Helpdesks__";
    private const string Suffix = "__WebhookSecret";

    /// <summary>What was kept, by its keys in the configuration.</summary>
    public static Dictionary<string, string?> Read(IConfiguration configuration)
    {
        var directory = new DirectoryInfo(DirectoryOf(configuration));
        return directory.Exists
            ? directory.EnumerateFiles($"{Prefix}*{Suffix}").ToDictionary(
                file => file.Name.Replace("__", ":", StringComparison.Ordinal),
                string? (file) => File.ReadAllText(file.FullName).Trim())
            : [];
    }

    /// <returns>Where it is kept.</returns>
    public static async Task<string> KeepAsync(
        IConfiguration configuration, string helpdesk, string secret, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(configuration);
        var mine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Begun anew, so that a file that others could read doesn't stay readable.
        var path = PathOf(configuration, helpdesk);
        File.Delete(path);
        await using var writer = new StreamWriter(path, mine);
        await writer.WriteLineAsync(secret.AsMemory(), cancellationToken);
        return path;
    }

    /// <summary>Where a helpdesk's secret is kept, if it is.</summary>
    public static string PathOf(IConfiguration configuration, string helpdesk) =>
        Path.Combine(DirectoryOf(configuration), $"{Prefix}{helpdesk}{Suffix}");

    private static string DirectoryOf(IConfiguration configuration) => Path.Combine(DataDirectory.Of(configuration), "secrets");
}
