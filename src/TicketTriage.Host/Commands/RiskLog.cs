using System.Globalization;
using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.ServiceLevels.Risk;

namespace TicketTriage.Host.Commands;

/// <summary>
/// Reads a log of past tickets: comma-separated with a header. Priority, group and intent stand in columns whose names begin with one of
/// their words; one that ends in <c>@open</c>, for what was known at opening, comes before any other.
/// </summary>
internal static class RiskLog
{
    private const string AtOpening = "@open";

    private static readonly string[] OfPriority = ["priority"];
    private static readonly string[] OfGroup = ["group", "assignment_group"];
    private static readonly string[] OfIntent = ["intent", "category"];

    /// <summary>More rows than this that can't be read mean another kind of file.</summary>
    private const double MostUnreadable = 0.05;

    /// <exception cref="InvalidOperationException">The file is none of this kind.</exception>
    public static async Task<IReadOnlyList<PastCase>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(file.FullName, cancellationToken);
        if (lines.Length < 2)
        {
            throw new InvalidOperationException($"{file.Name} holds no row; expected a header and a ticket on each line.");
        }

        var columns = Split(lines[0]);
        foreach (var needed in (string[])["opened_at", "breached"])
        {
            if (!columns.Contains(needed))
            {
                throw new InvalidOperationException($"{file.Name} has no column {needed}.");
            }
        }

        var (priority, group, intent) = (ColumnOf(OfPriority, columns), ColumnOf(OfGroup, columns), ColumnOf(OfIntent, columns));
        var cases = new List<PastCase>(lines.Length);
        var unreadable = 0;
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                cases.Add(Read(columns, Split(lines[i]), priority, group, intent));
            }
            catch (FormatException e)
            {
                unreadable++;
                await Console.Error.WriteLineAsync($"{file.Name}, line {i + 1}: left out, since {e.Message}.");
            }
        }

        return unreadable > MostUnreadable * (cases.Count + unreadable)
            ? throw new InvalidOperationException(
                $"{unreadable} of {cases.Count + unreadable} rows of {file.Name} can't be read, more than 5 %; correct the file and start again.")
            : cases;
    }

    private static string? ColumnOf(IReadOnlyList<string> words, IReadOnlyList<string> columns) => columns
        .Where(name => words.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        .OrderByDescending(name => name.EndsWith(AtOpening, StringComparison.Ordinal))
        .FirstOrDefault();

    private static PastCase Read(List<string> columns, List<string> cells, string? priority, string? group, string? intent)
    {
        if (cells.Count != columns.Count)
        {
            throw new FormatException($"it has {cells.Count} cells, and the header {columns.Count}");
        }

        string Cell(string? name) => name is not null && columns.IndexOf(name) is >= 0 and var at ? cells[at] : "";
        var opened = Moment(Cell("opened_at")) ?? throw new FormatException("opened_at is empty");
        var isBreached = Cell("breached") switch
        {
            "1" or "true" or "True" => true,
            "0" or "false" or "False" => false,
            var other => throw new FormatException($"breached is '{other}' and has to be 0 or 1"),
        };
        return new PastCase
        {
            OpenedAt = opened,
            EndedAt = Moment(Cell("resolved_at")) ?? Moment(Cell("closed_at")),
            IsBreached = isBreached,
            Kind = new TicketKind(PriorityOf(Cell(priority)), CustomerSegment.Standard, Cell(intent)),
            GroupId = Cell(group),
        };
    }

    /// <summary>By its word, or as IT departments count: 1 is the most urgent.</summary>
    private static TicketPriority PriorityOf(string text) => text switch
    {
        "1" => TicketPriority.Urgent,
        "2" => TicketPriority.High,
        "3" => TicketPriority.Normal,
        "4" or "5" => TicketPriority.Low,
        _ => Enum.TryParse<TicketPriority>(text, ignoreCase: true, out var priority) && Enum.IsDefined(priority) ? priority : TicketPriority.None,
    };

    private static DateTimeOffset? Moment(string text) =>
        text.Length == 0 ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new FormatException($"{text} isn't a moment such as 2026-03-06T15:45:00");

    private static List<string> Split(string line)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
