using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Commands;
using TicketTriage.Reading;

namespace TicketTriage.Host.Tests.Reading;

/// <summary>PDFs come from strangers: what can be read is, and whatever else is in them ends a process that is there for nothing else.</summary>
[CancelAfter(120_000)]
internal sealed class Reading_pdfs
{
    private const string Line = "BT /F1 12 Tf 50 700 Td (Invoice 4711 is wrong) Tj ET";

    [TestCase(true)]
    [TestCase(false)]
    public async Task Their_text_is_read(bool isPacked)
    {
        var content = Encoding.ASCII.GetBytes(Line);
        var pdf = RawPdf.OfOnePage();

        var file = await ReadAsync((isPacked ? pdf.AddPacked(5, content) : pdf.AddStream(5, content)).ToArray());

        Assert.That((file.Text?.Trim(), file.Unread), Is.EqualTo(("Invoice 4711 is wrong", (UnreadFile?)null)));
    }

    [Test]
    public async Task Of_many_letters_the_first_are_read()
    {
        var line = $"BT /F1 12 Tf 50 700 Td ({new string('x', 40_000)}) Tj ET";

        var file = await ReadAsync(RawPdf.OfOnePage().AddPacked(5, Encoding.ASCII.GetBytes(line)).ToArray());

        Assert.That(file.Text, Has.Length.InRange(PdfProcess.MostCharacters / 2, PdfProcess.MostCharacters));
    }

    [TestCase("")]
    [TestCase("%PDF-1.7 secret")]
    [TestCase("MZ")]
    public async Task One_that_is_damaged_says_so(string content)
    {
        var file = await ReadAsync(Encoding.Latin1.GetBytes(content));

        Assert.That((file.Text, file.Unread), Is.EqualTo(((string?)null, UnreadFile.Damaged)));
    }

    [Test]
    public async Task One_that_unpacks_to_more_than_there_is_room_for_says_nothing()
    {
        var file = await ReadAsync(RawPdf.OfOnePage().AddPacked(5, new byte[250_000_000], times: 2).ToArray());

        Assert.That(file.Text?.Trim(), Is.Null.Or.Empty);
    }

    [Test]
    public async Task One_that_draws_the_same_again_and_again_ends_with_its_process()
    {
        var file = await ReadAsync(Nested());

        Assert.That((file.Text, file.Unread), Is.EqualTo(((string?)null, UnreadFile.TooMuch)));
    }

    [Test]
    public async Task What_can_not_be_started_fails_nothing()
    {
        using var process = new PdfProcess(new PdfProgram("/no/such/program", []), TimeProvider.System, NullLogger<PdfProcess>.Instance);

        var file = await process.ReadAsync(new HelpdeskAttachment("a.pdf", "application/pdf", 1), new byte[1], CancellationToken.None);

        Assert.That(file.Unread, Is.EqualTo(UnreadFile.Away));
    }

    [Test]
    public async Task Our_secrets_are_not_in_its_surroundings()
    {
        // A shell stands in for the reader and tells what it sees.
        var shell = new PdfProgram("/bin/sh", ["-c", "cat > /dev/null; env"]);
        using var process = new PdfProcess(shell, TimeProvider.System, NullLogger<PdfProcess>.Instance);

        var file = await process.ReadAsync(new HelpdeskAttachment("a.pdf", "application/pdf", 1), new byte[1], CancellationToken.None);

        Assert.That(
            file.Text?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]),
            Is.SubsetOf((string[])["PATH", "PWD", "SHLVL", "_", "DOTNET_ROOT", "TMPDIR", "DOTNET_GCHeapHardLimit", "DOTNET_DbgEnableMiniDump"]));
    }

    /// <summary>Twenty forms, each of which draws the next one ten times.</summary>
    private static byte[] Nested()
    {
        var pdf = RawPdf.OfOnePage(resources: "/Font << /F1 4 0 R >> /XObject << /X 6 0 R >>").AddStream(5, "/X Do"u8.ToArray());
        for (var number = 6; number < 26; number++)
        {
            pdf.AddStream(
                number, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/X Do\n", 10))),
                $"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 4 0 R >> /XObject << /X {number + 1} 0 R >> >>");
        }

        return pdf.AddStream(26, Encoding.ASCII.GetBytes(Line), "/Type /XObject /Subtype /Form /BBox [0 0 600 800]").ToArray();
    }

    private static async Task<HelpdeskAttachment> ReadAsync(byte[] content)
    {
        using var process = new PdfProcess(PdfTextCommand.Program, TimeProvider.System, NullLogger<PdfProcess>.Instance);
        return await process.ReadAsync(new HelpdeskAttachment("bill.pdf", "application/pdf", content.Length), content, CancellationToken.None);
    }
}
