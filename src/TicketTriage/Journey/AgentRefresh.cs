using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Intake;

namespace TicketTriage.Journey;

/// <summary>Brings what is known of a helpdesk's agents up to date: who they are, who is there, and how much each has.</summary>
public sealed partial class AgentRefresh(
    HelpdeskDirectory helpdesks, OwnUsers own, AgentBook book, CapacityLedger capacity, ILogger<AgentRefresh> logger)
{
    /// <exception cref="HelpdeskAwayException">To be tried again later; what was known stays.</exception>
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (helpdesks.Find(name)?.People is not { } people)
        {
            return;
        }

        var began = await capacity.AskTimeAsync(cancellationToken);
        var agents = (await people.ListAgentsAsync(cancellationToken))
            .Where(agent => agent is { IsActive: true, GroupIds.Count: > 0 } && !own.IsOwn(name, agent.Id)).ToList();
        if (agents.Count == 0)
        {
            // An account that may not list agents answers with none: nobody is deleted for that.
            NoAgents(name);
            return;
        }

        var skills = (await people.ListSkillsAsync(cancellationToken)).ToDictionary(skill => skill.Id, skill => skill.Name);
        var groups = (await helpdesks.GetForBackground(name).ListGroupsAsync(cancellationToken))
            .ToDictionary(group => group.Id, group => group.Name);
        var entries = agents.Select(agent => (agent.Id, agent.Name, EntryOf(agent, skills, groups))).ToList();
        var gone = await book.KeepKnownAsync(name, entries, cancellationToken);
        foreach (var id in gone)
        {
            Gone(name, id);
        }

        await CountAsync(name, people, began, cancellationToken);
    }

    private async Task CountAsync(string name, IHelpdeskPeople people, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var known = (await book.ListAsync(name, cancellationToken)).ToDictionary(one => one.Agent.Id);
        foreach (var presence in await people.ListPresenceAsync(known.Keys, cancellationToken))
        {
            if (!known.TryGetValue(presence.AgentId, out var agent))
            {
                continue;
            }

            if (presence.MostTickets is { } most && !agent.HasOwnCapacity && most != agent.Agent.MostUnits)
            {
                await capacity.SetLimitAsync(name, presence.AgentId, most, cancellationToken);
            }

            // A helpdesk that doesn't say who is there leaves it to the hours of the roster.
            await capacity.CorrectAsync(
                name, presence.AgentId, presence.IsAvailable ?? true, presence.OpenTickets, began, cancellationToken);
        }
    }

    private static AgentEntry EntryOf(
        HelpdeskAgent agent, Dictionary<string, string> skills, Dictionary<string, string> groups) => new()
        {
            // Helpdesks know skills without levels.
            Skills = agent.SkillIds.Where(skills.ContainsKey).Select(id => skills[id]).Distinct()
            .ToDictionary(skill => skill, _ => Agent.HighestLevel),
            Groups = [.. agent.GroupIds.Where(groups.ContainsKey).Select(id => groups[id])],
        };

    [LoggerMessage(LogLevel.Warning, "Agent {Agent} was deleted in {Helpdesk}; nothing is given to them, and what they had waits again.")]
    private partial void Gone(string helpdesk, string agent);

    [LoggerMessage(LogLevel.Warning,
        "{Helpdesk} names no agents; give the service the permission to list them, or set Routing:Modes:{Helpdesk} to Group.")]
    private partial void NoAgents(string helpdesk);
}
