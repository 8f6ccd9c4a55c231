using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.History;

/// <summary>
/// Brings the tickets of the past in, redacted, so that there is something to learn from. It begins where it was cut off, changes nothing
/// in the helpdesk, and waits whenever it is asked to.
/// </summary>
public sealed partial class HistoryImport(
    HelpdeskDirectory helpdesks, HistoryLedger ledger, IOptions<ReadingOptions> reading, TimeProvider clock, ILogger<HistoryImport> logger)
{
    /// <summary>What the longest conversations are cut to: their beginning and their end.</summary>
    private const int MostComments = 200;

    private const int MostFailuresInARow = 10;

    private static readonly TimeSpan WaitWhereNoneIsAskedFor = TimeSpan.FromSeconds(30);

    private IReadOnlyCollection<string>? Languages => reading.Value.Languages is { Count: > 0 } only ? only : null;

    /// <param name="since">The first change that counts. An earlier import that began no later is gone on with.</param>
    /// <param name="progress">Hears of each page.</param>
    /// <exception cref="HelpdeskAwayException">The helpdesk stayed away; running the import again goes on from there.</exception>
    /// <exception cref="HelpdeskRefusedException">The helpdesk doesn't show its past to this service.</exception>
    /// <exception cref="InvalidOperationException">No helpdesk of this name is configured.</exception>
    public async Task<HistoryPlace> RunAsync(
        string name, DateTimeOffset since, IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var helpdesk = helpdesks.GetForBackground(name);
        var history = (helpdesks.Find(name) ?? throw new InvalidOperationException($"No helpdesk {name} is configured.")).History;
        var began = clock.GetUtcNow();
        var place = await ledger.FindPlaceAsync(name, since, cancellationToken) ?? new HistoryPlace(since, Cursor: null, Tickets: 0);
        progress.Report(new ImportProgress(place.Tickets, Share: 0, IsResumed: place.Cursor is not null));
        while (true)
        {
            var page = await PatientlyAsync(() => history.ReadPageAsync(place.Cursor, place.Since, cancellationToken), cancellationToken);
            await KeepAsync(helpdesk, page.Tickets, cancellationToken);
            var kept = await ledger.CountAsync(name, cancellationToken);
            place = place with { Cursor = page.Cursor ?? place.Cursor, Tickets = kept };
            if (page.IsEnd)
            {
                await RateAsync(name, history, place.Since, cancellationToken);
            }

            await ledger.KeepPlaceAsync(name, place, page.IsEnd, cancellationToken);
            progress.Report(new ImportProgress(place.Tickets, page.IsEnd ? 1 : ShareUntil(page, place.Since, began), IsResumed: false));
            if (page.IsEnd)
            {
                return place;
            }
        }
    }

    private async Task KeepAsync(IHelpdesk helpdesk, IReadOnlyList<PastTicket> past, CancellationToken cancellationToken)
    {
        var gone = past.Where(found => IsGone(found.Ticket)).Select(found => found.Ticket.Number).ToList();
        await ledger.ForgetAsync(helpdesk.Name, gone, cancellationToken);

        var there = past.Where(found => !IsGone(found.Ticket)).ToList();
        var kept = await ledger.FindKeptAsync(helpdesk.Name, [.. there.Select(found => found.Ticket)], cancellationToken);
        foreach (var found in there.Where(found => !kept.Contains(found.Ticket.Number)))
        {
            await BringAsync(helpdesk, found, cancellationToken);
        }
    }

    /// <summary>Last: a rating counts for a ticket that is kept, and may come long after the ticket's last change.</summary>
    private async Task RateAsync(string helpdesk, IHelpdeskHistory history, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var ratings = await PatientlyAsync(() => history.ListRatingsAsync(since, cancellationToken), cancellationToken);
            await ledger.RateAsync(helpdesk, ratings, cancellationToken);
        }
        catch (HelpdeskRefusedException refused)
        {
            // Ratings are for admins, or the account has no survey: the tickets are worth having without.
            Unrated(helpdesk, refused.Message);
        }
    }

    private async Task BringAsync(IHelpdesk helpdesk, PastTicket found, CancellationToken cancellationToken)
    {
        var ticket = found.Ticket;
        var comments = await PatientlyAsync(
            () => helpdesk.ListCommentsAsync(ticket.Number, MostComments, cancellationToken), cancellationToken);
        var clean = TicketCleaner.Clean(ticket, comments, new TicketId(helpdesk.Name, ticket.Number), Languages);
        var names = comments.Select(comment => comment.AuthorName).OfType<string>().Distinct(StringComparer.Ordinal);
        var redacted = clean.Redacted(new Redactor([.. clean.Names, .. names]));
        await ledger.KeepAsync(ticket, redacted, FirstReplyAt(comments), found.SolvedAt, cancellationToken);
    }

    /// <summary>The first message asks, whoever wrote it; the first public one by an agent after it answers.</summary>
    internal static DateTimeOffset? FirstReplyAt(IReadOnlyList<HelpdeskComment> comments) => comments
        .OrderBy(comment => comment.CreatedAt).Skip(1)
        .FirstOrDefault(comment => comment is { IsPublic: true, IsFromCustomer: false })?.CreatedAt;

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> askAsync, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await askAsync();
            }
            catch (HelpdeskAwayException away) when (failures < MostFailuresInARow)
            {
                var wait = away.RetryAfter ?? WaitWhereNoneIsAskedFor;
                Waits(wait, away.Message);
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private static double ShareUntil(PastTickets page, DateTimeOffset since, DateTimeOffset now) => page.Tickets.Count == 0 || now <= since
        ? 0
        : Math.Clamp((page.Tickets[^1].Ticket.UpdatedAt - since) / (now - since), 0, 0.99);

    private static bool IsGone(HelpdeskTicket ticket) => ticket.Status is HelpdeskStatus.Deleted or HelpdeskStatus.Spam;

    [LoggerMessage(LogLevel.Warning, "The tickets of {Helpdesk} were imported without what customers said of them: {Reason}")]
    private partial void Unrated(string helpdesk, string reason);

    [LoggerMessage(LogLevel.Information, "The import waits {Wait}. {Message}")]
    private partial void Waits(TimeSpan wait, string message);
}

/// <param name="Tickets">How many of the helpdesk are kept by now, those of earlier runs included.</param>
/// <param name="Share">How much of the time since the beginning is covered, in [0, 1].</param>
/// <param name="IsResumed">True at the start of a run that goes on where an earlier one ended.</param>
public sealed record ImportProgress(long Tickets, double Share, bool IsResumed);
