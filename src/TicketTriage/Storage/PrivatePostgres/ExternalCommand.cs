using System.Diagnostics;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>A program of the machine, run to its end.</summary>
internal static class ExternalCommand
{
    /// <param name="commandLine">The program and its arguments.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <returns>What it answered; exit code 127 where the machine has no such program, as a shell would say.</returns>
    public static async Task<CommandAnswer> RunAsync(IReadOnlyList<string> commandLine, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(commandLine) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new CommandAnswer(127, e.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandAnswer(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>All three streams are taken: a server that inherited ours would hold them open after our end.</summary>
    public static ProcessStartInfo Describe(IReadOnlyList<string> commandLine)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The account that runs the server may not enter ours.
            WorkingDirectory = "/",
        };
        // Messages are searched for English words, and on macOS the server won't start without a locale.
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}

/// <param name="ExitCode">Zero where all went well.</param>
/// <param name="Text">What the program wrote, errors last.</param>
internal sealed record CommandAnswer(int ExitCode, string Text)
{
    public bool IsSuccess => ExitCode == 0;
}
