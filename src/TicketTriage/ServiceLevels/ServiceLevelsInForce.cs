using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// The service level policy in force, in each process. Its file is read again when it changes; one with faults leaves the last good one in
/// force.
/// </summary>
public sealed partial class ServiceLevelsInForce
{
    private readonly PolicyBook book;
    private readonly string? file;
    private readonly ILogger<ServiceLevelsInForce> logger;
    private readonly ConcurrentDictionary<string, ServiceLevelHours> known = new(StringComparer.Ordinal);
    private DateTime readAs;

    public ServiceLevelsInForce(PolicyBook book, IOptions<ServiceLevelOptions> options, ILogger<ServiceLevelsInForce> logger)
    {
        (this.book, file, this.logger) = (book, options.Value.File, logger);
        var shipped = ServiceLevelPolicy.LoadShipped();
        Hours = new ServiceLevelHours(shipped.Content, shipped.Version);
    }

    /// <summary>To be asked once for each decision: it may be another at the next look.</summary>
    public ServiceLevelHours Hours { get; private set; }

    /// <summary>Puts what is configured in force and keeps its text, before the first decision names it.</summary>
    /// <exception cref="PolicyFaultyException">The file has faults.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        readAs = ChangedAt();
        var document = file is null
            ? ServiceLevelPolicy.LoadShipped()
            : ServiceLevelPolicy.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
        await TakeAsync(document, cancellationToken);
    }

    /// <summary>Reads the file where it has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (file is null || ChangedAt() is var changedAt && changedAt == readAs)
        {
            return;
        }

        readAs = changedAt;
        try
        {
            await TakeAsync(ServiceLevelPolicy.Parse(await File.ReadAllBytesAsync(file, cancellationToken)), cancellationToken);
            Changed(file);
        }
        catch (Exception e) when (e is PolicyFaultyException or IOException or UnauthorizedAccessException)
        {
            LeftOut(file, e.Message);
        }
    }

    /// <summary>The hours and targets that something began with.</summary>
    public async Task<ServiceLevelHours> HoursOfAsync(string version, CancellationToken cancellationToken)
    {
        if (version == Hours.Version)
        {
            return Hours;
        }

        if (known.TryGetValue(version, out var hours))
        {
            return hours;
        }

        if (await book.FindAsync(ServiceLevelPolicy.Kind, version, cancellationToken) is not { } text)
        {
            NotKept(version);
            return Hours;
        }

        return known.GetOrAdd(version, new ServiceLevelHours(ServiceLevelPolicy.Parse(Encoding.UTF8.GetBytes(text)).Content, version));
    }

    private async Task TakeAsync(PolicyDocument<ServiceLevelPolicy> document, CancellationToken cancellationToken)
    {
        var author = file is null ? "shipped" : "configuration";
        await book.KeepAsync(document.Kind, document.Version, document.Json, author, "The service levels.", cancellationToken);
        Hours = new ServiceLevelHours(document.Content, document.Version);
    }

    private DateTime ChangedAt() => file is null ? default : File.GetLastWriteTimeUtc(file);

    [LoggerMessage(LogLevel.Information, "{File} has changed and is in force from here on.")]
    private partial void Changed(string file);

    [LoggerMessage(LogLevel.Error, "A clock runs by service levels {Version}, which were never kept; those in force take their place.")]
    private partial void NotKept(string version);

    [LoggerMessage(LogLevel.Error, "{File} has changed and can't be used, so what was in force before stays: {Message}")]
    private partial void LeftOut(string file, string message);
}

/// <summary>Where the promises to customers stand.</summary>
public sealed class ServiceLevelOptions
{
    /// <summary>The key under which leads look for it, beside the matrix of escalation that goes with it.</summary>
    public const string FileKey = "Escalations:ServiceLevelsFile";

    /// <summary>A JSON file with the policy; without it the shipped one counts.</summary>
    public string? File { get; set; }
}
