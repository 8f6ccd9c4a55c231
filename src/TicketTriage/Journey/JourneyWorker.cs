using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Storage;
using TicketTriage.Tickets;

namespace TicketTriage.Journey;

/// <summary>
/// Claims waiting tickets and takes each on its way. Whatever happens on the way, the claim ends here: finished, given back to be
/// tried again, or parked for a person with the reason.
/// </summary>
public sealed partial class JourneyWorker(
    TicketQueue queue,
    WorkBell bell,
    TicketJourney journey,
    JourneyMeter meter,
    IOptions<JourneyOptions> options,
    TimeProvider clock,
    ILogger<JourneyWorker> logger) : BackgroundService
{
    /// <summary>Tries of a ticket whose failure nobody has an explanation for; more would only repeat it.</summary>
    private const int MostUnexplained = 5;

    private static readonly TimeSpan PauseWithoutDatabase = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.Value.Workers);
        var underWay = new HashSet<Task>();
        var listening = bell.ListenAsync(stoppingToken);
        try
        {
            while (true)
            {
                await places.WaitAsync(stoppingToken);
                places.Release();
                underWay.RemoveWhere(task => task.IsCompleted);

                var claimed = await ClaimAsync(places.CurrentCount, stoppingToken);
                foreach (var claim in claimed)
                {
                    await places.WaitAsync(stoppingToken);
                    underWay.Add(RunAsync(claim, places, stoppingToken));
                }

                if (claimed.Count == 0)
                {
                    await bell.WaitAsync(options.Value.LookEvery, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(underWay);
            await listening;
        }
    }

    private async Task<IReadOnlyList<ClaimedTicket>> ClaimAsync(int most, CancellationToken stoppingToken)
    {
        try
        {
            return await queue.ClaimAsync(most, stoppingToken);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested)
        {
            NoDatabase(e.Message);
            await Task.Delay(PauseWithoutDatabase, clock, stoppingToken);
            return [];
        }
    }

    private async Task RunAsync(ClaimedTicket claim, SemaphoreSlim places, CancellationToken stoppingToken)
    {
        var began = clock.GetTimestamp();
        var end = "dropped";
        try
        {
            end = await RunAsync(claim, stoppingToken);
        }
        catch (LeaseLostException e)
        {
            LeaseLost(e.Message);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            // Nothing could be saved; the lease ends by itself and the ticket is claimed again.
            NotSaved(claim.Id, e.Message);
        }
        finally
        {
            meter.Ended(claim.Id.Helpdesk, end, clock.GetElapsedTime(began));
            places.Release();
        }
    }

    /// <returns>What became of it, for the count.</returns>
    private async Task<string> RunAsync(ClaimedTicket claim, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(TicketQueue.WorkLimit, clock);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            await journey.RunAsync(claim, work.Token);
            return "finished";
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await queue.GiveBackAsync(claim, CancellationToken.None);
            return "given_back";
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return await TryAgainAsync(claim, null, "It took longer than a journey may take.");
        }
        catch (HelpdeskAwayException e) when (e is { AsksToSlowDown: true, RetryAfter: { } wait })
        {
            // Neither a failure of the ticket's nor a sign that the helpdesk is away: exactly then, and no count.
            await queue.PostponeAsync(claim, wait, e.Message, CancellationToken.None);
            return "put_off";
        }
        catch (HelpdeskAwayException e)
        {
            return await TryAgainAsync(claim, e.RetryAfter, e.Message);
        }
        catch (HelpdeskRefusedException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // The credentials are at fault, not the ticket: it waits until somebody has mended them.
            AccessRefused(claim.Id, e.Message);
            return await TryAgainAsync(claim, null, e.Message);
        }
        catch (HelpdeskRefusedException e)
        {
            return await ParkAsync(claim, e.Message);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            await GiveBackWhenBackAsync(claim, e);
            return "given_back";
        }
        catch (Exception e) when (e is not LeaseLostException)
        {
            Unexplained(e, claim.Id);
            var reason = $"Something unforeseen happened ({e.GetType().Name}); the log of this time has the details.";
            return await (claim.Failures + 1 < MostUnexplained ? TryAgainAsync(claim, null, reason) : ParkAsync(claim, reason));
        }
    }

    private async Task<string> TryAgainAsync(ClaimedTicket claim, TimeSpan? asked, string reason)
    {
        var delay = RetryDelay.After(options.Value.FirstRetry, claim.Failures, asked, Random.Shared.NextDouble());
        if (await queue.RetryAsync(claim, delay, reason, CancellationToken.None))
        {
            Parked(claim.Id, reason);
            return "parked";
        }

        Retrying(claim.Id, delay, reason);
        return "retry";
    }

    private async Task<string> ParkAsync(ClaimedTicket claim, string reason)
    {
        await queue.FinishAsync(claim, TicketOutcome.Parked, reason, stamp: null, contentHash: null, CancellationToken.None);
        Parked(claim.Id, reason);
        return "parked";
    }

    /// <summary>
    /// A database that was away in the middle is no fault of the ticket's: its claim is given back as soon as the database answers,
    /// so that it is not counted among those that killed their worker.
    /// </summary>
    private async Task GiveBackWhenBackAsync(ClaimedTicket claim, Exception cause)
    {
        NotSaved(claim.Id, cause.Message);
        var until = clock.GetUtcNow() + TicketQueue.WorkLimit;
        while (true)
        {
            await Task.Delay(PauseWithoutDatabase, clock, CancellationToken.None);
            try
            {
                await queue.GiveBackAsync(claim, CancellationToken.None);
                return;
            }
            catch (Exception e) when (DatabaseAway.IsCause(e) && clock.GetUtcNow() < until)
            {
                NoDatabase(e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away ({Message}); looking again in a second.")]
    private partial void NoDatabase(string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: what was found out could not be saved ({Message}); it is tried again when the database is back.")]
    private partial void NotSaved(TicketId ticket, string message);

    [LoggerMessage(LogLevel.Warning, "{Message} What this worker found out is dropped.")]
    private partial void LeaseLost(string message);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket}: the helpdesk refused this service; check its credentials and rights. {Message}")]
    private partial void AccessRefused(TicketId ticket, string message);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket}: something unforeseen happened on its way.")]
    private partial void Unexplained(Exception exception, TicketId ticket);

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket} is tried again in {Delay}. {Reason}")]
    private partial void Retrying(TicketId ticket, TimeSpan delay, string reason);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket} is parked for a person. {Reason}")]
    private partial void Parked(TicketId ticket, string reason);
}
