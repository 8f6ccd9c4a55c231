using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using TicketTriage.Reading;

namespace TicketTriage.WriteBack;

/// <summary>The few elements that notes are made of. Every text is encoded here; the only markup is what stands in this file.</summary>
internal static class NoteMarkup
{
    public const int MostItems = 6;
    private const int MostOfItem = 300;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encoded(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    /// <summary>As much of a text as takes <paramref name="most"/> bytes once it is encoded: a text of marks grows fivefold.</summary>
    public static string Encoded(string text, int most)
    {
        var encoded = Lines(text);
        while (BytesOf(encoded) > most && text.Length > 0)
        {
            text = PlainText.Cut(text, text.Length * 4 / 5);
            encoded = Lines(text) + "…";
        }

        return BytesOf(encoded) <= most ? encoded : "";
    }

    public static string Paragraph(string text, int most) => $"<p>{Encoded(text, most)}</p>";

    public static string Heading(string text) => $"<h4>{Encoded(text)}</h4>";

    public static string Item(string text) => $"<li>{Encoded(Cut(text, MostOfItem))}</li>";

    /// <returns>Empty where there is nothing to list.</returns>
    public static string List(string heading, IReadOnlyList<string> items) =>
        items.Count == 0 ? "" : $"{Heading(heading)}<ul>{string.Concat(items.Take(MostItems).Select(Item))}</ul>";

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

    private static string Lines(string text) => Encoded(text).Replace("\n", "<br>", StringComparison.Ordinal);
}
