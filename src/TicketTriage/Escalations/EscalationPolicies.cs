using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Escalations;

/// <summary>
/// The service level policy and the escalation matrix in force, and every matrix that a running cycle began with. Files are read again when
/// they change; one with faults leaves the last good one in force. A matrix that a lead has published counts before any file.
/// </summary>
public sealed partial class EscalationPolicies : IPublishedPolicy
{
    private readonly PolicyBook book;
    private readonly EscalationOptions options;
    private readonly ServiceLevelsInForce serviceLevels;
    private readonly ILogger<EscalationPolicies> logger;
    private readonly ConcurrentDictionary<string, EscalationMatrix> known = new(StringComparer.Ordinal);
    private DateTime matrixFrom;
    private volatile bool isPublished;

    public EscalationPolicies(
        PolicyBook book,
        ServiceLevelsInForce serviceLevels,
        IOptions<EscalationOptions> options,
        ILogger<EscalationPolicies> logger)
    {
        (this.book, this.serviceLevels, this.options, this.logger) = (book, serviceLevels, options.Value, logger);
        var matrix = EscalationMatrix.LoadShipped();
        Matrix = new MatrixInForce(matrix.Content, matrix.Version);
    }

    public string Kind => EscalationMatrix.Kind;

    public MatrixInForce Matrix { get; private set; }

    public ServiceLevelHours Hours => serviceLevels.Hours;

    /// <summary>
    /// Puts what is configured in force and keeps its text, before the first decision names it. A matrix that a lead has published stays.
    /// </summary>
    /// <exception cref="PolicyFaultyException">A file has faults.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (!isPublished)
        {
            matrixFrom = ChangedAt(options.MatrixFile);
            var matrix = options.MatrixFile is { } file
                ? EscalationMatrix.Parse(await File.ReadAllBytesAsync(file, cancellationToken))
                : EscalationMatrix.LoadShipped();
            await TakeAsync(matrix, AuthorOf(options.MatrixFile), cancellationToken);
        }

        await serviceLevels.KeepAsync(cancellationToken);
    }

    /// <summary>What runs keeps the matrix that it began with.</summary>
    public void Take(PolicyPublication publication)
    {
        var matrix = EscalationMatrix.Parse(Encoding.UTF8.GetBytes(publication.Json)).Content;
        isPublished = true;
        known[Matrix.Version] = Matrix.Matrix;
        Matrix = new MatrixInForce(matrix, publication.Version);
    }

    /// <summary>Reads files that have changed. What runs keeps the matrix that it began with.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!isPublished && options.MatrixFile is { } matrix && ChangedAt(matrix) is var matrixAt && matrixAt != matrixFrom)
        {
            matrixFrom = matrixAt;
            await TryAsync(
                matrix, async () => await TakeAsync(
                    EscalationMatrix.Parse(await File.ReadAllBytesAsync(matrix, cancellationToken)), AuthorOf(matrix), cancellationToken));
        }

        await serviceLevels.RefreshAsync(cancellationToken);
    }

    /// <summary>The matrix that a cycle began with.</summary>
    public async Task<EscalationMatrix> MatrixOfAsync(string version, CancellationToken cancellationToken)
    {
        if (version == Matrix.Version)
        {
            return Matrix.Matrix;
        }

        if (known.TryGetValue(version, out var matrix))
        {
            return matrix;
        }

        // The book keeps the text as the database writes it, so the version is that of the row and not of these bytes.
        var text = await book.FindAsync(EscalationMatrix.Kind, version, cancellationToken);
        if (text is null)
        {
            NotKept(version);
            return Matrix.Matrix;
        }

        return known.GetOrAdd(version, EscalationMatrix.Parse(Encoding.UTF8.GetBytes(text)).Content);
    }

    /// <summary>The targets and hours that a cycle began with.</summary>
    public Task<ServiceLevelHours> HoursOfAsync(string version, CancellationToken cancellationToken) =>
        serviceLevels.HoursOfAsync(version, cancellationToken);

    private async Task TakeAsync(PolicyDocument<EscalationMatrix> document, string author, CancellationToken cancellationToken)
    {
        await book.KeepAsync(document.Kind, document.Version, document.Json, author, "The escalation matrix.", cancellationToken);
        known[Matrix.Version] = Matrix.Matrix;
        Matrix = new MatrixInForce(document.Content, document.Version);
    }

    private async Task TryAsync(string file, Func<Task> readAsync)
    {
        try
        {
            await readAsync();
            Changed(file);
        }
        catch (Exception e) when (e is PolicyFaultyException or IOException or UnauthorizedAccessException)
        {
            LeftOut(file, e.Message);
        }
    }

    private static string AuthorOf(string? file) => file is null ? "shipped" : "configuration";

    private static DateTime ChangedAt(string? file) => file is null ? default : File.GetLastWriteTimeUtc(file);

    [LoggerMessage(LogLevel.Information, "{File} has changed and is in force from here on.")]
    private partial void Changed(string file);

    [LoggerMessage(LogLevel.Error, "{File} has changed and can't be used, so what was in force before stays: {Message}")]
    private partial void LeftOut(string file, string message);

    [LoggerMessage(LogLevel.Error, "An escalation runs by matrix {Version}, which was never kept; the one in force takes its place.")]
    private partial void NotKept(string version);
}
