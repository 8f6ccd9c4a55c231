using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Storage;

namespace TicketTriage.Journey;

/// <summary>
/// Looks three times a minute who has gone away, so that what an absent agent has not begun waits for others within a minute: at most
/// <see cref="LookEvery"/> until the look begins, or <see cref="NotBefore"/> more where the process that had the last look died, at most
/// <see cref="Patience"/> until it is known, and then what the helpdesk takes to show the agent's tickets. Each helpdesk's looks go by
/// themselves. In mode <c>agent</c> alone.
/// </summary>
public sealed partial class AbsenceWatch(
    HelpdeskDirectory helpdesks,
    AgentDesk desk,
    AgentRefresh refresh,
    AgentDispatch dispatch,
    CapacityLedger capacity,
    TimeProvider clock,
    ILogger<AbsenceWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    /// <summary>How long one look keeps the other processes from another.</summary>
    private static readonly TimeSpan NotBefore = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(helpdesks.Names.Where(desk.Chooses).Select(name => WatchAsync(name, stoppingToken)));

    private async Task WatchAsync(string name, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var began = clock.GetTimestamp();
                await LookAsync(name, stoppingToken);
                var left = LookEvery - clock.GetElapsedTime(began);
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task LookAsync(string name, CancellationToken stoppingToken)
    {
        try
        {
            if (await capacity.BeginLookAsync(name, clock.GetUtcNow(), NotBefore, stoppingToken)
                && await refresh.NoteAwayAsync(name, Patience, stoppingToken) is { Count: > 0 } gone)
            {
                PassedOn(name, gone.Count, await dispatch.PassOnAsync(name, gone, stoppingToken));
            }
        }
        catch (Exception e) when (
            e is HelpdeskAwayException or HelpdeskRefusedException || (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested))
        {
            // The job of the full minute takes back what could not be looked at.
            NotPassedOn(name, e.Message);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // A loop that ends is silence; what is wrong with one look may not be with the next.
            Unforeseen(e, name);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Helpdesk}: {Agents} agents have gone away, and {Tickets} of their tickets wait for others.")]
    private partial void PassedOn(string helpdesk, int agents, int tickets);

    [LoggerMessage(LogLevel.Warning,
        "{Helpdesk}: what absent agents have could not be passed on; it is tried again within a minute. {Message}")]
    private partial void NotPassedOn(string helpdesk, string message);

    [LoggerMessage(LogLevel.Error, "{Helpdesk}: a look for absent agents failed; the next one comes in a moment.")]
    private partial void Unforeseen(Exception exception, string helpdesk);
}
