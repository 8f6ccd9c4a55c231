using System.Globalization;
using Npgsql;
using TicketTriage.Insights;
using TicketTriage.Intake;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work. A line for each part.</summary>
internal static class HealthDoor
{
    /// <summary>A load balancer asks often; a database that needs longer than this is as good as away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What a helpdesk failed with is told for so long; another failure tells it anew.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("process: ok\n")).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(
        NpgsqlDataSource database,
        HelpdeskFailures failures,
        IServiceProvider services,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // Only web processes take deliveries in.
        string[] intake = services.GetService<IntakeWatch>() is { } watch ? [$"intake: {watch.Refusal ?? "ok"}"] : [];
        using var limit = new CancellationTokenSource(Patience, clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var queue = await QueueState.ReadAsync(database, asking.Token);
            var months = await DecisionMonths.CountAheadAsync(database, asking.Token);
            var failed = await failures.ListSinceAsync(Recent, asking.Token);
            return Say(
            [
                "database: ok",
                .. intake,
                failed.Count == 0 ? "helpdesks: ok" : $"helpdesks: {string.Join(", ", failed)}; /connections says whose",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"queue: {queue.Waiting} waiting, the oldest for {queue.OldestWait.TotalSeconds:0} s, {queue.UnderWay} under way, {queue.Later} to be tried again"),
                string.Create(CultureInfo.InvariantCulture, $"parked: {queue.Parked}"),
                string.Create(CultureInfo.InvariantCulture, $"decisions: {months} months ahead{(months == 0 ? ", run the job make-months" : "")}"),
            ]);
        }
        catch (Exception e) when (
            e is NpgsqlException || DatabaseAway.IsCause(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Say([$"database: {Why(e)}", .. intake], StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Say(IEnumerable<string> lines, int? status = null) =>
        Results.Text($"process: ok\n{string.Concat(lines.Select(line => $"{line}\n"))}", statusCode: status);

    /// <summary>Anybody may ask, so that it names neither hosts nor helpdesks.</summary>
    private static string Why(Exception e) => e switch
    {
        PostgresException { SqlState: "28P01" or "28000" } => "away, it refuses the user or the password",
        PostgresException { SqlState: "3D000" } => "away, the server has no such database",
        PostgresException refused => $"away, it answers with code {refused.SqlState}",
        OperationCanceledException or TimeoutException => string.Create(
            CultureInfo.InvariantCulture, $"away, no answer within {Patience.TotalSeconds:0} s"),
        _ => "away, it can't be reached",
    };
}
