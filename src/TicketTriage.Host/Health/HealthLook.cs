using System.Globalization;
using Npgsql;
using TicketTriage.Insights;
using TicketTriage.Intake;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Health;

/// <summary>Looks whether the service can do its work, for load balancers and for the page of those who run it.</summary>
/// <param name="intakes">Only web processes take deliveries in; the others have none.</param>
internal sealed class HealthLook(
    NpgsqlDataSource database, HelpdeskFailures failures, IEnumerable<IntakeWatch> intakes, TimeProvider clock)
{
    /// <summary>A load balancer asks often; a database that needs longer than this is as good as away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What a helpdesk failed with is told for so long; another failure tells it anew.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    public async Task<HealthReport> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<HealthLine> intake =
            [.. intakes.Select(watch => new HealthLine("intake", watch.Refusal ?? "ok") { IsBad = watch.Refusal is not null })];
        using var limit = new CancellationTokenSource(Patience, clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var queue = await QueueState.ReadAsync(database, asking.Token);
            var months = await DecisionMonths.CountAheadAsync(database, asking.Token);
            var failed = await failures.ListSinceAsync(Recent, asking.Token);
            return new HealthReport(
                IsReady: true,
                [
                    new("database", "ok"),
                    .. intake,
                    new("helpdesks", failed.Count == 0 ? "ok" : "{0}; /connections says whose", string.Join(", ", failed))
                    {
                        Failures = failed,
                        IsBad = failed.Count > 0,
                    },
                    new(
                        "queue",
                        "{0} waiting, the oldest for {1} s, {2} under way, {3} to be tried again",
                        queue.Waiting,
                        Math.Round(queue.OldestWait.TotalSeconds, MidpointRounding.AwayFromZero),
                        queue.UnderWay,
                        queue.Later),
                    new("parked", "{0}", queue.Parked) { IsBad = queue.Parked > 0 },
                    new("decisions", months == 0 ? "{0} months ahead, run the job make-months" : "{0} months ahead", months)
                    {
                        IsBad = months == 0,
                    },
                ]);
        }
        catch (Exception e) when (
            e is NpgsqlException || DatabaseAway.IsCause(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HealthReport(IsReady: false, [Why(e), .. intake]);
        }
    }

    /// <summary>Anybody may ask, so that it names neither hosts nor helpdesks.</summary>
    private static HealthLine Why(Exception e) => e switch
    {
        PostgresException { SqlState: "28P01" or "28000" } => Away("away, it refuses the user or the password"),
        PostgresException { SqlState: "3D000" } => Away("away, the server has no such database"),
        PostgresException refused => Away("away, it answers with code {0}", refused.SqlState),
        OperationCanceledException or TimeoutException => Away("away, no answer within {0} s", Patience.TotalSeconds),
        _ => Away("away, it can't be reached"),
    };

    private static HealthLine Away(string text, params IReadOnlyList<object> values) => new("database", text, [.. values]) { IsBad = true };
}

/// <summary>How the service stands, a line for each part.</summary>
/// <param name="IsReady">Depends on the database alone: without it nothing can be done, and all else passes.</param>
public sealed record HealthReport(bool IsReady, IReadOnlyList<HealthLine> Lines);

/// <summary>How one part stands.</summary>
/// <param name="Text">In English, with <c>{0}</c>, <c>{1}</c> in the places of the values.</param>
public sealed record HealthLine(string Part, string Text, params IReadOnlyList<object> Values)
{
    /// <summary>How helpdesks failed lately, as <see cref="HelpdeskFailure.Kind"/> has it.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>Somebody has to see to it.</summary>
    public bool IsBad { get; init; }

    public override string ToString() => $"{Part}: {string.Format(CultureInfo.InvariantCulture, Text, [.. Values])}";
}
