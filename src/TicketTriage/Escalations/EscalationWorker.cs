using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.Storage;

namespace TicketTriage.Escalations;

/// <summary>
/// Looks every second, so that a level hears of a ticket when it is due and not at the next full minute, and delivers beside that, each
/// channel in a loop of its own: a mail server that swallows every call holds up neither the next look nor a chat, and a helpdesk that does
/// holds up no other's questions and notes. The recurring job does the same; whoever comes first does it.
/// </summary>
public sealed partial class EscalationWorker(
    EscalationWatch watch, NoticeCourier courier, HelpdeskDirectory helpdesks, TimeProvider clock, ILogger<EscalationWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>For what a process or a configuration left behind: nobody waits for it by the second.</summary>
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(watch.PrepareAsync, stoppingToken);
        await Task.WhenAll(
        [
            RepeatAsync(LookAtReadyAsync, LookEvery, stoppingToken),
            RepeatAsync(courier.TellOfLostAsync, TidyEvery, stoppingToken),
            RepeatAsync(courier.DropNotesOfUnknownAsync, TidyEvery, stoppingToken),
            .. NoticeCourier.Messages.Select(channel =>
                RepeatAsync(cancellationToken => courier.DeliverAsync(channel, cancellationToken), LookEvery, stoppingToken)),
            .. helpdesks.Names.Select(name =>
                RepeatAsync(cancellationToken => watch.AskAndLookAsync(name, cancellationToken), LookEvery, stoppingToken)),
            .. helpdesks.Names.Select(name =>
                RepeatAsync(cancellationToken => courier.WriteNotesAsync(name, cancellationToken), LookEvery, stoppingToken)),
        ]);
    }

    private async Task LookAtReadyAsync(CancellationToken cancellationToken)
    {
        await watch.PrepareAsync(cancellationToken);
        await watch.LookAtReadyAsync(cancellationToken);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, TimeSpan every, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TryAsync(work, stoppingToken);
                await Task.Delay(every, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever looks next goes on.
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
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A loop that ends is silence; what is wrong with one look or message may not be with the next.
            Unforeseen(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away ({Message}); escalations are looked at again in a moment.")]
    private partial void NoDatabase(string message);

    [LoggerMessage(LogLevel.Error, "A look at the escalations, or a delivery, failed; it is tried again in a moment.")]
    private partial void Unforeseen(Exception exception);
}
