using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>A Zendesk account, in neutral words.</summary>
internal sealed partial class ZendeskHelpdesk(
    string name, ZendeskApi api, HelpdeskFiles files, ZendeskFields fields, ZendeskAbilities abilities, TimeProvider clock, ILogger logger)
    : IHelpdesk
{
    /// <summary>The export has nothing of the last minute, and refuses to begin there.</summary>
    public static readonly TimeSpan ExportDelay = TimeSpan.FromSeconds(61);

    /// <summary>As the vendor names it where it takes it out of a change, or refuses it.</summary>
    private const string SkillsProperty = "attribute_value_ids";

    /// <summary>The vendor's words that were told of already.</summary>
    private readonly ConcurrentDictionary<string, byte> told = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>The same account, asked by work that nobody waits for.</summary>
    public ZendeskHelpdesk InBackground() => new(Name, api.InBackground(), files, fields, abilities, clock, logger);

    public Task<HelpdeskAbilities> FindAbilitiesAsync(CancellationToken cancellationToken) => abilities.FindAsync(cancellationToken);

    public async Task<HelpdeskTicket?> FindTicketAsync(string number, CancellationToken cancellationToken)
    {
        if (!IsId(number, out var id))
        {
            return null;
        }

        try
        {
            var answer = await api.ShowTicketAsync(id, cancellationToken);
            if (answer.Ticket is not { Id: { } found, UpdatedAt: { Length: > 0 } stamp } ticket || found != id)
            {
                throw Incomplete($"ticket {id}");
            }

            TellUnknownWords(ticket);
            return ZendeskWords.Ticket(ticket, id, stamp, await FieldsOfAsync(ticket, cancellationToken));
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

    public async Task<IReadOnlyList<string>?> ListSkillsOfTicketAsync(string number, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.ListTicketSkillsAsync(Id(number), cancellationToken);
            var values = answer.AttributeValues ?? throw Incomplete($"the skills of ticket {number}");
            return [.. values.Select(value => value?.Id).OfType<string>()];
        }
        catch (HelpdeskRefusedException refused) when (refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            SkillsNotShown(Name, number, refused.Message);
            return null;
        }
    }

    public Task<HelpdeskAttachment> ReadFileAsync(HelpdeskAttachment file, int mostBytes, CancellationToken cancellationToken) =>
        files.ReadAsync(file, mostBytes, api.FindAccessAsync, cancellationToken);

    public async Task<ChangeReceipt> ApplyAsync(HelpdeskChange change, CancellationToken cancellationToken)
    {
        var leftOut = new Dictionary<TriageField, string>();
        var values = change.Fields is { Count: > 0 } wanted
            ? (await fields.FindAsync(cancellationToken)).Plan(Name, wanted, leftOut)
            : [];
        foreach (var sentence in leftOut.Values)
        {
            LeftOut(Name, change.Number, sentence);
        }

        try
        {
            var reply = await api.UpdateTicketAsync(Id(change.Number), Update(change, values), cancellationToken);
            if (reply.Content.Ticket?.UpdatedAt is not { Length: > 0 } stamp)
            {
                throw Incomplete($"the change of ticket {change.Number}", mayHaveArrived: true);
            }

            var warning = string.Join(' ', [.. leftOut.Values, reply.Warning]).TrimEnd();
            return new ChangeReceipt(stamp, ZendeskWords.Text(reply.Content.Audit?.Id), warning.Length == 0 ? null : warning)
            {
                LeftOut = [.. leftOut.Keys],
                LeavesSkillsOut = change.Skills is not null && reply.Warning?.Contains(SkillsProperty, StringComparison.Ordinal) == true,
            };
        }
        catch (HelpdeskRefusedException refused) when (values.Count > 0 && refused.Status == HttpStatusCode.UnprocessableEntity)
        {
            // A field or a choice may have gone since they were listed.
            fields.Forget();
            throw;
        }
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
        var groups = await ZendeskPages.ReadAllAsync(
            Name, "the groups", after => api.ListGroupsAsync(after, cancellationToken), page => page.Groups);
        return
        [
            .. from existing in groups
               where existing is { Id: not null, Deleted: not true }
               select new HelpdeskGroup(ZendeskWords.Text(existing.Id) ?? "", existing.Name ?? ""),
        ];
    }

    public async Task<ChangedTickets> ListChangedAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = clock.GetUtcNow() - ExportDelay;
        var page = cursor is null
            ? await api.StartTicketExportAsync(since < latest ? since : latest, withMetrics: false, cancellationToken)
            : await api.ContinueTicketExportAsync(cursor, withMetrics: false, cancellationToken);

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
        foreach (var comment in (page.Comments ?? throw Incomplete("the comments")).OfType<ZendeskComment>())
        {
            comments.Add(ZendeskWords.Comment(comment, authors.GetValueOrDefault(comment.AuthorId ?? 0)));
        }

        return comments;
    }

    private void TellUnknownWords(ZendeskTicket ticket)
    {
        if (ZendeskWords.Status(ticket.Status) == HelpdeskStatus.Unknown && IsNews(ticket.Status))
        {
            UnknownWord(Name, "status", ticket.Status, "open");
        }

        if (ZendeskWords.Priority(ticket.Priority) == TicketPriority.None && IsNews(ticket.Priority))
        {
            UnknownWord(Name, "priority", ticket.Priority, "none");
        }

        bool IsNews([NotNullWhen(true)] string? word) => !string.IsNullOrEmpty(word) && told.TryAdd(word, 0);
    }

    // Most tickets of most accounts have fields of their own; where a ticket has none, nothing has to be asked.
    private async Task<ZendeskFieldSet?> FieldsOfAsync(ZendeskTicket ticket, CancellationToken cancellationToken) =>
        ticket.CustomFields is { Count: > 0 } ? await fields.FindAsync(cancellationToken) : null;

    private ZendeskTicketUpdate Update(HelpdeskChange change, IReadOnlyList<ZendeskFieldChange> values) => new()
    {
        Tags = change.Tags,
        Priority = ZendeskWords.Word(change.Priority ?? TicketPriority.None),
        GroupId = IdOf(change, "group_id", change.GroupId),
        AssigneeId = IdOf(change, "assignee_id", change.AssigneeId),
        CustomFields = values.Count > 0 ? values : null,
        AttributeValueIds = change.Skills?.All,
        Type = change.ProblemNumber is null ? null : "incident",
        ProblemId = IdOf(change, "problem_id", change.ProblemNumber),
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
                HttpStatusCode.UnprocessableEntity, [field])
            {
                IsFieldRefused = true,
            };
    }

    private ChangeReceipt Receipt(ZendeskAudit audit) => audit.CreatedAt is { Length: > 0 } stamp
        ? new ChangeReceipt(stamp, ZendeskWords.Text(audit.Id))
        : throw Incomplete($"the time of audit {audit.Id}");

    private string? NextPage(ZendeskPageMeta? meta, string? read) => ZendeskPages.Next(Name, meta, read);

    private HelpdeskAwayException Incomplete(string about, bool mayHaveArrived = false) =>
        ZendeskPages.Incomplete(Name, about, mayHaveArrived);

    private static bool IsId(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;

    private static long Id(string number) =>
        IsId(number, out var id) ? id : throw new ArgumentException($"A ticket of Zendesk has a number, not \"{number}\".", nameof(number));

    [LoggerMessage(LogLevel.Warning,
        "Helpdesk {Helpdesk} has the {Property} \"{Word}\", which this version doesn't know; it is taken for {Taken}.")]
    private partial void UnknownWord(string helpdesk, string property, string word, string taken);

    [LoggerMessage(LogLevel.Warning, "The skills of ticket {Number} of {Helpdesk} are not shown, so that none is set. {Message}")]
    private partial void SkillsNotShown(string helpdesk, string number, string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Number} of {Helpdesk}: {Sentence}")]
    private partial void LeftOut(string helpdesk, string number, string sentence);
}
