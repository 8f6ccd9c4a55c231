using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TicketTriage.Host.Tests.Reading;

/// <summary>PDFs written object by object, for what no program would write.</summary>
internal sealed class RawPdf
{
    private readonly List<byte> bytes = [];
    private readonly SortedDictionary<int, int> places = [];

    public RawPdf() => Write("%PDF-1.7\n");

    /// <summary>A document with one page whose content is object 5; what the page draws with is given.</summary>
    public static RawPdf OfOnePage(string contents = "5 0 R", string resources = "/Font << /F1 4 0 R >>") => new RawPdf()
        .Add(1, "<< /Type /Catalog /Pages 2 0 R >>")
        .Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        .Add(3, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} /Resources << {resources} >> >>")
        .Add(4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

    public RawPdf Add(int number, string body)
    {
        places[number] = bytes.Count;
        Write($"{number} 0 obj\n{body}\nendobj\n");
        return this;
    }

    public RawPdf AddStream(int number, byte[] content, string entries = "")
    {
        places[number] = bytes.Count;
        Write($"{number} 0 obj\n<< /Length {content.Length} {entries} >>\nstream\n");
        bytes.AddRange(content);
        Write("\nendstream\nendobj\n");
        return this;
    }

    public RawPdf AddPacked(int number, byte[] content, int times = 1, string entries = "")
    {
        for (var time = 0; time < times; time++)
        {
            content = Pack(content);
        }

        return AddStream(number, content, $"/Filter [{string.Join(' ', Enumerable.Repeat("/FlateDecode", times))}] {entries}");
    }

    public byte[] ToArray()
    {
        var start = bytes.Count;
        Write($"xref\n0 {places.Keys.Max() + 1}\n0000000000 65535 f \n");
        for (var number = 1; number <= places.Keys.Max(); number++)
        {
            Write(places.TryGetValue(number, out var place)
                ? string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n")
                : "0000000000 65535 f \n");
        }

        Write($"trailer\n<< /Size {places.Keys.Max() + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return [.. bytes];
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var writer = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            writer.Write(content);
        }

        return packed.ToArray();
    }

    private void Write(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
}
