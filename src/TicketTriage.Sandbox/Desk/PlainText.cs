using System.Net;
using System.Text;

namespace TicketTriage.Sandbox.Desk;

/// <summary>The plain form of a message that came as HTML, and the other way round. Not a sanitiser: what it gives is text.</summary>
internal static class PlainText
{
    private static readonly string[] LineEnders = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr"];

    public static string ToHtml(string text)
    {
        var encoded = WebUtility.HtmlEncode(text.ReplaceLineEndings("\n"));
        var paragraphs = encoded.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return "<div class=\"zd-comment\" dir=\"auto\">"
            + string.Concat(paragraphs.Select(paragraph => $"<p dir=\"auto\">{paragraph.Trim('\n').Replace("\n", "<br>")}</p>"))
            + "</div>";
    }

    public static string FromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tagEnd = html[at] == '<' ? html.IndexOf('>', at) : -1;
            if (tagEnd < 0)
            {
                var next = html.IndexOf('<', at + 1);
                next = next < 0 ? html.Length : next;
                AppendWords(text, WebUtility.HtmlDecode(html[at..next]));
                at = next;
                continue;
            }

            var tag = html.AsSpan(at + 1, tagEnd - at - 1);
            at = TagName(tag) is var name && name is "style" or "script" ? FindAfter(html, tagEnd, $"</{name}>") : tagEnd + 1;
            if (name == "img")
            {
                text.Append("![](").Append(ReadSource(tag)).Append(')');
            }
            else if (LineEnders.Contains(name) && text.Length > 0 && !(text.Length > 1 && text[^1] == '\n' && text[^2] == '\n'))
            {
                text.Append('\n');
            }
        }

        return text.ToString().Trim();
    }

    private static void AppendWords(StringBuilder text, string words)
    {
        foreach (var letter in words)
        {
            var isBlank = letter is ' ' or '\n' or '\r' or '\t';
            if (!isBlank)
            {
                text.Append(letter);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }

    private static string TagName(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart('/');
        var length = name.IndexOfAny(" \t\r\n/");
        return (length < 0 ? name : name[..length]).ToString().ToLowerInvariant();
    }

    private static string ReadSource(ReadOnlySpan<char> tag)
    {
        var start = tag.IndexOf("src=\"", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return "";
        }

        var rest = tag[(start + 5)..];
        var end = rest.IndexOf('"');
        return end < 0 ? "" : rest[..end].ToString();
    }

    private static int FindAfter(string html, int from, string closing)
    {
        var at = html.IndexOf(closing, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? html.Length : at + closing.Length;
    }
}
