namespace TicketTriage.Chaos.Sites;

/// <summary>What the product learns at its first start, a matter of seconds of all processors: learnt once, and lent to each site.</summary>
internal sealed class LearntModels : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tickettriage-models-").FullName;

    /// <param name="directory">The data directory of a site that has no models yet.</param>
    public void LendTo(string directory) => Directory.CreateSymbolicLink(Path.Combine(directory, "models"), folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
