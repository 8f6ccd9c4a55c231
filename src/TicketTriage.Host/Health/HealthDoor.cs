using System.Globalization;
using Npgsql;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work. A line for each part.</summary>
internal static class HealthDoor
{
    /// <summary>A load balancer asks often; a database that needs longer than this is as good as away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("process: ok\n")).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var queue = await QueueState.ReadAsync(database, asking.Token);
            var months = await DecisionMonths.CountAheadAsync(database, asking.Token);
            return Results.Text(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                process: ok
                database: ok
                queue: {queue.Waiting} waiting, the oldest for {queue.OldestWait.TotalSeconds:0} s, {queue.UnderWay} under way, {queue.Later} to be tried again
                parked: {queue.Parked}
                decisions: {months} months ahead{(months == 0 ? ", run the job make-months" : "")}

                """));
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Results.Text("process: ok\ndatabase: away\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
