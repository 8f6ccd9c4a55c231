using System.Globalization;
using System.Text;
using TicketTriage.Reading;

namespace TicketTriage.Knowledge;

/// <summary>
/// Drafts the article that a gap asks for, as a file that a folder of articles can hold: what customers ask stands there, the answer is the
/// owner's to write. Only agents find it until somebody says otherwise.
/// </summary>
public static class ArticleSkeleton
{
    private const int MostQuestions = 8;
    private const int MostOfQuestion = 240;

    private static readonly TimeSpan UntilReview = TimeSpan.FromDays(180);

    /// <param name="needs">What an answer needs of the customer, as people ask for it.</param>
    /// <param name="now">The review date follows from it.</param>
    public static string Write(KnowledgeGap gap, IReadOnlyList<string> needs, DateTimeOffset now)
    {
        var isGerman = gap.Language == "de";
        var text = new StringBuilder();
        text.Append("---\ntitle: ").Append(OnOneLine(gap.Title)).Append('\n');
        if (gap.Language.Length == 2)
        {
            text.Append("language: ").Append(gap.Language).Append('\n');
        }

        text.Append("audience: agents\nowner:\n");
        text.Append(CultureInfo.InvariantCulture, $"review: {(now + UntilReview).UtcDateTime:yyyy-MM-dd}\n---\n");
        text.Append("# ").Append(OnOneLine(gap.Title)).Append("\n\n");
        text.Append(isGerman ? "## Antwort\n\nNoch zu schreiben.\n" : "## Answer\n\nTo be written.\n");
        if (needs.Count > 0)
        {
            text.Append(isGerman ? "\n## Was wir dafür brauchen\n\n" : "\n## What we need for it\n\n");
            Append(text, needs);
        }

        text.Append(isGerman ? "\n## So wird gefragt" : "\n## How it is asked");
        text.Append(CultureInfo.InvariantCulture, $" ({gap.Count} tickets, {gap.FirstAskedAt.UtcDateTime:yyyy-MM-dd} – {gap.LastAskedAt.UtcDateTime:yyyy-MM-dd})\n\n");
        Append(text, gap.Questions.Take(MostQuestions).Select(question => PlainText.OneLine(
            question.Summary.Length > 0 ? question.Summary : question.Subject, MostOfQuestion)));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append("- ").Append(OnOneLine(line)).Append('\n');
        }
    }

    // What customers write must stay text in Markdown: no heading, link, picture or tag of theirs.
    private static string OnOneLine(string text) => PlainText.OneLine(text, MostOfQuestion)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("![", "!\\[", StringComparison.Ordinal).Replace("](", "]\\(", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal);
}
