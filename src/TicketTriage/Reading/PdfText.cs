using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace TicketTriage.Reading;

/// <summary>
/// The text of a PDF's first pages. A few kilobytes can stand for gigabytes, and a reader of such files can be led in circles: to be called
/// only where memory and time are limited from outside, see <see cref="PdfProcess"/>.
/// </summary>
public static class PdfText
{
    private const int MostPages = 5;

    /// <param name="most">Characters; no page is read after them.</param>
    /// <returns>Empty for a scan, which has pictures alone.</returns>
    /// <exception cref="Exception">It is damaged, locked, or no PDF; of any kind.</exception>
    public static string Read(ReadOnlyMemory<byte> content, int most)
    {
        var text = new StringBuilder();
        using var document = PdfDocument.Open(content, new ParsingOptions { SkipMissingFonts = true });
        for (var page = 1; page <= Math.Min(document.NumberOfPages, MostPages) && text.Length < most; page++)
        {
            text.AppendLine(ContentOrderTextExtractor.GetText(document.GetPage(page)));
        }

        return PlainText.Cut(text.ToString(), most);
    }
}
