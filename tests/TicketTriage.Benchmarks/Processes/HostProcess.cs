using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>The built service, or another of its commands, as a process of its own, so that its processor time is its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int LinesKept = 40;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TicketTriage.Host.dll");
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PatienceAtStop = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly Queue<string> lastLines = [];

    private HostProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan ProcessorTime => Processes.ProcessorTime.Of(process.Id);

    /// <summary>Memory in use that lies in RAM, in millions of bytes.</summary>
    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Returns once a page of it answers.</summary>
    /// <param name="address">Where it is told to listen.</param>
    /// <param name="page">The page, below <paramref name="address"/>.</param>
    /// <param name="directory">Its working directory: a configuration file that lies in ours must not change what is measured.</param>
    /// <param name="settings">Given by the environment, since anybody may read a command line.</param>
    /// <exception cref="InvalidOperationException">It has ended, or doesn't answer in time; the message has its last words.</exception>
    public static async Task<HostProcess> StartAsync(
        string[] commandLine, Uri address, string page, string directory, IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken)
    {
        var started = Start(commandLine, address, directory, settings);
        try
        {
            await started.WaitForAsync(page, cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of its commands to the end.</summary>
    /// <returns>How long that took, the start of the process included.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its last words.</exception>
    public static async Task<TimeSpan> RunAsync(
        string[] commandLine, string directory, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var ran = Start(commandLine, FindFreeAddress(), directory, settings);
        using var process = ran.process;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? TimeProvider.System.GetElapsedTime(began)
            : throw new InvalidOperationException($"{string.Join(' ', commandLine)} ended with {process.ExitCode}: {ran.LastWords()}");
    }

    /// <summary>An address on loopback where nobody listens.</summary>
    public static Uri FindFreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public string LastWords()
    {
        lock (lastLines)
        {
            return string.Join('\n', lastLines);
        }
    }

    /// <summary>Stops it as a service manager would. Where it has ended by itself, says so: that is why the benchmark failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process.HasExited)
        {
            await Console.Error.WriteLineAsync($"What ran at {Address} ended by itself with {process.ExitCode}: {LastWords()}");
        }
        else
        {
            using var asked = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await asked.WaitForExitAsync();
            using var patience = new CancellationTokenSource(PatienceAtStop, TimeProvider.System);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private static HostProcess Start(string[] commandLine, Uri address, string directory, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. commandLine])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var started = new HostProcess(new Process { StartInfo = start }, address);
        started.process.OutputDataReceived += started.Keep;
        started.process.ErrorDataReceived += started.Keep;
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    private async Task WaitForAsync(string page, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(http, page, cancellationToken))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > PatienceAtStart)
            {
                throw new InvalidOperationException($"Nothing answers at {Address}{page}. The process wrote:\n{LastWords()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string page, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(page, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (lastLines)
        {
            lastLines.Enqueue(line.Data ?? "");
            if (lastLines.Count > LinesKept)
            {
                lastLines.Dequeue();
            }
        }
    }
}
