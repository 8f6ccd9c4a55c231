using System.Text.RegularExpressions;

namespace TicketTriage.Tests.Architecture;

/// <summary>Habits that no analyzer here holds, looked for in the text of a source file.</summary>
internal static partial class SourceHabits
{
    public const int MostLines = 400;

    /// <returns>One line for each breach: the rule, and where.</returns>
    public static IEnumerable<string> ListBreaches(string file, string text)
    {
        var found = new (string Rule, Regex Pattern)[]
        {
            ("work started and never awaited", Unawaited()),
            ("failure swallowed", EmptyCatch()),
            ("failure of any kind swallowed", CommentedCatchAll()),
            ("Task.Run", TaskRun()),
            ("name that says nothing", EmptyName()),
        }.SelectMany(habit => habit.Pattern.Matches(text).Select(match => $"{habit.Rule}: {file}:{LineOf(text, match.Index)}"));
        var lines = text.AsSpan().TrimEnd().Count('\n') + 1;
        return lines > MostLines ? found.Append($"longer than one reading: {file} has {lines} lines") : found;
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"\b_\s*=\s*(?!await\b)[\w.?!()<>]*Async(<[^>]*>)?\s*\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unawaited();

    [GeneratedRegex(@"\bcatch\s*(\([^)]*\)\s*)?(when\s*\([^{}]*\)\s*)?\{\s*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\bcatch\s*(\(\s*(System\.)?Exception\b[^)]*\)\s*)?\{(\s*//[^\n]*)+\s*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommentedCatchAll();

    [GeneratedRegex(@"\bTask\s*\.\s*Run\s*[(<]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TaskRun();

    [GeneratedRegex(
        @"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?:\w*(?:Util(?:s|ity|ities)?|Helpers?|Manager|Common)\b|Common\w*|\w+(?:Base|Service|Processor|Info|Data)\b)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyName();
}
