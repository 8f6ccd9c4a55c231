namespace TicketTriage.Host.Policies;

/// <summary>How two texts differ, line by line, with a few equal lines around each change.</summary>
public static class TextDifference
{
    private const int Around = 3;

    /// <summary>Beyond this the table of the comparison would grow too large; then all that differs between the ends is shown.</summary>
    private const int MostCells = 4_000_000;

    public static IReadOnlyList<DifferentLine> Of(string before, string after)
    {
        string[] old = [.. Lines(before)];
        string[] now = [.. Lines(after)];
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        List<DifferentLine> all =
        [
            .. old[..head].Select(line => new DifferentLine(LineChange.None, line)),
            .. Compare(old[head..^tail], now[head..^tail]),
            .. old[^tail..].Select(line => new DifferentLine(LineChange.None, line)),
        ];
        return Shorten(all);
    }

    private static List<DifferentLine> Compare(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostCells)
        {
            return
            [
                .. old.Select(line => new DifferentLine(LineChange.Removed, line)),
                .. now.Select(line => new DifferentLine(LineChange.Added, line)),
            ];
        }

        // The longest common subsequence, from the end.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<DifferentLine>();
        var (x, y) = (0, 0);
        while (x < old.Length || y < now.Length)
        {
            if (x < old.Length && y < now.Length && old[x] == now[y])
            {
                lines.Add(new DifferentLine(LineChange.None, old[x++]));
                y++;
            }
            else if (y == now.Length || (x < old.Length && common[x + 1, y] >= common[x, y + 1]))
            {
                lines.Add(new DifferentLine(LineChange.Removed, old[x++]));
            }
            else
            {
                lines.Add(new DifferentLine(LineChange.Added, now[y++]));
            }
        }

        return lines;
    }

    private static List<DifferentLine> Shorten(List<DifferentLine> all)
    {
        var near = new bool[all.Count];
        foreach (var (place, line) in all.Index())
        {
            for (var i = Math.Max(0, place - Around); line.Change != LineChange.None && i <= Math.Min(all.Count - 1, place + Around); i++)
            {
                near[i] = true;
            }
        }

        var shown = new List<DifferentLine>();
        foreach (var (place, line) in all.Index())
        {
            if (near[place])
            {
                shown.Add(line);
            }
            else if (shown.Count > 0 && shown[^1].Change != LineChange.LeftOut)
            {
                shown.Add(new DifferentLine(LineChange.LeftOut, "…"));
            }
        }

        if (shown.Count > 0 && shown[^1].Change == LineChange.LeftOut)
        {
            shown.RemoveAt(shown.Count - 1);
        }

        return shown;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.Split('\n');
}

public sealed record DifferentLine(LineChange Change, string Text);

public enum LineChange
{
    None = 0,
    Removed,
    Added,

    /// <summary>Equal lines that aren't shown.</summary>
    LeftOut,
}
