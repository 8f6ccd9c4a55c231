using System.Globalization;
using System.Text;
using TicketTriage.Helpdesks;

namespace TicketTriage.Agents;

/// <summary>
/// Reads a roster from CSV: a line for each agent under a line of names. Columns: <c>id</c> and <c>name</c>, and those of
/// <c>skills</c> (<c>refunds:5 german:3</c>), <c>languages</c>, <c>products</c>, <c>groups</c> (parted by <c>|</c>), <c>capacity</c>,
/// <c>channels</c> (<c>chat:1 email:2</c>), <c>zone</c>, <c>hours</c> and <c>absences</c> (parted by spaces) that somebody wants.
/// </summary>
public static class RosterFile
{
    private static readonly string[] Columns =
        ["id", "name", "skills", "languages", "products", "groups", "capacity", "channels", "zone", "hours", "absences"];

    /// <returns>All agents, or what is wrong with which line: then none counts, and the last good roster stays.</returns>
    public static RosterReading Read(string csv)
    {
        var faults = new List<string>();
        var agents = new List<RosterLine>();
        var rows = CsvRows.Read(csv).ToList();
        if (rows.Count == 0)
        {
            return new RosterReading([], ["Line 1: the roster is empty; its first line names the columns, id and name among them."]);
        }

        var header = rows[0].Cells.Select(cell => cell.Trim().ToLowerInvariant()).ToList();
        faults.AddRange(header.Where(name => !Columns.Contains(name))
            .Select(name => $"Line 1: there is no column {name}; known are {string.Join(", ", Columns)}."));
        faults.AddRange(((string[])["id", "name"]).Where(name => !header.Contains(name))
            .Select(name => $"Line 1: the column {name} is missing."));
        faults.AddRange(header.CountBy(name => name).Where(name => name.Value > 1)
            .Select(name => $"Line 1: the column {name.Key} stands twice."));
        if (faults.Count > 0)
        {
            return new RosterReading([], faults);
        }

        foreach (var (line, cells) in rows.Skip(1))
        {
            try
            {
                agents.Add(ReadLine(line, header, cells));
            }
            catch (FormatException e)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {e.Message}."));
            }
        }

        AddDoubles(faults, agents, "id", agent => agent.Id);
        AddDoubles(faults, agents, "name", agent => agent.Name);
        return faults.Count > 0 ? new RosterReading([], faults) : new RosterReading(agents, []);
    }

    /// <summary>Holds a roster against the people of its helpdesk: nothing can be given to who isn't there.</summary>
    /// <param name="known">All agents of the helpdesk, those among them who aren't active any more.</param>
    /// <returns>What is wrong with which line, in one sentence each.</returns>
    public static IReadOnlyList<string> FindStrangers(IReadOnlyList<RosterLine> roster, IReadOnlyList<HelpdeskAgent> known)
    {
        var active = known.GroupBy(agent => agent.Id).ToDictionary(same => same.Key, same => same.Any(agent => agent.IsActive));
        return
        [
            .. from line in roster
               let isActive = active.TryGetValue(line.Id, out var found) ? found : (bool?)null
               where isActive != true
               select string.Create(CultureInfo.InvariantCulture, $"Line {line.Line}: ")
                   + (isActive is null
                       ? $"the helpdesk has no agent {line.Id} who can have tickets."
                       : $"agent {line.Id} is not active in the helpdesk any more."),
        ];
    }

    private static void AddDoubles(List<string> faults, List<RosterLine> agents, string what, Func<RosterLine, string> key) =>
        faults.AddRange(
            from same in agents.GroupBy(key, StringComparer.OrdinalIgnoreCase)
            where same.Count() > 1
            let lines = string.Join(" and ", same.Select(agent => agent.Line.ToString(CultureInfo.InvariantCulture)))
            select $"Line {same.Last().Line}: the {what} {same.Key} stands in lines {lines}; each agent has one line.");

    private static RosterLine ReadLine(int line, List<string> header, IReadOnlyList<string> cells)
    {
        if (cells.Count != header.Count)
        {
            throw new FormatException($"it has {cells.Count} cells and the first line has {header.Count}");
        }

        string? Cell(string name) =>
            header.IndexOf(name) is >= 0 and var place && cells[place].Trim() is { Length: > 0 } text ? text : null;

        var entry = ReadEntry(Cell);
        var id = Cell("id") ?? throw new FormatException("the id is missing");
        var name = Cell("name") ?? throw new FormatException("the name is missing");
        return new RosterLine(line, id, name, entry);
    }

    /// <summary>Reads what the cells of one agent say, id and name apart.</summary>
    /// <param name="cell">By the column's name; <see langword="null"/> for nothing said.</param>
    /// <exception cref="FormatException">Half a sentence says what is wrong.</exception>
    public static AgentEntry ReadEntry(Func<string, string?> cell)
    {
        var entry = new AgentEntry
        {
            Skills = Pairs(cell("skills"), "skills", Agent.LowestLevel, Agent.HighestLevel),
            Languages = cell("languages")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries),
            Products = cell("products")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries),
            Groups = cell("groups")?.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Capacity = cell("capacity") is { } capacity ? Number(capacity, "capacity", 0, 1000) : null,
            Channels = Pairs(cell("channels"), "channels", 1, 1000),
            Zone = cell("zone"),
            Hours = cell("hours"),
            Absences = cell("absences")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries),
        };

        // Reads zone, hours and absences, so that their faults are found here and not when somebody is needed.
        entry.ToAgent("", "");
        return entry;
    }

    private static Dictionary<string, int>? Pairs(string? cell, string what, int least, int most)
    {
        if (cell is null)
        {
            return null;
        }

        var pairs = new Dictionary<string, int>();
        foreach (var pair in cell.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split(':') is not [{ Length: > 0 } name, var number]
                || !pairs.TryAdd(name, Number(number, $"{what}, {name}", least, most)))
            {
                throw new FormatException($"{what} has {pair}, which is no pair such as name:{most}, or a name twice");
            }
        }

        return pairs;
    }

    private static int Number(string text, string what, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{what} is {text} and has to be a whole number from {least} to {most}");
}

/// <summary>A roster as it was read.</summary>
/// <param name="Faults">Each with its line, in one sentence; where there is one there are no agents.</param>
public sealed record RosterReading(IReadOnlyList<RosterLine> Agents, IReadOnlyList<string> Faults);

/// <summary>An agent's line.</summary>
public sealed record RosterLine(int Line, string Id, string Name, AgentEntry Entry);

/// <summary>
/// Cells parted by commas or semicolons, whichever the first line has; quoted cells may hold them, line breaks and doubled quotes.
/// </summary>
internal static class CsvRows
{
    public static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Read(string csv)
    {
        var end = csv.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? csv.AsSpan() : csv.AsSpan(0, end);
        var separator = first.Count(';') > first.Count(',') ? ';' : ',';
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begin, isQuoted) = (1, 1, false);
        for (var i = 0; i <= csv.Length; i++)
        {
            var letter = i < csv.Length ? csv[i] : '\n';
            if (isQuoted && i < csv.Length)
            {
                if (letter == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (letter == '"')
                {
                    isQuoted = false;
                }
                else
                {
                    line += letter == '\n' ? 1 : 0;
                    cell.Append(letter);
                }
            }
            else if (letter == '"')
            {
                isQuoted = true;
            }
            else if (letter == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (letter == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (cells.Exists(text => !string.IsNullOrWhiteSpace(text)))
                {
                    yield return (begin, [.. cells]);
                }

                cells.Clear();
                begin = ++line;
            }
            else if (letter != '\r' && letter != '\uFEFF')
            {
                cell.Append(letter);
            }
        }
    }
}
