using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;

namespace TicketTriage.Reading;

/// <summary>
/// Reads PDFs of strangers in a process of its own, one for each, with little memory and time, and none of our secrets in its surroundings:
/// what goes wrong in there ends that process alone.
/// </summary>
/// <param name="program">What reads a PDF from its input and writes the text.</param>
public sealed partial class PdfProcess(PdfProgram program, TimeProvider clock, ILogger<PdfProcess> logger) : IDisposable
{
    /// <summary>Characters of the answer that are read.</summary>
    public const int MostCharacters = 16_000;

    /// <summary>The runtime's limit for objects in memory, in hexadecimal: 192 MB. An ordinary invoice takes a tenth of it.</summary>
    private const string MostMemory = "0xC000000";

    private const int AtOnce = 2;

    /// <summary>An exit code beyond was a signal: out of memory, out of stack.</summary>
    private const int LastOwnCode = 127;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(AtOnce);

    /// <returns>The file with its text, or with the reason why it has none.</returns>
    public async Task<HelpdeskAttachment> ReadAsync(HelpdeskAttachment file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var (text, unread) = await RunAsync(content, cancellationToken);
            return file with { Content = null, Text = text, Unread = unread };
        }
        catch (Win32Exception e)
        {
            NotStarted(program.File, e.Message);
            return file with { Content = null, Unread = UnreadFile.Away };
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<(string? Text, UnreadFile? Unread)> RunAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alarm.Token);
        using var process = new Process { StartInfo = Describe() };
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            var answer = ReadAnswerAsync(process.StandardOutput, either.Token);
            await GiveAsync(process.StandardInput, content, either.Token);
            var text = await answer;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode switch
            {
                0 => (text, null),
                > LastOwnCode => (null, UnreadFile.TooMuch),
                _ => (null, UnreadFile.Damaged),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, UnreadFile.TooMuch);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo Describe()
    {
        var start = new ProcessStartInfo(program.File, program.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var kept = start.Environment.Where(variable => variable.Key is "PATH" or "DOTNET_ROOT" or "TMPDIR" or "SystemRoot").ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = MostMemory;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    private static async Task GiveAsync(StreamWriter input, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await input.BaseStream.WriteAsync(content, cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }

    private static async Task<string> ReadAnswerAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var buffer = new char[MostCharacters];
        var count = await output.ReadBlockAsync(buffer, cancellationToken);
        return new string(buffer, 0, count);
    }

    [LoggerMessage(LogLevel.Warning, "{Program} could not be started to read a PDF: {Reason}")]
    private partial void NotStarted(string program, string reason);
}

/// <summary>What reads a PDF: its exit code is 0 where it could.</summary>
public sealed record PdfProgram(string File, IReadOnlyList<string> Arguments);
