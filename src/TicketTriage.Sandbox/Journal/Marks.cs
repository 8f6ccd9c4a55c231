using System.Text.RegularExpressions;

namespace TicketTriage.Sandbox.Journal;

/// <summary>Finds the ids by which a caller knows its own changes again, in whichever of the usual forms it wrote them.</summary>
internal static partial class Marks
{
    public static IReadOnlyList<Guid> Find(params ReadOnlySpan<string?> texts)
    {
        var marks = new List<Guid>();
        foreach (var text in texts)
        {
            foreach (Match match in Form().Matches(text ?? ""))
            {
                if (Guid.TryParse(match.ValueSpan, out var mark) && !marks.Contains(mark))
                {
                    marks.Add(mark);
                }
            }
        }

        return marks;
    }

    [GeneratedRegex(
        "(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Form();
}
