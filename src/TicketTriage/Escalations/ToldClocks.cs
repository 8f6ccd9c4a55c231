using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>
/// Asks a helpdesk for its own clocks of tickets that have changed since it was last asked. An escalation waits for the answer only so long:
/// what has not come by then is asked for again later, and the clocks computed here serve.
/// </summary>
public sealed partial class ToldClocks(WatchLedger tickets, HelpdeskDirectory helpdesks, TimeProvider clock, ILogger<ToldClocks> logger)
{
    /// <summary>
    /// How long a look waits for all answers together. With the lease and the pause between two looks a level still hears within five seconds
    /// of its time, even where the worker that asked was killed.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Tickets that a helpdesk is asked for in one look; for the others those computed here serve until the next.</summary>
    private const int MostAsked = 25;

    private const int MostAtOnce = 4;

    /// <summary>When a helpdesk that could not be asked, or not yet, is asked again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <summary>How long after a ticket's arrival a helpdesk may still be computing its clocks.</summary>
    private static readonly TimeSpan ClocksMayCome = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, DateTimeOffset> silentUntil = new(StringComparer.Ordinal);

    /// <summary>Of a ticket that has ended too: whether a target was reached in time is for the helpdesk to say.</summary>
    /// <param name="due">Tickets of that helpdesk alone.</param>
    /// <returns>The same tickets with what was told, or with when it is asked again.</returns>
    public async Task<IReadOnlyList<WatchedTicket>> AskAsync(
        string helpdesk, IReadOnlyList<WatchedTicket> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var toAsk = due.Where(ticket => ticket.AskAt <= now && (!ticket.IsEnded || ticket.Told is not null)).ToList();
        if (toAsk.Count == 0 || helpdesks.Find(helpdesk) is not { } connected)
        {
            return due;
        }

        var answered = new ConcurrentDictionary<TicketId, WatchedTicket>();
        if (silentUntil.GetValueOrDefault(helpdesk) <= now)
        {
            using var limit = new CancellationTokenSource(Patience, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                if ((await connected.Helpdesk.FindAbilitiesAsync(both.Token)).ServiceLevels == ServiceLevelSource.None)
                {
                    return due;
                }

                await Parallel.ForEachAsync(
                    toAsk.Take(MostAsked),
                    new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = both.Token },
                    async (ticket, token) => answered[ticket.Id] = await AskAsync(connected.ServiceLevels, ticket, now, token));
            }
            catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
            {
                NotTold(helpdesk, e.Message);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                NotTold(helpdesk, $"Not all answers came within {Patience.TotalSeconds} seconds.");
                if (answered.IsEmpty)
                {
                    silentUntil[helpdesk] = now + AskAgain;
                }
            }
        }

        foreach (var ticket in toAsk)
        {
            answered.TryAdd(ticket.Id, ticket with { AskAt = now + AskAgain });
        }

        return [.. due.Select(ticket => answered.GetValueOrDefault(ticket.Id, ticket))];
    }

    private async Task<WatchedTicket> AskAsync(
        IHelpdeskServiceLevels serviceLevels, WatchedTicket ticket, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var told = await serviceLevels.FindClocksAsync(ticket.Id.Number, cancellationToken);
            DateTimeOffset? again = told is null && now - ticket.CreatedAt < ClocksMayCome ? now + AskAgain : null;
            await tickets.KeepToldAsync(ticket.Id, told, again, now, cancellationToken);
            return ticket with { Told = told, AskAt = again };
        }
        catch (HelpdeskRefusedException e)
        {
            // What is wrong with one ticket keeps nobody from asking for the others.
            NotTold(ticket.Id.Helpdesk, e.Message);
            return ticket with { AskAt = now + AskAgain };
        }
    }

    [LoggerMessage(LogLevel.Warning, "The service level clocks of {Helpdesk} can't be asked for now; those computed here serve. {Message}")]
    private partial void NotTold(string helpdesk, string message);
}
