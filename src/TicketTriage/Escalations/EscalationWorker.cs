using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.Storage;

namespace TicketTriage.Escalations;

/// <summary>
/// Asks every second what is due, so that a level hears of a ticket when it is and not at the next full minute, and begins what has work:
/// each channel, and each helpdesk's questions and notes, in a lane of its own. A mail server that swallows every call holds up neither the
/// next look nor a chat, and a helpdesk that does holds up no other's questions and notes. The recurring job does the same; whoever comes
/// first does it.
/// </summary>
/// <remarks>
/// It asks and is not rung for: a ring would have to come with each commit that makes something due, which then wait for each other, and one
/// that is lost would be a level that nobody hears of.
/// </remarks>
public sealed partial class EscalationWorker(
    EscalationWatch watch,
    NoticeCourier courier,
    HelpdeskDirectory helpdesks,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<EscalationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>For what a process or a configuration left behind: nobody waits for it by the second.</summary>
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Lane[] deliveries =
        [
            .. NoticeCourier.Messages.Select(channel => new Lane(
                due => due.Messages.Contains(channel), cancellationToken => courier.DeliverAsync(channel, cancellationToken))),
            .. helpdesks.Names.Select(name => new Lane(
                due => due.Notes.Contains(name), cancellationToken => courier.WriteNotesAsync(name, cancellationToken))),
        ];
        Lane[] lanes =
        [
            new Lane(_ => true, watch.PrepareAsync),
            new Lane(due => due.HasLooks, cancellationToken => LookAsync(watch.LookAtReadyAsync, deliveries, cancellationToken)),
            .. helpdesks.Names.Select(name => new Lane(
                due => due.ToAsk.Contains(name),
                cancellationToken => LookAsync(token => watch.AskAndLookAsync(name, token), deliveries, cancellationToken))),
            .. deliveries,
        ];

        await TryAsync(watch.PrepareAsync, stoppingToken);
        await Task.WhenAll(
            RepeatAsync(cancellationToken => BeginDueAsync(lanes, cancellationToken), AskEvery, stoppingToken),
            RepeatAsync(courier.TellOfLostAsync, TidyEvery, stoppingToken),
            RepeatAsync(courier.DropNotesOfUnknownAsync, TidyEvery, stoppingToken));
        await Task.WhenAll(lanes.Select(lane => lane.UnderWay));
    }

    private async Task BeginDueAsync(IReadOnlyList<Lane> lanes, CancellationToken cancellationToken)
    {
        var due = await DueWork.ReadAsync(database, helpdesks.Names, clock.GetUtcNow(), cancellationToken);
        foreach (var lane in lanes.Where(lane => lane.IsDue(due)))
        {
            lane.Begin(work => TryAsync(work, cancellationToken));
        }
    }

    /// <summary>What people are to be told goes out as soon as the look that found it has ended.</summary>
    private async Task LookAsync(Func<CancellationToken, Task<int>> look, IReadOnlyList<Lane> deliveries, CancellationToken cancellationToken)
    {
        if (await look(cancellationToken) > 0)
        {
            await BeginDueAsync(deliveries, cancellationToken);
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, TimeSpan every, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(work, stoppingToken);
            await TryAsync(cancellationToken => Task.Delay(every, clock, cancellationToken), stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested)
        {
            NoDatabase(e.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever looks next goes on.
        }
        catch (Exception e)
        {
            // A loop that ends is silence; what is wrong with one look or message may not be with the next.
            Unforeseen(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away ({Message}); escalations are looked at again in a moment.")]
    private partial void NoDatabase(string message);

    [LoggerMessage(LogLevel.Error, "A look at the escalations, or a delivery, failed; it is tried again in a moment.")]
    private partial void Unforeseen(Exception exception);

    /// <summary>Work of one kind. While it is under way it isn't begun again, and nothing else waits for it.</summary>
    private sealed class Lane(Func<DueWork, bool> isDue, Func<CancellationToken, Task> work)
    {
        private readonly Lock gate = new();

        public Task UnderWay { get; private set; } = Task.CompletedTask;

        public bool IsDue(DueWork due) => isDue(due);

        public void Begin(Func<Func<CancellationToken, Task>, Task> runAsync)
        {
            lock (gate)
            {
                if (UnderWay.IsCompleted)
                {
                    UnderWay = runAsync(work);
                }
            }
        }
    }
}
