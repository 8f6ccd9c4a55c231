using System.Text.RegularExpressions;
using Markdig;
using TicketTriage.Reading;

namespace TicketTriage.Knowledge;

/// <summary>Reads an article's markup into sections of plain text, one for each heading.</summary>
public static partial class ArticleMarkup
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    private const int MostOfHeading = 300;

    public static IReadOnlyList<ArticleSection> ReadMarkdown(string markdown) => ReadHtml(Markdig.Markdown.ToHtml(markdown, Markdown));

    public static IReadOnlyList<ArticleSection> ReadHtml(string html)
    {
        var sections = new List<ArticleSection>();
        var heading = "";
        var from = 0;
        foreach (Match begin in HeadingBegin().Matches(html))
        {
            if (begin.Index < from)
            {
                continue;
            }

            Add(sections, heading, html[from..begin.Index]);
            var inner = begin.Index + begin.Length;
            var end = HeadingEnd().Match(html, inner);
            from = end.Success ? end.Index + end.Length : html.Length;
            var headed = html[inner..(end.Success ? end.Index : html.Length)];
            heading = string.Join(' ', Lines(headed));
            if (heading.Length > MostOfHeading)
            {
                // Nobody closed it, and what follows is text.
                Add(sections, "", headed);
                heading = "";
            }
        }

        Add(sections, heading, html[from..]);
        return sections;
    }

    public static IReadOnlyList<ArticleSection> ReadText(string text)
    {
        var sections = new List<ArticleSection>();
        Add(sections, "", PlainText.BreakLines(text).Select(PlainText.Tidy));
        return sections;
    }

    private static void Add(List<ArticleSection> sections, string heading, string html) => Add(sections, heading, Lines(html));

    // A heading without text under it still tells of what the article has.
    private static void Add(List<ArticleSection> sections, string heading, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Where(line => line.Length > 0));
        if (text.Length > 0 || heading.Length > 0)
        {
            sections.Add(new ArticleSection(heading, text));
        }
    }

    private static IEnumerable<string> Lines(string html) => HtmlText.Read(html, new HiddenText()).Select(line => line.Text).Where(text => text.Length > 0);

    [GeneratedRegex("<h[1-6](?:\\s[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadingBegin();

    [GeneratedRegex("</h[1-6]\\s*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadingEnd();
}
