using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>A Freshdesk account, in neutral words.</summary>
internal sealed class FreshdeskHelpdesk(
    string name, FreshdeskApi api, HelpdeskFiles files, FreshdeskAbilities abilities, FreshdeskWriter writer) : IHelpdesk
{
    /// <summary>Freshdesk gives this many conversations with their ticket.</summary>
    private const int ConversationsWithTicket = 10;

    private HelpdeskIdentity? self;

    public string Name { get; } = name;

    public Task<HelpdeskAbilities> FindAbilitiesAsync(CancellationToken cancellationToken) => abilities.FindAsync(cancellationToken);

    public async Task<HelpdeskTicket?> FindTicketAsync(string number, CancellationToken cancellationToken)
    {
        if (!FreshdeskWords.IsId(number, out var id) || await FindAsync(id, "stats", cancellationToken) is not { } ticket)
        {
            return null;
        }

        return ticket is { UpdatedAt: { Length: > 0 } updatedAt } && ticket.Id == id
            ? FreshdeskWords.Ticket(ticket, id, updatedAt, await abilities.FindClosedAsync(ticket, cancellationToken))
            : throw Incomplete($"ticket {number}");
    }

    public async Task<IReadOnlyList<HelpdeskComment>> ListCommentsAsync(string number, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);

        var id = Id(number);
        var ticket = await FindAsync(id, "requester,conversations", cancellationToken)
            ?? throw new HelpdeskRefusedException($"Helpdesk {Name} doesn't have ticket {number}.", HttpStatusCode.NotFound)
            {
                IsUnknownRecord = true,
            };

        var comments = new List<HelpdeskComment> { FreshdeskWords.Description(ticket) };
        foreach (var conversation in await ListNewestAsync(ticket, id, most - 1, cancellationToken))
        {
            comments.Add(FreshdeskWords.Comment(conversation, ticket));
        }

        return comments;
    }

    /// <summary>Its tickets hold no skills: its router finds an agent's by looking at the ticket's fields.</summary>
    public Task<IReadOnlyList<string>?> ListSkillsOfTicketAsync(string number, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>?>(null);

    public Task<HelpdeskAttachment> ReadFileAsync(HelpdeskAttachment file, int mostBytes, CancellationToken cancellationToken) =>
        files.ReadAsync(file, mostBytes, api.FindAccessAsync, cancellationToken);

    public Task<ChangeReceipt> ApplyAsync(HelpdeskChange change, CancellationToken cancellationToken) =>
        writer.ApplyAsync(Id(change.Number), change, cancellationToken);

    public async Task<ChangeReceipt?> FindAppliedAsync(string number, Guid triageId, CancellationToken cancellationToken)
    {
        self ??= await IdentifyAsync(cancellationToken);
        return await writer.FindAppliedAsync(Id(number), Id(self.UserId), triageId, cancellationToken);
    }

    public async Task<HelpdeskIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var agent = await ViewSelfAsync(cancellationToken);
        if (agent.Id is not { } id)
        {
            throw new HelpdeskRefusedException(
                $"Freshdesk doesn't say whose API key this is: check Helpdesks:{Name}:ApiToken.", HttpStatusCode.Unauthorized);
        }

        var scope = agent.TicketScope switch
        {
            1 => "all tickets",
            2 => "its groups' tickets",
            3 => "its own tickets",
            _ => "tickets of an unknown scope",
        };
        return new HelpdeskIdentity(FreshdeskWords.Text(id), agent.Contact?.Name ?? "", $"{agent.Type ?? "agent"}, {scope}");
    }

    public async Task<IReadOnlyList<HelpdeskGroup>> ListGroupsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var groups = new List<HelpdeskGroup>();
            await foreach (var group in FreshdeskPages.AllAsync(page => api.ListGroupsAsync(page, cancellationToken), cancellationToken))
            {
                if (group.Id is { } id)
                {
                    groups.Add(new HelpdeskGroup(FreshdeskWords.Text(id), group.Name ?? "", group.AssignsByItself));
                }
            }

            return groups;
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            // Groups are for administrators, the form in which an agent chooses one is not.
            var fields = await api.ListTicketFieldsAsync(cancellationToken);
            return [.. FreshdeskChoices.Ids(fields, "default_group").Select(choice => new HelpdeskGroup(choice.Id, choice.Name))];
        }
    }

    public async Task<ChangedTickets> ListChangedAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var place = FreshdeskPlace.Read(cursor) ?? new FreshdeskPlace(since, 1);
        var page = await api.ListTicketsAsync(place.Since, place.Page, cancellationToken);

        var tickets = new List<ChangedTicket>();
        foreach (var ticket in page.Content.OfType<FreshdeskTicket>())
        {
            if (ticket is { Id: { } id, UpdatedAt: { Length: > 0 } updatedAt })
            {
                tickets.Add(new ChangedTicket(
                    FreshdeskWords.Text(id), FreshdeskStamp.Of(ticket, updatedAt),
                    FreshdeskWords.Status(ticket), FreshdeskWords.Moment(updatedAt)));
            }
        }

        var next = place.After([.. tickets.Select(ticket => ticket.UpdatedAt)], isLast: !page.HasNextPage);
        return new ChangedTickets(tickets, next.ToString(), IsEnd: !page.HasNextPage);
    }

    private async Task<FreshdeskAgent> ViewSelfAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await api.ViewSelfAsync(cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            // Whoever has a key is an agent: what doesn't know that is no Freshdesk.
            throw new HelpdeskRefusedException($"No Freshdesk answers (404): check Helpdesks:{Name}:BaseUrl.", refused.Status);
        }
    }

    private async Task<FreshdeskTicket?> FindAsync(long id, string? include, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ViewTicketAsync(id, include, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            return await FindArchivedAsync(id, cancellationToken);
        }
    }

    private async Task<FreshdeskTicket?> FindArchivedAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ViewArchivedTicketAsync(id, cancellationToken) with { Archived = true };
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            return null;
        }
    }

    /// <returns>Oldest first.</returns>
    private async Task<List<FreshdeskConversation>> ListNewestAsync(
        FreshdeskTicket ticket, long id, int most, CancellationToken cancellationToken)
    {
        List<FreshdeskConversation> newest = [];
        if (ticket.Conversations is { Count: < ConversationsWithTicket } all)
        {
            newest.AddRange(all.OfType<FreshdeskConversation>());
        }
        else
        {
            var conversations = new FreshdeskConversations(api, id, ticket.Archived == true);
            await foreach (var conversation in conversations.NewestFirstAsync(cancellationToken))
            {
                if (newest.Count == most)
                {
                    break;
                }

                newest.Add(conversation);
            }

            newest.Reverse();
        }

        return newest.Count <= most ? newest : newest[^most..];
    }

    private HelpdeskAwayException Incomplete(string about) =>
        new($"Helpdesk {Name} answered without {about}.", retryAfter: null, mayHaveArrived: false) { Status = HttpStatusCode.OK };

    private static long Id(string number) => FreshdeskWords.IsId(number, out var id)
        ? id
        : throw new ArgumentException($"A ticket of Freshdesk has a number, not \"{number}\".", nameof(number));
}
