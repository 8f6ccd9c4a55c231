using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>The executable as its users run it, in a process and a folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>
    /// What the service learns at its first start, a matter of seconds of all processors: learnt once for each build, and lent to each process
    /// that would learn it again.
    /// </summary>
    private static readonly string LearntModels = Path.Combine(AppContext.BaseDirectory, "learnt-models");

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly ConcurrentQueue<string> errors = [];

    private HostProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line);
        process.ErrorDataReceived += (_, line) => Keep(errors, line);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Beside what every process has.</param>
    public static HostProcess Start(TemporaryFolder folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(House).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSettingOfHost).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (arguments is [] or ["serve" or "demo", ..])
        {
            LendModels(Path.Combine(folder.Path, environment.GetValueOrDefault("DataDirectory", "data")));
        }

        return new HostProcess(Process.Start(start) ?? throw new InvalidOperationException("The executable did not start."));
    }

    /// <summary>Runs a command that ends by itself.</summary>
    public static async Task<HostRun> RunAsync(
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken,
        params string[] arguments)
    {
        await using var host = Start(folder, environment, arguments);
        return await host.WaitForEndAsync(cancellationToken);
    }

    /// <summary>Waits for a line that has this in it, and returns what follows.</summary>
    public async Task<string> WaitForLineAsync(string beginning, CancellationToken cancellationToken)
    {
        var line = await Eventually.GetAsync(
            () => Task.FromResult(output.FirstOrDefault(line => line.Contains(beginning, StringComparison.Ordinal))),
            line => line is not null || process.HasExited,
            cancellationToken);
        return line?[(line.IndexOf(beginning, StringComparison.Ordinal) + beginning.Length)..].Trim()
            ?? throw new InvalidOperationException($"It ended before it said '{beginning}': {string.Join('\n', errors)}");
    }

    /// <summary>Asks it to stop, as an administrator or a container does.</summary>
    public async Task<HostRun> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await WaitForEndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // Left to itself it would stop its private database first, and so leave nothing behind.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await Task.WhenAny(StopAsync(patience.Token), Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, patience.Token));
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private async Task<HostRun> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new HostRun(process.ExitCode, string.Join('\n', output), string.Join('\n', errors));
    }

    private static void LendModels(string dataDirectory)
    {
        var place = Path.Combine(dataDirectory, "models");
        if (!Directory.Exists(place))
        {
            Directory.CreateDirectory(dataDirectory);
            Directory.CreateDirectory(LearntModels);
            Directory.CreateSymbolicLink(place, LearntModels);
        }
    }

    private static bool IsSettingOfHost(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_ENVIRONMENT" or "URLS" or "DataDirectory";

    private static void Keep(ConcurrentQueue<string> lines, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            lines.Enqueue(text);
        }
    }
}

/// <summary>What came of a process.</summary>
internal sealed record HostRun(int ExitCode, string Output, string Errors)
{
    /// <summary>For a failed expectation.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
