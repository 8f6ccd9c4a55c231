using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>The tickets of a file of JSON Lines: <c>text</c>, or <c>subject</c> and <c>body</c>, and a property for each label.</summary>
public sealed class TicketRows
{
    private const double MostUnreadable = 0.05;

    private static readonly string[] partsOfText = ["subject", "body"];
    private static readonly JsonDocumentOptions oneRow = new() { MaxDepth = 32 };

    private TicketRows(string file, List<TicketRow> rows, List<string> faults)
    {
        File = file;
        Rows = rows;
        Faults = faults;
    }

    public string File { get; }

    public IReadOnlyList<TicketRow> Rows { get; }

    /// <summary>A sentence for each row that can't be read, with its line number.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <param name="file">Its path.</param>
    /// <param name="labels">The labels that are asked for; a row without any of them can't be read. Empty: texts alone are wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LearningException">The file is absent or empty, no row has a label, or more than one row in twenty can't be read.</exception>
    public static async Task<TicketRows> ReadAsync(string file, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var rows = new List<TicketRow>();
        var faults = new List<string>();
        var columns = new SortedSet<string>(StringComparer.Ordinal);
        var number = 0;
        await foreach (var line in ReadLinesAsync(file, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (row, fault) = ReadRow(line, labels, columns);
            if (row is not null)
            {
                rows.Add(row);
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}, line {number}: {fault}"));
            }
        }

        if (rows.Count + faults.Count == 0)
        {
            throw new LearningException($"{file} is empty; it needs a JSON object on each line.");
        }

        if (labels.FirstOrDefault(label => columns.Count > 0 && !columns.Contains(label)) is { } absent)
        {
            throw new LearningException($"No row of {file} has the label {absent}; its columns are {string.Join(", ", columns.Take(20))}.");
        }

        return new TicketRows(file, rows, faults);
    }

    /// <exception cref="LearningException">More than one row in twenty can't be read.</exception>
    public void RequireMostReadable()
    {
        var all = Rows.Count + Faults.Count;
        if (Faults.Count > MostUnreadable * all)
        {
            throw new LearningException(string.Create(
                CultureInfo.InvariantCulture, $"{Faults.Count} of {all} rows of {File} can't be read, more than 5 %; mend the file and try again."));
        }
    }

    private static async IAsyncEnumerable<string> ReadLinesAsync(
        string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Directory.Exists(file))
        {
            throw new LearningException($"{file} is a folder; name a file of JSON Lines.");
        }

        StreamReader reader;
        try
        {
            reader = new StreamReader(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LearningException($"There is no file {file}.", e);
        }

        using (reader)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return line;
            }
        }
    }

    private static (TicketRow? Row, string Fault) ReadRow(string line, IReadOnlyList<string> labels, SortedSet<string> columns)
    {
        try
        {
            using var document = JsonDocument.Parse(line, oneRow);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
            {
                return (null, "this is no JSON object.");
            }

            foreach (var property in row.EnumerateObject())
            {
                columns.Add(property.Name);
            }

            var text = TextOf(row);
            if (text is null)
            {
                return (null, "it has neither a text nor a subject or body.");
            }

            string?[] values = [.. labels.Select(label => ValueOf(row, label))];
            if (labels.Count > 0 && values.All(value => value is null))
            {
                return (null, $"it has no value for {string.Join(" or ", labels)}.");
            }

            return string.IsNullOrWhiteSpace(text) ? (null, "its text is empty.") : (new TicketRow(text, values), "");
        }
        catch (JsonException)
        {
            return (null, "this is not JSON.");
        }
        catch (InvalidOperationException)
        {
            return (null, "it holds half a character.");
        }
    }

    private static string? TextOf(JsonElement row)
    {
        if (row.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return text.GetString();
        }

        var parts = partsOfText
            .Select(name => row.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null)
            .OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join('\n', parts);
    }

    private static string? ValueOf(JsonElement row, string label)
    {
        if (!row.TryGetProperty(label, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
