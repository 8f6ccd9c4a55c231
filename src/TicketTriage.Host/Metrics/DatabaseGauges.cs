using System.Diagnostics.Metrics;
using Npgsql;
using TicketTriage.Escalations;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// What stands in the database and not in this process: how the queue stands, what waits for people. Every process tells the same. While
/// the database is away there is nothing to tell but that.
/// </summary>
internal sealed class DatabaseGauges : IDisposable
{
    public const string MeterName = "TicketTriage.Database";

    private const string DatabaseUp = "tickettriage_database_up";

    /// <summary>Whoever asks has a limit too, and wants the rest in any case.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly (string Name, Func<Look, double> Read)[] Gauges =
    [
        ("tickettriage_queue_waiting", look => look.Queue.Waiting),
        ("tickettriage_queue_oldest_wait_seconds", look => look.Queue.OldestWait.TotalSeconds),
        ("tickettriage_queue_under_way", look => look.Queue.UnderWay),
        ("tickettriage_queue_later", look => look.Queue.Later),
        ("tickettriage_parked", look => look.Queue.Parked),
        ("tickettriage_decision_months_ahead", look => look.MonthsAhead),
        ("tickettriage_escalations_open", look => look.Unanswered.Count),
        ("tickettriage_escalations_unanswered_seconds", look => look.Unanswered.Longest.TotalSeconds),
    ];

    private readonly Meter meter = new(MeterName);
    private readonly NpgsqlDataSource database;
    private readonly TimeProvider clock;
    private volatile Look? last;

    public DatabaseGauges(NpgsqlDataSource database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        meter.CreateObservableGauge(DatabaseUp, () => last is null ? 0d : 1d);
        foreach (var (name, read) in Gauges)
        {
            meter.CreateObservableGauge(name, () => last is { } look ? [new Measurement<double>(read(look))] : Array.Empty<Measurement<double>>());
        }
    }

    /// <summary>Looks into the database.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Look? seen = null;
        await DatabaseAway.IsAnsweredAsync(async token => seen = await LookAsync(token), Patience, clock, cancellationToken);
        last = seen;
    }

    /// <summary>What was seen last.</summary>
    public IEnumerable<(string Name, double Value)> List() =>
        last is { } look
            ? Gauges.Select(gauge => (gauge.Name, gauge.Read(look))).Prepend((DatabaseUp, 1))
            : [(DatabaseUp, 0)];

    public void Dispose() => meter.Dispose();

    private async Task<Look> LookAsync(CancellationToken cancellationToken) => new(
        await QueueState.ReadAsync(database, cancellationToken),
        await DecisionMonths.CountAheadAsync(database, cancellationToken),
        await OpenEscalations.ReadAsync(database, cancellationToken));

    private sealed record Look(QueueState Queue, int MonthsAhead, OpenEscalations Unanswered);
}
