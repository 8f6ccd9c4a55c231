namespace TicketTriage.Tests.Escalations;

/// <summary>A folder for policy files that goes with its test.</summary>
internal sealed class PolicyFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tickettriage-test-");

    /// <returns>Where it is.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
