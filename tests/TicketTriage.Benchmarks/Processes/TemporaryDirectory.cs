namespace TicketTriage.Benchmarks.Processes;

internal static class TemporaryDirectory
{
    /// <summary>Where root measures, the account that runs PostgreSQL has to be let in.</summary>
    public static string Create()
    {
        var directory = Directory.CreateTempSubdirectory("tickettriage-benchmark-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return directory;
    }
}
