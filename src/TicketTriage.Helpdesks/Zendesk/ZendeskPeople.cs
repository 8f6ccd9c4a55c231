using System.Net;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>The agents of an account, their skills, and how much each has.</summary>
internal sealed class ZendeskPeople(string helpdesk, ZendeskApi api, ZendeskAbilities abilities) : IHelpdeskPeople
{
    /// <summary>Zendesk's most in one question about skills.</summary>
    private const int AgentsAtOnce = 100;

    /// <summary>The channel of tickets among those on which agents work; the others are chats and calls.</summary>
    private const string TicketChannel = "support";

    public async Task<IReadOnlyList<HelpdeskAgent>> ListAgentsAsync(CancellationToken cancellationToken)
    {
        var users = await ZendeskPages.ReadAllAsync(
            helpdesk, "the agents", after => api.ListAgentsAsync(after, cancellationToken), page => page.Users);
        var memberships = await ZendeskPages.ReadAllAsync(
            helpdesk,
            "the members of the groups",
            after => api.ListGroupMembershipsAsync(after, cancellationToken),
            page => page.GroupMemberships);
        var groups = memberships
            .Where(membership => membership is { UserId: not null, GroupId: not null })
            .ToLookup(membership => ZendeskWords.Text(membership.UserId), membership => ZendeskWords.Text(membership.GroupId) ?? "");

        // Light agents and contributors comment and can't have tickets.
        var agents = users.FindAll(user => user is { Id: not null, RoleType: not (ZendeskUser.LightAgent or ZendeskUser.Contributor) });
        var skills = (await abilities.FindAsync(cancellationToken)).HasSkills
            ? await ListSkillsOfAsync([.. agents.Select(agent => ZendeskWords.Text(agent.Id) ?? "")], cancellationToken)
            : [];
        return [.. agents.Select(agent => Agent(agent, ZendeskWords.Text(agent.Id) ?? "", groups, skills))];
    }

    public async Task<IReadOnlyList<HelpdeskSkill>> ListSkillsAsync(CancellationToken cancellationToken)
    {
        if (!(await abilities.FindAsync(cancellationToken)).HasSkills)
        {
            return [];
        }

        var answer = await api.ListRoutingAttributesAsync(cancellationToken);
        var skills = new List<HelpdeskSkill>();
        foreach (var attribute in answer.Attributes ?? throw ZendeskPages.Incomplete(helpdesk, "the skills"))
        {
            if (attribute?.Id is not { Length: > 0 } id)
            {
                continue;
            }

            // Values beside the attributes are described; where they don't come, each attribute is asked.
            var values = answer.AttributeValues?.Where(value => value?.AttributeId == id)
                ?? (await api.ListRoutingAttributeValuesAsync(id, cancellationToken)).AttributeValues
                ?? throw ZendeskPages.Incomplete(helpdesk, "the skills");
            foreach (var value in values)
            {
                if (value?.Id is { Length: > 0 } valueId)
                {
                    skills.Add(new HelpdeskSkill(valueId, $"{attribute.Name}: {value.Name}"));
                }
            }
        }

        return skills;
    }

    public async Task<string?> FindCustomerAsync(string email, CancellationToken cancellationToken)
    {
        // The search finds more than the address as a whole.
        var found = await api.SearchUsersAsync($"email:\"{email.Replace("\"", "", StringComparison.Ordinal)}\"", cancellationToken);
        var users = found.Users ?? throw ZendeskPages.Incomplete(helpdesk, "a search for users");
        return ZendeskWords.Text(users.FirstOrDefault(user => string.Equals(user?.Email, email, StringComparison.OrdinalIgnoreCase))?.Id);
    }

    public async Task<IReadOnlySet<string>> ListAwayAsync(CancellationToken cancellationToken) =>
        (await abilities.FindAsync(cancellationToken)).HasAvailability
            ? (await ListAvailableAsync(cancellationToken))
                .Where(agent => agent.Value?.IsOnline != true).Select(agent => agent.Key).ToHashSet()
            : [];

    public async Task<IReadOnlyList<AgentPresence>> ListPresenceAsync(
        IReadOnlyCollection<string> agentIds, CancellationToken cancellationToken)
    {
        var available = (await abilities.FindAsync(cancellationToken)).HasAvailability
            ? await ListAvailableAsync(cancellationToken)
            : [];
        var presences = new List<AgentPresence>();
        foreach (var id in agentIds)
        {
            var isListed = available.TryGetValue(id, out var known);
            presences.Add(known is { Open: { } open }
                ? new AgentPresence(id, known.IsOnline, open, known.Most)
                : new AgentPresence(
                    id, isListed ? known?.IsOnline == true : null, await CountOpenAsync(id, cancellationToken), known?.Most)
                { IsFromSearch = true });
        }

        return presences;
    }

    private static HelpdeskAgent Agent(
        ZendeskUser user, string id, ILookup<string?, string> groups, Dictionary<string, List<string>> skills) => new(
        id,
        user.Name ?? "",
        user.Email,
        IsActive: user is { Active: not false, Suspended: not true },
        [.. groups[id].Distinct(StringComparer.Ordinal)],
        skills.GetValueOrDefault(id) ?? [],
        user.Locale,
        user.IanaTimeZone ?? user.TimeZone);

    private async Task<Dictionary<string, List<string>>> ListSkillsOfAsync(
        IReadOnlyList<string> agentIds, CancellationToken cancellationToken)
    {
        try
        {
            return await ListSkillsTogetherAsync(agentIds, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            // Who may not manage skills may still read them, one agent at a time.
            return await ListSkillsOneByOneAsync(agentIds, cancellationToken);
        }
    }

    private async Task<Dictionary<string, List<string>>> ListSkillsTogetherAsync(
        IReadOnlyList<string> agentIds, CancellationToken cancellationToken)
    {
        var skills = new Dictionary<string, List<string>>();
        foreach (var ids in agentIds.Chunk(AgentsAtOnce))
        {
            var found = await ZendeskPages.ReadAllAsync(
                helpdesk,
                "the agents' skills",
                after => api.ListManyAgentsSkillsAsync(ids, after, cancellationToken),
                page => page.InstanceValues);
            foreach (var skill in found)
            {
                if (skill is { AgentId: { } agent, AttributeValueId: { Length: > 0 } value })
                {
                    SkillsOf(skills, ZendeskWords.Text(agent)).Add(value);
                }
            }
        }

        return skills;
    }

    private async Task<Dictionary<string, List<string>>> ListSkillsOneByOneAsync(
        IReadOnlyList<string> agentIds, CancellationToken cancellationToken)
    {
        var skills = new Dictionary<string, List<string>>();
        foreach (var id in agentIds)
        {
            var answer = await api.ListAgentSkillsAsync(id, cancellationToken);
            var values = answer.AttributeValues ?? throw ZendeskPages.Incomplete(helpdesk, "an agent's skills");
            SkillsOf(skills, id).AddRange(values.Select(value => value?.Id).OfType<string>());
        }

        return skills;
    }

    private static List<string> SkillsOf(Dictionary<string, List<string>> skills, string agentId)
    {
        if (!skills.TryGetValue(agentId, out var known))
        {
            skills.Add(agentId, known = []);
        }

        return known;
    }

    /// <returns>By agent, what the channel of tickets says; <see langword="null"/> for who is listed without that channel.</returns>
    private async Task<Dictionary<string, TicketPresence?>> ListAvailableAsync(CancellationToken cancellationToken)
    {
        var channels = new Dictionary<string, ZendeskChannelAttributes>();
        var agents = await ZendeskPages.ReadAllAsync(
            helpdesk, "who is available", after => api.ListAgentAvailabilitiesAsync(after, cancellationToken), page =>
            {
                foreach (var channel in page.Included ?? [])
                {
                    if (channel is { Id: { } id, Attributes: { Name: TicketChannel } attributes })
                    {
                        channels[id] = attributes;
                    }
                }

                return page.Data;
            });

        var presences = new Dictionary<string, TicketPresence?>();
        foreach (var agent in agents)
        {
            var channel = agent.Relationships?.Channels?.Data?
                .Select(name => channels.GetValueOrDefault(name?.Id ?? "")).FirstOrDefault(found => found is not null);
            if (agent.Attributes?.AgentId is { } id)
            {
                // Whoever isn't on the channel works on chats or calls, and has no tickets given by Zendesk's own routing either.
                var status = channel?.Status ?? agent.Attributes.AgentStatus?.Name;
                presences[ZendeskWords.Text(id)] = channel is null
                    ? null
                    : new TicketPresence(
                        string.Equals(status, "online", StringComparison.OrdinalIgnoreCase), channel.WorkItemCount, channel.MaxCapacity);
            }
        }

        return presences;
    }

    private async Task<int> CountOpenAsync(string agentId, CancellationToken cancellationToken) =>
        (await api.CountTicketsAsync($"type:ticket status<solved assignee:{agentId}", cancellationToken)).Count
            ?? throw ZendeskPages.Incomplete(helpdesk, "a count of tickets");

    /// <param name="Open">How many tickets the agent has; <see langword="null"/> where the channel doesn't say.</param>
    private sealed record TicketPresence(bool IsOnline, int? Open, int? Most);
}
