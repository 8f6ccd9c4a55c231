namespace TicketTriage.Benchmarks.Processes;

/// <summary>A database and a sandbox helpdesk that run, and a service beside them that can be started as often as is measured.</summary>
internal sealed class MeasuredHouse : IAsyncDisposable
{
    private readonly Uri service;

    private MeasuredHouse(BenchmarkDatabase database, HostProcess sandboxProcess, Uri service)
    {
        Database = database;
        Sandbox = sandboxProcess;
        this.service = service;
    }

    public BenchmarkDatabase Database { get; }

    public HostProcess Sandbox { get; }

    public static async Task<MeasuredHouse> StartAsync(CancellationToken cancellationToken)
    {
        var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        try
        {
            var (service, sandbox) = (HostProcess.FindFreeAddress(), HostProcess.FindFreeAddress());
            string[] command = ["sandbox", "--url", sandbox.ToString(), "--webhook", TriageSettings.WebhookTarget(service).ToString()];
            var process = await HostProcess.StartAsync(
                command, sandbox, "sandbox/tickets", database.Directory, TriageSettings.None, cancellationToken);
            return new MeasuredHouse(database, process, service);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service, with both roles, and returns once it is ready.</summary>
    /// <param name="collector">Where it sends its spans and measurements; <see langword="null"/> for nowhere.</param>
    public Task<HostProcess> StartServiceAsync(Uri? collector, CancellationToken cancellationToken)
    {
        var settings = TriageSettings.Of(service, Sandbox.Address, Database.ConnectionString, Database.Directory);
        if (collector is not null)
        {
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString();
            settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        }

        return HostProcess.StartAsync(
            ["serve", "--role", "all"], service, "health/ready", Database.Directory, settings, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Database.DisposeAsync();
    }
}
