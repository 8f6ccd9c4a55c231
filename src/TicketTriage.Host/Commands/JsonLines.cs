using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace TicketTriage.Host.Commands;

/// <summary>The data files of the commands: a JSON object on each line.</summary>
internal static class JsonLines
{
    /// <summary>More rows than this that can't be read mean another kind of file, and no result worth having.</summary>
    private const double MostUnreadable = 0.05;

    private const int MostNamed = 20;

    private static readonly JsonDocumentOptions oneRow = new() { MaxDepth = 32 };

    public static Option<FileInfo> DataOption(string description)
    {
        var data = new Option<FileInfo>("--data") { Description = description, Required = true };
        data.AcceptExistingOnly();
        return data;
    }

    /// <summary>Reads a file row by row. A row that can't be read is named on standard error and left out; empty lines are no rows.</summary>
    /// <param name="read">Throws <see cref="FormatException"/> with half a sentence for a row that isn't what is expected.</param>
    /// <exception cref="InvalidOperationException">The file holds no row, or too many that can't be read.</exception>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(FileInfo file, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var number = 0;
        var unreadable = 0;
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                rows.Add(Read(line, read));
            }
            catch (FormatException e)
            {
                unreadable++;
                if (unreadable <= MostNamed)
                {
                    await Console.Error.WriteLineAsync($"{file.Name}, line {number}: left out, since {e.Message}.");
                }
            }
        }

        if (unreadable > MostNamed)
        {
            await Console.Error.WriteLineAsync($"{file.Name}: {unreadable - MostNamed} more rows left out.");
        }

        RequireMost(file, rows.Count, unreadable);
        return rows;
    }

    /// <summary>Writes rows to a file, or to standard output where none is named.</summary>
    public static async Task WriteAsync(FileInfo? file, IEnumerable<string> rows, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllLinesAsync(file.FullName, rows, cancellationToken);
            return;
        }

        foreach (var row in rows)
        {
            await Console.Out.WriteLineAsync(row.AsMemory(), cancellationToken);
        }
    }

    private static T Read<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(line, oneRow);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? read(json.RootElement.Clone())
                : throw new FormatException("it isn't a JSON object");
        }
        catch (JsonException e)
        {
            throw new FormatException("it isn't JSON", e);
        }
        catch (InvalidOperationException e)
        {
            // An escape such as \uD83D without its other half is JSON, and no text.
            throw new FormatException("it holds half a character", e);
        }
    }

    private static void RequireMost(FileInfo file, int readable, int unreadable)
    {
        var all = readable + unreadable;
        if (all == 0)
        {
            throw new InvalidOperationException($"{file.Name} holds no row; expected a JSON object on each line.");
        }

        if (unreadable > MostUnreadable * all)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{unreadable} of {all} rows of {file.Name} can't be read, more than 5 %; correct the file and start again."));
        }
    }
}
