using System.Diagnostics;
using TicketTriage.Host.Tests.Commands;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>A script of the operator's, run by bash as it stands.</summary>
internal static class Script
{
    public static async Task<HostRun> RunAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HostRun(process.ExitCode, output.TrimEnd(), (await errors).TrimEnd());
    }

    /// <summary>Puts a program into the folder that stands in for another while the folder comes first in PATH.</summary>
    public static async Task AddProgramAsync(this TemporaryFolder folder, string name, string script)
    {
        var path = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(path, $"#!/usr/bin/env bash\n{script}\n");
        using var chmod = Process.Start("chmod", ["+x", path]);
        await chmod.WaitForExitAsync();
    }
}
