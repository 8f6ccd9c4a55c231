using Markdig;
using TicketTriage.Reading;

namespace TicketTriage.Knowledge;

/// <summary>Reads an article's markup into sections of plain text, one for each heading.</summary>
public static class ArticleMarkup
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    private const int MostOfHeading = 300;

    public static IReadOnlyList<ArticleSection> ReadMarkdown(string markdown) => ReadHtml(Markdig.Markdown.ToHtml(markdown, Markdown));

    /// <summary>Headings and text come from one look at the markup: what a person doesn't see is neither.</summary>
    public static IReadOnlyList<ArticleSection> ReadHtml(string html)
    {
        var sections = new List<ArticleSection>();
        var heading = "";
        var text = new List<string>();
        foreach (var lines in RunsOf(HtmlText.Read(html, new HiddenText()).Where(line => !line.IsBlank)))
        {
            var written = lines.Select(line => line.Text).ToList();
            var headed = string.Join(' ', written);
            if (lines[0].Heading == 0)
            {
                text.AddRange(written);
                continue;
            }

            Add(sections, heading, text);
            text.Clear();

            // Longer ones nobody closed, and what follows is text.
            (heading, var rest) = headed.Length <= MostOfHeading ? (headed, (IReadOnlyList<string>)[]) : ("", written);
            text.AddRange(rest);
        }

        Add(sections, heading, text);
        return sections;
    }

    public static IReadOnlyList<ArticleSection> ReadText(string text)
    {
        var sections = new List<ArticleSection>();
        Add(sections, "", PlainText.BreakLines(text).Select(PlainText.Tidy));
        return sections;
    }

    /// <returns>Lines that stand together: those of one heading, or those between two.</returns>
    private static IEnumerable<List<MessageLine>> RunsOf(IEnumerable<MessageLine> lines)
    {
        var run = new List<MessageLine>();
        foreach (var line in lines)
        {
            if (run.Count > 0 && run[^1].Heading != line.Heading)
            {
                yield return run;
                run = [];
            }

            run.Add(line);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    // A heading without text under it still tells of what the article has.
    private static void Add(List<ArticleSection> sections, string heading, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Where(line => line.Length > 0));
        if (text.Length > 0 || heading.Length > 0)
        {
            sections.Add(new ArticleSection(heading, text));
        }
    }
}
