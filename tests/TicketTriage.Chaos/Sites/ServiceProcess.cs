using System.Diagnostics;
using System.Globalization;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Sites;

/// <summary>One process of the product, to be watched, stopped in its tracks and killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PatienceUntilStruck = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(30);

    private readonly Process process;
    private readonly Launch launch;

    private ServiceProcess(Process process, Launch launch)
    {
        this.process = process;
        this.launch = launch;
    }

    public Uri Address => launch.Address;

    public bool HasEnded => process.HasExited;

    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>What the last collection of garbage left; 0 before the first.</summary>
    public async Task<double> ReadHeapMegabytesAsync(CancellationToken cancellationToken)
    {
        const string Heap = "tickettriage_process_heap_bytes ";
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", SiteSettings.OpsKey);
        var page = await http.GetStringAsync("metrics", cancellationToken);
        var line = page.Split('\n').Single(line => line.StartsWith(Heap, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(Heap.Length), CultureInfo.InvariantCulture) / 1048576.0;
    }

    private bool IsStruck => launch.Trapdoor is { } trapdoor && (trapdoor.Stops ? StandsStill() : process.HasExited);

    /// <summary>Returns once a page of it answers, or it was struck before that.</summary>
    /// <param name="launch">What is started, and where.</param>
    /// <exception cref="InvalidOperationException">It has ended, or doesn't answer in time; its last words are in the message.</exception>
    public static async Task<ServiceProcess> StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        var started = Begin(launch);
        try
        {
            await started.WaitForAsync(cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>As by <c>kill -9</c>, or a machine that loses its power.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Lets a process that stands still go on.</summary>
    public Task WakeAsync() => SignalAsync("-CONT");

    /// <summary>Asks it to end, as a service manager does, and waits until it has.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await SignalAsync("-TERM");
        await process.WaitForExitAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Runs what ends by itself.</summary>
    /// <exception cref="InvalidOperationException">It failed; its last words are in the message.</exception>
    public static async Task RunAsync(Launch launch, CancellationToken cancellationToken)
    {
        await using var running = Begin(launch);
        await running.process.WaitForExitAsync(cancellationToken);
        if (running.process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', launch.Arguments)} failed. It wrote:\n{await running.LastWordsAsync(cancellationToken)}");
        }
    }

    /// <summary>Returns when its trapdoor has opened: it was killed, or stands still.</summary>
    /// <exception cref="InvalidOperationException">It never came to the point.</exception>
    public async Task WaitUntilStruckAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!IsStruck)
        {
            if (TimeProvider.System.GetElapsedTime(began) > PatienceUntilStruck)
            {
                throw new InvalidOperationException("A worker never came to the point where it was to be struck.");
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var sent = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await sent.WaitForExitAsync();
    }

    private static ServiceProcess Begin(Launch launch)
    {
        // The shell opens the log, so that it goes on being written whatever becomes of us.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "log=$1; shift; exec \"$@\" >> \"$log\" 2>&1 < /dev/null", "sh", launch.Log, "dotnet", launch.Program, .. launch.Arguments])
        {
            // A configuration file that lies in ours must not change what is tried.
            WorkingDirectory = launch.Directory,
            UseShellExecute = false,
        };
        foreach (var (key, value) in launch.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        // Most of these processes live for seconds: what prepares a better compilation for later, or guards its pages, would be most of what they do.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "200";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        launch.Trapdoor?.WriteTo(start.Environment);
        var started = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        return new ServiceProcess(started, launch);
    }

    private async Task WaitForAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(http, launch.Page, cancellationToken))
        {
            if (IsStruck)
            {
                return;
            }

            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > PatienceAtStart)
            {
                throw new InvalidOperationException($"Nothing answers at {Address}{launch.Page}. It wrote:\n{await LastWordsAsync(cancellationToken)}");
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string page, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(page, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Not listening yet.
            return false;
        }
    }

    private async Task<string> LastWordsAsync(CancellationToken cancellationToken) =>
        string.Join('\n', (await File.ReadAllLinesAsync(launch.Log, cancellationToken)).TakeLast(20));

    /// <summary>The letter after the name in brackets is T for a stopped process (proc(5)).</summary>
    private bool StandsStill()
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process.Id}/stat");
            return line[line.LastIndexOf(')') + 2] == 'T';
        }
        catch (IOException)
        {
            // It has ended since it was asked.
            return false;
        }
    }
}

/// <summary>How a process is started.</summary>
/// <param name="Program">The assembly that <c>dotnet</c> runs.</param>
/// <param name="Page">The page that answers once it is up, below <paramref name="Address"/>.</param>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments, Uri Address, string Page, string Directory, string Log)
{
    /// <summary>Given by the environment, since anybody may read a command line.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public Trapdoor? Trapdoor { get; init; }
}
