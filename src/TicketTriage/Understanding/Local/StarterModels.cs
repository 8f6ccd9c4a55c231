using Microsoft.Extensions.Logging;
using TicketTriage.Understanding.Local.Classification;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// Starter models that were trained before, kept on disk by their version: training takes seconds of all processors, and each process would
/// pay them at each of its starts.
/// </summary>
/// <param name="folder">Where they are.</param>
public sealed partial class StarterModels(string folder, ILogger<StarterModels> logger)
{
    /// <summary>Old ones are of earlier versions of this program or of the taxonomy.</summary>
    private const int MostKept = 4;

    // Another build may learn otherwise from the same examples.
    private static readonly string Build = typeof(StarterModels).Module.ModuleVersionId.ToString("N")[..12];

    /// <param name="version">Names all that the model follows from, within this build.</param>
    internal TextClassifier LoadOrTrain(string version, Func<TextClassifier> train)
    {
        var place = Path.Combine(folder, $"{version}-{Build}");
        if (Load(place) is { } kept)
        {
            return kept;
        }

        var trained = train();
        Keep(trained, place);
        return trained;
    }

    private TextClassifier? Load(string place)
    {
        if (!Directory.Exists(place))
        {
            return null;
        }

        try
        {
            return ModelFolder.Load(place).Classifier;
        }
        catch (Exception exception) when (exception is LearningException or IOException or UnauthorizedAccessException)
        {
            NotLoaded(place, exception.Message);
            return null;
        }
    }

    // Another process may be at it, or the disk may be for reading alone: this one has its model all the same.
    private void Keep(TextClassifier trained, string place)
    {
        try
        {
            ModelFolder.Save(trained, place);
            foreach (var old in new DirectoryInfo(folder).EnumerateDirectories().OrderByDescending(kept => kept.LastWriteTimeUtc).Skip(MostKept))
            {
                old.Delete(recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotKept(place, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The starter model in {Place} is not used and is trained anew: {Reason}")]
    private partial void NotLoaded(string place, string reason);

    [LoggerMessage(LogLevel.Warning, "The starter model was not kept in {Place}, so that the next start trains it again: {Reason}")]
    private partial void NotKept(string place, string reason);
}
