using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Agents, skills and load of a Freshdesk account.</summary>
internal sealed class FreshdeskPeople(FreshdeskApi api, FreshdeskAbilities abilities) : IHelpdeskPeople
{
    /// <summary>Freshdesk's most for a search.</summary>
    private const int LongestQuery = 510;

    private const string MailQueue = "Email queue";
    private const string WholeDesk = "freshdesk";

    public async Task<IReadOnlyList<HelpdeskAgent>> ListAgentsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var agents = new List<HelpdeskAgent>();
            await foreach (var agent in FreshdeskPages.AllAsync(page => api.ListAgentsAsync(page, cancellationToken), cancellationToken))
            {
                if (agent.Id is { } id)
                {
                    agents.Add(Agent(agent, id));
                }
            }

            return agents;
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            // Agents are for administrators. The form in which one is chosen is not, and has their names.
            var fields = await api.ListTicketFieldsAsync(cancellationToken);
            return
            [
                .. from choice in FreshdeskChoices.Ids(fields, "default_agent")
                   select new HelpdeskAgent(choice.Id, choice.Name, Email: null, IsActive: true, GroupIds: [], SkillIds: []),
            ];
        }
    }

    public async Task<IReadOnlyList<HelpdeskSkill>> ListSkillsAsync(CancellationToken cancellationToken)
    {
        var skills = new List<HelpdeskSkill>();
        if (!(await abilities.FindAsync(cancellationToken)).HasSkills)
        {
            return skills;
        }

        await foreach (var skill in FreshdeskPages.AllAsync(page => api.ListSkillsAsync(page, cancellationToken), cancellationToken))
        {
            if (skill.Id is { } id)
            {
                skills.Add(new HelpdeskSkill(FreshdeskWords.Text(id), skill.Name ?? ""));
            }
        }

        return skills;
    }

    public async Task<string?> FindCustomerAsync(string email, CancellationToken cancellationToken) =>
        await api.ListContactsAsync(email, cancellationToken) is [{ Id: { } id }, ..] ? FreshdeskWords.Text(id) : null;

    public async Task<IReadOnlySet<string>> ListAwayAsync(CancellationToken cancellationToken)
    {
        var away = new HashSet<string>();
        if (!(await abilities.FindAsync(cancellationToken)).HasAvailability)
        {
            return away;
        }

        await foreach (var agent in FreshdeskPages.AllAsync(page => api.ListAvailabilityAsync(page, cancellationToken), cancellationToken))
        {
            if (FreshdeskWords.Text(agent.Id) is { } id && IsAvailable(agent, TicketChannel(agent)) == false)
            {
                away.Add(id);
            }
        }

        return away;
    }

    public async Task<IReadOnlyList<AgentPresence>> ListPresenceAsync(
        IReadOnlyCollection<string> agentIds, CancellationToken cancellationToken) =>
        (await abilities.FindAsync(cancellationToken)).HasAvailability
            ? await ListAvailabilityAsync(agentIds, cancellationToken)
            : await CountTicketsAsync(agentIds, cancellationToken);

    private async Task<List<AgentPresence>> ListAvailabilityAsync(IReadOnlyCollection<string> agentIds, CancellationToken cancellationToken)
    {
        var presences = new List<AgentPresence>();
        var uncounted = new Dictionary<string, AgentPresence>();
        await foreach (var agent in FreshdeskPages.AllAsync(page => api.ListAvailabilityAsync(page, cancellationToken), cancellationToken))
        {
            if (FreshdeskWords.Text(agent.Id) is not { } id || !agentIds.Contains(id))
            {
                continue;
            }

            var channel = TicketChannel(agent);
            var presence = new AgentPresence(
                id, IsAvailable(agent, channel), channel?.CurrentAssignmentLoad ?? 0, channel?.AssignmentLimit);
            if (channel?.CurrentAssignmentLoad is null)
            {
                uncounted[id] = presence;
            }
            else
            {
                presences.Add(presence);
            }
        }

        // Without a word on load nobody has nothing: what they have is counted.
        if (uncounted.Count > 0)
        {
            presences.AddRange((await CountTicketsAsync(uncounted.Keys, cancellationToken))
                .Select(counted => uncounted[counted.AgentId] with { OpenTickets = counted.OpenTickets, IsFromSearch = true }));
        }

        return presences;
    }

    private static bool? IsAvailable(FreshdeskAgent agent, FreshdeskChannel? channel) =>
        channel is null ? agent.Available : channel.Available;

    // Newer accounts tell tickets and chats apart, older ones have one queue.
    private static FreshdeskChannel? TicketChannel(FreshdeskAgent agent)
    {
        var channels = (agent.Availability?.ChannelAvailability ?? []).OfType<FreshdeskChannel>().ToList();
        return channels.Find(channel => string.Equals(channel.Channel, MailQueue, StringComparison.OrdinalIgnoreCase))
            ?? channels.Find(channel => string.Equals(channel.Channel, WholeDesk, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<List<AgentPresence>> CountTicketsAsync(IReadOnlyCollection<string> agentIds, CancellationToken cancellationToken)
    {
        var open = OpenStatuses(await api.ListTicketFieldsAsync(cancellationToken));
        var presences = new List<AgentPresence>();
        foreach (var id in agentIds.Where(id => FreshdeskWords.IsId(id, out _)))
        {
            var found = await api.SearchTicketsAsync($"agent_id:{id} AND ({open})", cancellationToken);
            presences.Add(new AgentPresence(id, IsAvailable: null, found.Total ?? 0, MostTickets: null) { IsFromSearch = true });
        }

        return presences;
    }

    // An account adds statuses of its own; all but the two last count as work.
    private static string OpenStatuses(IReadOnlyList<FreshdeskField> fields)
    {
        var codes = FreshdeskChoices.Statuses(fields)
            .Where(code => FreshdeskWords.IsId(code, out var number) && number is not (FreshdeskWords.Resolved or FreshdeskWords.Closed))
            .DefaultIfEmpty("2")
            .Select(code => $"status:{code}");
        var query = "";
        foreach (var code in codes)
        {
            var longer = query.Length == 0 ? code : $"{query} OR {code}";
            query = longer.Length > LongestQuery - 50 ? query : longer;
        }

        return query;
    }

    private static HelpdeskAgent Agent(FreshdeskAgent agent, long id) => new(
        FreshdeskWords.Text(id),
        agent.Contact?.Name ?? "",
        agent.Contact?.Email,
        agent.Deactivated != true,
        [.. (agent.GroupIds ?? []).Select(FreshdeskWords.Text)],
        [.. (agent.SkillIds ?? []).Select(FreshdeskWords.Text)],
        agent.Contact?.Language,
        agent.Contact?.TimeZone);
}
