using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Audits;

/// <summary>
/// Where each chain ends, written down outside of the database once a day: a line of JSON for each chain in a file for each day, and in the
/// log. Whoever cuts a chain's end off, or writes a chain anew, would have to change these too.
/// </summary>
/// <param name="directory">Where the files are; made with the first of them.</param>
public sealed partial class AuditHeads(
    string directory, NpgsqlDataSource database, AuditSeal seal, TimeProvider clock, ILogger<AuditHeads> logger)
{
    public string Directory => directory;

    /// <summary>Seals, and writes down where the chains end.</summary>
    /// <returns>How many chains there are.</returns>
    public async Task<int> ExportAsync(CancellationToken cancellationToken)
    {
        await seal.RunAsync(everything: true, cancellationToken);
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var heads = await AuditSeal.ReadHeadsAsync(connection, cancellationToken);
        var lines = heads.Select(head => new ExportedHead(now, head.Helpdesk, head.Position, head.Hash)).ToList();
        System.IO.Directory.CreateDirectory(directory);
        await File.AppendAllLinesAsync(
            Path.Combine(directory, $"{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.jsonl"),
            lines.Select(line => JsonSerializer.Serialize(line, AuditJson.Default.ExportedHead)),
            cancellationToken);
        foreach (var line in lines)
        {
            Exported(line.Helpdesk, line.Position, Convert.ToHexStringLower(line.Hash));
        }

        return lines.Count;
    }

    /// <summary>All that were ever exported to here; empty where nothing was.</summary>
    public Task<IReadOnlyList<ExportedHead>> ReadAsync(CancellationToken cancellationToken) =>
        System.IO.Directory.Exists(directory) ? ReadAsync(directory, cancellationToken) : Task.FromResult<IReadOnlyList<ExportedHead>>([]);

    /// <exception cref="InvalidDataException">A line is no head.</exception>
    public static async Task<IReadOnlyList<ExportedHead>> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        var heads = new List<ExportedHead>();
        foreach (var file in System.IO.Directory.EnumerateFiles(directory, "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var line in await File.ReadAllLinesAsync(file, cancellationToken))
            {
                heads.Add(Read(line, file));
            }
        }

        return heads;
    }

    private static ExportedHead Read(string line, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Default.ExportedHead)
                ?? throw new InvalidDataException($"{file} has a line that is no head of the audit.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} has a line that is no head of the audit.", e);
        }
    }

    [LoggerMessage(LogLevel.Information, "The audit of \"{Helpdesk}\" is at position {Position} with the hash {Hash}.")]
    private partial void Exported(string helpdesk, long position, string hash);
}

/// <summary>Where a chain ended when that was written down.</summary>
/// <param name="Helpdesk">Empty for the chain of what concerns no single helpdesk.</param>
public sealed record ExportedHead(DateTimeOffset At, string Helpdesk, long Position, byte[] Hash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportedHead))]
internal sealed partial class AuditJson : JsonSerializerContext;
