using System.CommandLine;
using System.Text;
using TicketTriage.Reading;

namespace TicketTriage.Host.Commands;

/// <summary><c>pdf-text</c>: reads one PDF from its input and writes the text. The service starts it for each attached PDF.</summary>
internal static class PdfTextCommand
{
    private const string Name = "pdf-text";
    private const int NotReadable = 3;

    /// <summary>How the service starts it: with the runtime that it runs on itself.</summary>
    public static PdfProgram Program { get; } = new(
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath ?? "dotnet" : "dotnet",
        [typeof(PdfTextCommand).Assembly.Location, Name]);

    public static Command Create()
    {
        var command = new Command(Name, "Reads a PDF from the input and writes its text.") { Hidden = true };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(content, cancellationToken);
        try
        {
            var text = PdfText.Read(content.ToArray(), PdfProcess.MostCharacters);
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // How a reader fails on hostile bytes nobody can list.
            return NotReadable;
        }
    }
}
