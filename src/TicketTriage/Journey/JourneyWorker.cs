using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Insights;
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
    HelpdeskFailures failures,
    IOptions<JourneyOptions> options,
    TimeProvider clock,
    ILogger<JourneyWorker> logger) : BackgroundService
{
    private const string Finished = "finished";

    /// <summary>Tries of a ticket whose failure nobody has an explanation for; more would only repeat it.</summary>
    private const int MostUnexplained = 5;

    /// <summary>
    /// Whoever gets through after failures brings so many of those forward who were not even tried while the helpdesk was left alone, and
    /// they others: all are at work within a minute, and none is if it has not come back for good.
    /// </summary>
    private const int WokenByOne = 4;

    private static readonly TimeSpan PauseWithoutDatabase = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.Value.Workers);
        // A suspect has a place of its own: it can neither be kept waiting by the others nor keep them waiting.
        using var suspectPlace = new SemaphoreSlim(1);
        var underWay = new HashSet<Task>();
        var listening = bell.ListenAsync(stoppingToken);
        try
        {
            while (true)
            {
                await places.WaitAsync(stoppingToken);
                places.Release();
                underWay.RemoveWhere(task => task.IsCompleted);

                var claimed = await ClaimAsync(places.CurrentCount, suspectPlace.CurrentCount, stoppingToken);
                foreach (var claim in claimed)
                {
                    var place = claim.IsSuspect ? suspectPlace : places;
                    await place.WaitAsync(stoppingToken);
                    underWay.Add(RunAsync(claim, place, stoppingToken));
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

    private async Task<IReadOnlyList<ClaimedTicket>> ClaimAsync(int most, int mostSuspects, CancellationToken stoppingToken)
    {
        try
        {
            var order = new ClaimOrder(most) { MostSuspects = mostSuspects, Lease = options.Value.Lease };
            return await queue.ClaimAsync(order, stoppingToken);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested)
        {
            NoDatabase(e.Message);
            await Task.Delay(PauseWithoutDatabase, clock, stoppingToken);
            return [];
        }
    }

    private async Task RunAsync(ClaimedTicket claim, SemaphoreSlim place, CancellationToken stoppingToken)
    {
        var began = clock.GetTimestamp();
        var end = "dropped";
        try
        {
            end = await RunAsync(claim, stoppingToken);
            if (end == Finished && claim.Failures > 0)
            {
                await WakeOthersAsync(claim.Id.Helpdesk);
            }
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            // The process is stopping and nothing could be saved; the lease ends by itself and the ticket is claimed again.
            NotSaved(claim.Id, e.Message);
        }
        finally
        {
            meter.Ended(claim.Id.Helpdesk, end, clock.GetElapsedTime(began));
            place.Release();
            if (claim.IsSuspect)
            {
                // The next one may have been waiting for this place.
                bell.Ring();
            }
        }
    }

    /// <returns>What became of it, for the count.</returns>
    private async Task<string> RunAsync(ClaimedTicket claim, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(claim.WorkLimit, clock);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        using var step = TicketSteps.Begin(TicketSteps.Journey, claim.Id, claim.Trace);
        try
        {
            await journey.RunAsync(claim, work.Token);
            step.Succeed();
            return Finished;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await queue.GiveBackAsync(claim, CancellationToken.None);
            return "given_back";
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return await TryAgainAsync(claim, new NextTry(DelayAfter(claim), "It took longer than a journey may take."), stoppingToken);
        }
        catch (LeaseLostException e)
        {
            // Where nobody else has it yet, it was only late, and that is no death.
            LeaseLost(e.Message);
            return await SaveEndAsync(claim, () => GiveBackAsync(claim, "dropped"), stoppingToken);
        }
        catch (HelpdeskAwayException e) when (e is { AsksToSlowDown: true, RetryAfter: { } wait })
        {
            // Neither a failure of the ticket's nor a sign that the helpdesk is away: exactly then, and no count.
            return await TryAgainAsync(claim, new NextTry(wait, e.Message) { IsFailure = false }, stoppingToken);
        }
        catch (HelpdeskAwayException e)
        {
            var next = new NextTry(DelayAfter(claim, e.RetryAfter), e.Message) { AwaitsHelpdesk = e.IsLeftAlone };
            return await TryAgainAsync(claim, next, stoppingToken, e);
        }
        catch (HelpdeskRefusedException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // The credentials are at fault, not the ticket: it waits until somebody has mended them.
            AccessRefused(claim.Id, e.Message);
            return await TryAgainAsync(claim, new NextTry(DelayAfter(claim), e.Message), stoppingToken, e);
        }
        catch (HelpdeskRefusedException e)
        {
            return await ParkAsync(claim, e.Message, stoppingToken, e);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            NotSaved(claim.Id, e.Message);
            return await SaveEndAsync(claim, () => GiveBackAsync(claim, "given_back"), stoppingToken);
        }
        catch (Exception e)
        {
            Unexplained(e, claim.Id);
            var reason = $"Something unforeseen happened ({e.GetType().Name}); the log of this time has the details.";
            return claim.Failures + 1 < MostUnexplained
                ? await TryAgainAsync(claim, new NextTry(DelayAfter(claim), reason), stoppingToken)
                : await ParkAsync(claim, reason, stoppingToken);
        }
    }

    /// <param name="failure">The helpdesk's, for whoever has to mend it.</param>
    private Task<string> TryAgainAsync(
        ClaimedTicket claim, NextTry next, CancellationToken stoppingToken, Exception? failure = null) => SaveEndAsync(
        claim,
        async () =>
        {
            await failures.KeepAsync(claim.Id.Helpdesk, failure, CancellationToken.None);
            if (await queue.RetryAsync(claim, next, CancellationToken.None))
            {
                Parked(claim.Id, next.Reason);
                return "parked";
            }

            if (!next.IsFailure)
            {
                return "put_off";
            }

            Retrying(claim.Id, next.Delay, next.Reason);
            return "retry";
        },
        stoppingToken);

    private TimeSpan DelayAfter(ClaimedTicket claim, TimeSpan? asked = null) =>
        RetryDelay.After(options.Value.FirstRetry, claim.Failures, asked, Random.Shared.NextDouble());

    private async Task WakeOthersAsync(string helpdesk)
    {
        try
        {
            if (await queue.WakeAsync(helpdesk, WokenByOne, CancellationToken.None) > 0)
            {
                bell.Ring();
            }
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            NotWoken(helpdesk, e.Message);
        }
    }

    /// <inheritdoc cref="TryAgainAsync"/>
    private Task<string> ParkAsync(
        ClaimedTicket claim, string reason, CancellationToken stoppingToken, Exception? failure = null) => SaveEndAsync(
        claim,
        async () =>
        {
            await failures.KeepAsync(claim.Id.Helpdesk, failure, CancellationToken.None);
            await queue.FinishAsync(claim, TicketOutcome.Parked, reason, stamp: null, contentHash: null, CancellationToken.None);
            Parked(claim.Id, reason);
            return "parked";
        },
        stoppingToken);

    private async Task<string> GiveBackAsync(ClaimedTicket claim, string end)
    {
        await queue.GiveBackAsync(claim, CancellationToken.None);
        return end;
    }

    /// <summary>
    /// A database that is away when a claim ends is no fault of the ticket's: the end is saved as soon as the database answers, so that
    /// the claim is not counted among those that killed their worker.
    /// </summary>
    private async Task<string> SaveEndAsync(ClaimedTicket claim, Func<Task<string>> end, CancellationToken stoppingToken)
    {
        for (var isSaid = false; ; isSaid = true)
        {
            try
            {
                return await end();
            }
            catch (LeaseLostException e)
            {
                LeaseLost(e.Message);
                return "dropped";
            }
            catch (Exception e) when (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested)
            {
                if (!isSaid)
                {
                    NotSaved(claim.Id, e.Message);
                }
            }

            await Task.Delay(PauseWithoutDatabase, clock, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away ({Message}); looking again in a second.")]
    private partial void NoDatabase(string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: what was found out could not be saved ({Message}); it is tried again when the database is back.")]
    private partial void NotSaved(TicketId ticket, string message);

    [LoggerMessage(LogLevel.Information, "Tickets that wait for helpdesk {Helpdesk} could not be brought forward ({Message}); they come at their own time.")]
    private partial void NotWoken(string helpdesk, string message);

    [LoggerMessage(LogLevel.Warning, "{Message} What this worker found out about it is dropped.")]
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
