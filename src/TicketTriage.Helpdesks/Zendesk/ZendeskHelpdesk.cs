using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>A Zendesk account, in neutral words.</summary>
internal sealed partial class ZendeskHelpdesk(string name, ZendeskApi api, TimeProvider clock) : IHelpdesk
{
    /// <summary>The export has nothing of the last minute, and refuses to begin there.</summary>
    private static readonly TimeSpan ExportDelay = TimeSpan.FromSeconds(61);

    private static readonly HelpdeskDialect Dialect = new("Zendesk", ZendeskFault.ToException, "X-Zendesk-API-Warn");

    public string Name { get; } = name;

    /// <param name="options">Valid: an address, and one of the two kinds of credentials.</param>
    public static ZendeskHelpdesk Connect(string name, HelpdeskOptions options, HttpClient http, TimeProvider clock, ILogger logger)
    {
        var pipeline = new HelpdeskPipeline(name, options.Timeout, clock, logger);
        var connection = new HelpdeskConnection(name, Dialect, http, pipeline, clock, logger);
        return new ZendeskHelpdesk(name, new ZendeskApi(connection, Credentials(connection, options, clock, logger)), clock);
    }

    public Task<HelpdeskAbilities> FindAbilitiesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new HelpdeskAbilities { RefusesStaleChanges = true, LinksProblems = true });

    public async Task<HelpdeskTicket?> FindTicketAsync(string number, CancellationToken cancellationToken)
    {
        if (!IsId(number, out var id))
        {
            return null;
        }

        try
        {
            var answer = await api.ShowTicketAsync(id, cancellationToken);
            return Ticket(answer.Ticket, id);
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<HelpdeskComment>> ListCommentsAsync(string number, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);

        var id = Id(number);
        var oldest = await api.ListCommentsAsync(id, newestFirst: false, after: null, cancellationToken);
        var comments = Comments(oldest);
        if (NextPage(oldest.Meta, read: null) is not null)
        {
            var newest = await ListNewestCommentsAsync(id, most - 1, cancellationToken);
            var known = comments.Select(comment => comment.Id).ToHashSet();
            comments.AddRange(newest.Where(comment => known.Add(comment.Id)).Reverse());
        }

        return comments.Count <= most ? comments : [comments[0], .. comments[^(most - 1)..]];
    }

    public async Task<ChangeReceipt> ApplyAsync(HelpdeskChange change, CancellationToken cancellationToken)
    {
        var reply = await api.UpdateTicketAsync(Id(change.Number), Update(change), cancellationToken);
        if (reply.Content.Ticket?.UpdatedAt is not { Length: > 0 } stamp)
        {
            throw Incomplete($"the change of ticket {change.Number}", mayHaveArrived: true);
        }

        return new ChangeReceipt(stamp, ZendeskWords.Text(reply.Content.Audit?.Id), reply.Warning);
    }

    public async Task<ChangeReceipt?> FindAppliedAsync(string number, Guid triageId, CancellationToken cancellationToken)
    {
        var id = Id(number);
        var idInNote = triageId.ToString("N");
        ChangeReceipt? shownInNote = null;
        string? after = null;
        do
        {
            var page = await api.ListAuditsAsync(id, after, cancellationToken);
            var audits = page.Audits ?? throw Incomplete($"the audits of ticket {number}");
            foreach (var audit in audits)
            {
                if (ZendeskAuditSearch.CarriesMark(audit, triageId))
                {
                    return Receipt(audit);
                }

                // The oldest note with the id is the original, a newer one a quotation.
                shownInNote = ZendeskAuditSearch.ShowsIdInNote(audit, idInNote) ? Receipt(audit) : shownInNote;
            }

            after = ZendeskAuditSearch.IsOlderFromHereOn(audits, triageId) ? null : NextPage(page.Meta, after);
        }
        while (after is not null);

        return shownInNote;
    }

    public async Task<HelpdeskIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        // With wrong credentials the answer is a success too, about a user without an id named "Anonymous user".
        var user = (await api.ShowSelfAsync(cancellationToken)).User;
        if (user?.Id is not { } id)
        {
            throw new HelpdeskRefusedException(
                $"Zendesk takes this service for a visitor: check Helpdesks:{Name}:ClientId and :ClientSecret, or :Email and :ApiToken.",
                HttpStatusCode.Unauthorized);
        }

        if (user.Role?.ToLowerInvariant() is not ("agent" or "admin"))
        {
            throw new HelpdeskRefusedException(
                $"User {id} of helpdesk {Name} is \"{user.Role}\" in Zendesk: it has to be an agent or an administrator.",
                HttpStatusCode.Forbidden);
        }

        return new HelpdeskIdentity(ZendeskWords.Text(id), user.Name ?? "", user.Role);
    }

    public async Task<IReadOnlyList<HelpdeskGroup>> ListGroupsAsync(CancellationToken cancellationToken)
    {
        var groups = new List<HelpdeskGroup>();
        string? after = null;
        do
        {
            var page = await api.ListGroupsAsync(after, cancellationToken);
            foreach (var group in page.Groups ?? throw Incomplete("the groups"))
            {
                if (group is { Id: { } id, Deleted: not true })
                {
                    groups.Add(new HelpdeskGroup(ZendeskWords.Text(id), group.Name ?? ""));
                }
            }

            after = NextPage(page.Meta, after);
        }
        while (after is not null);

        return groups;
    }

    public async Task<ChangedTickets> ListChangedAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = clock.GetUtcNow() - ExportDelay;
        var page = cursor is null
            ? await api.StartTicketExportAsync(since < latest ? since : latest, cancellationToken)
            : await api.ContinueTicketExportAsync(cursor, cancellationToken);

        var tickets = new List<ChangedTicket>();
        foreach (var ticket in page.Tickets ?? throw Incomplete("the changed tickets"))
        {
            if (ticket is { Id: { } id, UpdatedAt: { } stamp })
            {
                tickets.Add(new ChangedTicket(
                    ZendeskWords.Text(id), stamp, ZendeskWords.Status(ticket.Status), ZendeskWords.Moment(stamp)));
            }
        }

        // Without a place to go on from, "not the end" would ask for the same page for ever.
        return new ChangedTickets(tickets, page.AfterCursor ?? cursor, (page.EndOfStream ?? true) || page.AfterCursor is null);
    }

    private async Task<List<HelpdeskComment>> ListNewestCommentsAsync(long id, int most, CancellationToken cancellationToken)
    {
        var comments = new List<HelpdeskComment>();
        string? after = null;
        do
        {
            var page = await api.ListCommentsAsync(id, newestFirst: true, after, cancellationToken);
            comments.AddRange(Comments(page));
            after = NextPage(page.Meta, after);
        }
        while (after is not null && comments.Count < most);

        return comments.Count <= most ? comments : comments[..most];
    }

    private List<HelpdeskComment> Comments(ZendeskCommentsPage page)
    {
        var authors = new Dictionary<long, ZendeskUser>();
        foreach (var user in page.Users ?? [])
        {
            if (user is { Id: { } id })
            {
                authors[id] = user;
            }
        }

        var comments = new List<HelpdeskComment>();
        foreach (var comment in page.Comments ?? throw Incomplete("the comments"))
        {
            comments.Add(ZendeskWords.Comment(comment, authors.GetValueOrDefault(comment.AuthorId ?? 0)));
        }

        return comments;
    }

    private HelpdeskTicket Ticket(ZendeskTicket? ticket, long asked) =>
        ticket is { Id: { } id, UpdatedAt: { Length: > 0 } stamp } && id == asked
            ? ZendeskWords.Ticket(ticket, id, stamp)
            : throw Incomplete($"ticket {asked}");

    private ZendeskTicketUpdate Update(HelpdeskChange change) => new()
    {
        Tags = change.Tags,
        Priority = ZendeskWords.Word(change.Priority ?? TicketPriority.None),
        GroupId = IdOf(change, "group_id", change.GroupId),
        AssigneeId = IdOf(change, "assignee_id", change.AssigneeId),
        Comment = change.PrivateNoteHtml is { } html ? new ZendeskNote(html, Public: false) : null,
        Metadata = new ZendeskUpdateMetadata(new ZendeskTriageMark(change.TriageId.ToString())),
        UpdatedStamp = change.Stamp,
    };

    // Zendesk would name the field too; this way nothing has to be sent to learn it.
    private long? IdOf(HelpdeskChange change, string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return IsId(text, out var id)
            ? id
            : throw new HelpdeskRefusedException(
                $"\"{text}\" can't be a {field} of helpdesk {Name}, whose ids are numbers: correct it where the route was chosen.",
                HttpStatusCode.UnprocessableEntity, [field]);
    }

    private ChangeReceipt Receipt(ZendeskAudit audit) => audit.CreatedAt is { Length: > 0 } stamp
        ? new ChangeReceipt(stamp, ZendeskWords.Text(audit.Id))
        : throw Incomplete($"the time of audit {audit.Id}");

    /// <param name="read">The cursor of the page just read; an answer leading back to it would never end.</param>
    private string? NextPage(ZendeskPageMeta? meta, string? read)
    {
        if (meta is not { HasMore: true })
        {
            return null;
        }

        return meta.AfterCursor is { Length: > 0 } after && after != read ? after : throw Incomplete("the next page");
    }

    private HelpdeskAwayException Incomplete(string about, bool mayHaveArrived = false) =>
        new($"Helpdesk {Name} answered without {about}.", retryAfter: null, mayHaveArrived) { Status = HttpStatusCode.OK };

    private static bool IsId(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;

    private static long Id(string number) =>
        IsId(number, out var id) ? id : throw new ArgumentException($"A ticket of Zendesk has a number, not \"{number}\".", nameof(number));

    private static IZendeskCredentials Credentials(
        HelpdeskConnection connection, HelpdeskOptions options, TimeProvider clock, ILogger logger)
    {
        if (options is { ClientId: { } clientId, ClientSecret: { } clientSecret })
        {
            return new ZendeskAccessToken(
                () => ZendeskApi.CreateTokenAsync(connection, clientId, clientSecret, CancellationToken.None), clock);
        }

        if (options is { Email: { } email, ApiToken: { } apiToken })
        {
            ApiTokensEnd(logger, connection.Helpdesk);
            return new ZendeskApiToken(email, apiToken);
        }

        throw new ArgumentException($"Helpdesk {connection.Helpdesk} has no credentials.", nameof(options));
    }

    [LoggerMessage(LogLevel.Warning,
        "Helpdesk {Helpdesk} uses an API token. Zendesk issues none since 27 October 2026 and ends all of them on 30 April 2027: "
        + "set ClientId and ClientSecret of an OAuth client instead.")]
    private static partial void ApiTokensEnd(ILogger logger, string helpdesk);
}
