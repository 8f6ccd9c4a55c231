using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using TicketTriage.Reading;

namespace TicketTriage.WriteBack;

/// <summary>The few elements that notes are made of. Every text is encoded here; the only markup is what stands in this file.</summary>
internal static class NoteMarkup
{
    public const int MostItems = 8;
    private const int MostOfItem = 300;

    // Of a text that is cut in its middle, this share of what is left is its end.
    private const double ShareOfEnd = 0.8;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encoded(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    /// <summary>As much of a text as takes <paramref name="most"/> bytes once it is encoded: a text of marks grows fivefold.</summary>
    public static string Encoded(string text, int most) => Shorten(text, most, left => PlainText.Cut(text, left) + "…");
    /// <summary>
    /// Like <see cref="Encoded(string, int)"/>, but what is too much goes from the middle, at the ends of lines where there are some: a reply
    /// begins with its greeting and ends with what must stand in it letter for letter.
    /// </summary>
    /// <param name="gap">Stands on a line of its own where something was taken out.</param>
    public static string EncodedEnds(string text, int most, string gap) => Shorten(
        text, most, left => $"{BeginOf(text, (int)(left * (1 - ShareOfEnd)))}\n\n{gap}\n\n{EndOf(text, (int)(left * ShareOfEnd))}");

    public static string Paragraph(string text, int most) => $"<p>{Encoded(text, most)}</p>";

    public static string Heading(string text) => $"<h4>{Encoded(text)}</h4>";

    public static string Item(string text) => $"<li>{Encoded(Cut(text, MostOfItem))}</li>";

    /// <param name="more">Says how many items there was no room for.</param>
    /// <param name="most">In bytes; the heading and one line always stand.</param>
    /// <returns>Empty where there is nothing to list.</returns>
    public static string List(string heading, IReadOnlyList<string> items, Func<int, string> more, int most = int.MaxValue)
    {
        if (items.Count == 0)
        {
            return "";
        }

        string[] lines = [.. items.Take(items.Count > MostItems ? MostItems - 1 : MostItems).Select(Item)];
        string With(int shown) =>
            $"{Heading(heading)}<ul>{string.Concat(lines[..shown])}{(shown < items.Count ? Item(more(items.Count - shown)) : "")}</ul>";

        var shown = lines.Length;
        while (shown > 0 && BytesOf(With(shown)) > most)
        {
            shown--;
        }

        return With(shown);
    }

    /// <summary>Ends every note of this service, which is known by it (<see cref="TriageNote.IsOurs"/>).</summary>
    /// <param name="id">What the note is of: a triage, an escalation's message, a reminder.</param>
    /// <param name="provider">Of a triage.</param>
    public static string LastLine(Guid id, string? provider = null) =>
        $"<p><em>TicketTriage · {(provider is null ? "" : $"{Encoded(provider)} · ")}{id.ToString("N", CultureInfo.InvariantCulture)}</em></p>";

    /// <summary>A part that opens with a click where the helpdesk keeps such parts, and stands open where it doesn't.</summary>
    public static string Part(string heading, string content, bool canFold) =>
        canFold ? $"<details><summary><b>{Encoded(heading)}</b></summary>{content}</details>" : Heading(heading) + content;

    /// <returns>The text alone where the address is none of the web.</returns>
    public static string Link(string? address, string text) =>
        Uri.TryCreate(address, UriKind.Absolute, out var web) && web.Scheme is "https" or "http"
            ? $"<a href=\"{Encoder.Encode(web.AbsoluteUri)}\">{Encoded(text)}</a>"
            : Encoded(text);

    public static string Cut(string text, int most) => text.Length <= most ? text : PlainText.Cut(text, most) + "…";

    public static int BytesOf(string markup) => Encoding.UTF8.GetByteCount(markup);

    /// <param name="with">The text with so many of its letters.</param>
    /// <returns>Empty where hardly any would fit.</returns>
    private static string Shorten(string text, int most, Func<int, string> with)
    {
        var encoded = Lines(text);
        for (var left = text.Length * 4 / 5; BytesOf(encoded) > most && left > 0; left = left * 4 / 5)
        {
            encoded = Lines(with(left));
        }

        return BytesOf(encoded) <= most ? encoded : "";
    }

    private static string BeginOf(string text, int most)
    {
        var begin = PlainText.Cut(text, most);
        var line = begin.LastIndexOf('\n');
        return (line > 0 ? begin[..line] : begin).TrimEnd();
    }

    private static string EndOf(string text, int most)
    {
        var from = text.Length - most;
        if (from < text.Length && char.IsLowSurrogate(text[from]))
        {
            from++;
        }

        // A long paragraph is rather cut within than left out.
        var line = text.IndexOf('\n', from);
        return (line >= 0 && line < from + (most / 4) ? text[(line + 1)..] : text[from..]).TrimStart();
    }

    private static string Lines(string text) => Encoded(text).Replace("\n", "<br>", StringComparison.Ordinal);
}
