using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

/// <summary>The real registration, connected to a scripted Zendesk, under a clock that stands still.</summary>
internal sealed class ConnectedZendesk : IAsyncDisposable
{
    private readonly IHost host;
    private readonly RecordedLog log;

    private ConnectedZendesk(IHost host, ScriptedZendesk zendesk, ManualClock clock, RecordedLog log)
    {
        this.host = host;
        this.log = log;
        Zendesk = zendesk;
        Clock = clock;
        Connected = host.Services.GetRequiredService<HelpdeskDirectory>().Find("acme")
            ?? throw new InvalidOperationException("The helpdesk acme was not connected.");
    }

    public ManualClock Clock { get; }

    public ScriptedZendesk Zendesk { get; }

    public ConnectedHelpdesk Connected { get; }

    public IHelpdesk Helpdesk => Connected.Helpdesk;

    public IHelpdeskPeople People => Connected.People;

    public IHelpdeskServiceLevels ServiceLevels => Connected.ServiceLevels;

    public IHelpdeskKnowledge Knowledge => Connected.Knowledge;

    public IHelpdeskSetup Setup => Connected.Setup;

    public IHelpdeskHistory History => Connected.History;

    public IReadOnlyList<string> Warnings => [.. log.Warnings];

    /// <param name="settings">Keys below <c>Helpdesks:acme</c>; without a <c>ClientId</c> or <c>Email</c> it has OAuth credentials.</param>
    public static async Task<ConnectedZendesk> StartAsync(params (string Key, string Value)[] settings)
    {
        var zendesk = await ScriptedZendesk.StartAsync();
        var clock = new ManualClock();
        var recorded = new RecordedLog();

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var keys = new Dictionary<string, string?>
        {
            ["Helpdesks:acme:Kind"] = "Zendesk",
            ["Helpdesks:acme:BaseUrl"] = zendesk.Address.ToString(),
            ["Helpdesks:acme:WebhookSecret"] = "a secret",
        };
        foreach (var (key, value) in settings)
        {
            keys[$"Helpdesks:acme:{key}"] = value;
        }

        if (!keys.ContainsKey("Helpdesks:acme:Email"))
        {
            keys["Helpdesks:acme:ClientId"] = "triage";
            keys["Helpdesks:acme:ClientSecret"] = "client secret";
        }

        builder.Configuration.AddInMemoryCollection(keys);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Logging.AddProvider(recorded);
        builder.AddHelpdesks();
        return new ConnectedZendesk(builder.Build(), zendesk, clock, recorded);
    }

    /// <summary>Hears of each warning that this connection alone counts.</summary>
    public MeterListener ListenToWarnings(Action<long> onCounted)
    {
        var meter = host.Services.GetRequiredService<HelpdeskMeter>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == meter)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => onCounted(count));
        listener.Start();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await Zendesk.DisposeAsync();
    }

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Warnings { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Warnings.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose() { }
    }
}
