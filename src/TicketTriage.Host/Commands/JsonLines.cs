using System.Text.Json;

namespace TicketTriage.Host.Commands;

/// <summary>The data files of the commands: a JSON object on each line.</summary>
internal static class JsonLines
{
    /// <summary>More rows than this that can't be read mean another kind of file, and no result worth having.</summary>
    private const double MostUnreadable = 0.05;

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
                using var json = JsonDocument.Parse(line);
                rows.Add(json.RootElement.ValueKind == JsonValueKind.Object
                    ? read(json.RootElement.Clone())
                    : throw new FormatException("it isn't a JSON object"));
            }
            catch (Exception e) when (e is JsonException or FormatException)
            {
                unreadable++;
                var why = e is JsonException ? "it isn't JSON" : e.Message;
                await Console.Error.WriteLineAsync($"{file.Name}, line {number}: left out, since {why}.");
            }
        }

        if (rows.Count + unreadable == 0)
        {
            throw new InvalidOperationException($"{file.Name} holds no row; expected a JSON object on each line.");
        }

        if (unreadable > MostUnreadable * (rows.Count + unreadable))
        {
            throw new InvalidOperationException(
                $"{unreadable} of {rows.Count + unreadable} rows of {file.Name} can't be read, more than 5 %; correct the file and start again.");
        }

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
}
