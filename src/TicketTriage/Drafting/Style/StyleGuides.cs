using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Drafting.Style;

/// <summary>
/// The style guide in force: the one that was published last, else the file that the configuration names, else the shipped one. The file is
/// looked at twice a minute; one with faults leaves the last good one in force.
/// </summary>
public sealed partial class StyleGuides(
    PolicyBook book, IOptions<DraftingOptions> options, TimeProvider clock, ILogger<StyleGuides> logger) : IPublishedPolicy, IDisposable
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(1);
    private readonly string? file = string.IsNullOrWhiteSpace(options.Value.StyleFile) ? null : options.Value.StyleFile;
    private volatile PolicyDocument<StyleGuide> current = StyleGuide.LoadShipped();
    private volatile bool isPublished;
    private long? seenAt;
    private string? refused;

    public string Kind => StyleGuide.Kind;

    /// <summary>As it was last looked at.</summary>
    public PolicyDocument<StyleGuide> Current => current;

    /// <summary>What is wrong with a text that shall become the style guide.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>A sentence for each fault; empty where it can be put in force.</returns>
    public static IReadOnlyList<string> Lint(ReadOnlySpan<byte> json)
    {
        try
        {
            StyleGuide.Parse(json);
            return [];
        }
        catch (PolicyFaultyException exception)
        {
            return exception.Faults;
        }
    }

    /// <summary>To be asked once for each draft: it may be another at the next.</summary>
    public async Task<PolicyDocument<StyleGuide>> FindCurrentAsync(CancellationToken cancellationToken)
    {
        if (IsFresh)
        {
            return current;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh)
            {
                await RefreshAsync(cancellationToken);
                seenAt = clock.GetTimestamp();
            }

            return current;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Puts a version that a lead has published in force in this process, before whatever the configuration says.</summary>
    /// <param name="version">As decisions name it: the database may have written <paramref name="json"/> in its own way.</param>
    /// <exception cref="PolicyFaultyException">This version of the program can't use it; what was in force stays.</exception>
    public void Take(string version, string json)
    {
        current = StyleGuide.Parse(Encoding.UTF8.GetBytes(json)) with { Version = version };
        isPublished = true;
    }

    public void Take(PolicyPublication publication) => Take(publication.Version, publication.Json);

    public void Dispose() => gate.Dispose();

    private bool IsFresh => seenAt is { } at && (isPublished || clock.GetElapsedTime(at) < Trust);

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = isPublished ? current
                : file is null ? StyleGuide.LoadShipped()
                : StyleGuide.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            if (seenAt is null || found.Version != current.Version)
            {
                await book.KeepAsync(
                    found.Kind, found.Version, found.Json, file is null ? "shipped" : "configuration", "The style guide.",
                    cancellationToken);
                InForce(found.Version);
            }

            refused = null;
            // A publication may have come while the file was read, and counts before it.
            if (!isPublished)
            {
                current = found;
            }
        }
        catch (Exception exception) when (exception is PolicyFaultyException or IOException or UnauthorizedAccessException)
        {
            // Said once for each fault: the file is looked at again and again.
            if (refused != exception.Message)
            {
                refused = exception.Message;
                LeftOut(file ?? "", current.Version, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The style guide {Version} is in force.")]
    private partial void InForce(string version);

    [LoggerMessage(LogLevel.Error, "The style guide {File} can't be used, so {Version} stays in force: {Message}")]
    private partial void LeftOut(string file, string version, string message);
}
