using Microsoft.Extensions.Logging;
using NodaTime;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Intake;

namespace TicketTriage.Journey;

/// <summary>Brings what is known of a helpdesk's agents up to date: who they are, who is there, and how much each has.</summary>
public sealed partial class AgentRefresh(
    HelpdeskDirectory helpdesks,
    OwnUsers own,
    AgentBook book,
    CapacityLedger capacity,
    TimeProvider clock,
    ILogger<AgentRefresh> logger)
{
    /// <summary>Helpdesks' searches know of a change only minutes later: for so long a ticket is not judged by its absence there.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromMinutes(5);

    /// <exception cref="HelpdeskAwayException">To be tried again later; what was known stays.</exception>
    public async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        if (helpdesks.Find(name)?.People is not { } people)
        {
            return;
        }

        var began = await capacity.AskTimeAsync(cancellationToken);

        // Who is in no group works on no tickets, unless the helpdesk tells nothing of groups and the roster does.
        var onRoster = await book.ListOnRosterAsync(name, cancellationToken);
        var agents = (await people.ListAgentsAsync(cancellationToken))
            .Where(agent => agent.IsActive && (agent.GroupIds.Count > 0 || onRoster.Contains(agent.Id)) && !own.IsOwn(name, agent.Id))
            .ToList();
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

    /// <summary>
    /// Takes note of who went away since the last look: by the roster, and by the helpdesk's word. Who has nothing has nothing to lose, so
    /// that nobody is asked where nobody has anything. Counts no tickets, which <see cref="RunAsync"/> does in its own time.
    /// </summary>
    /// <param name="patience">How long a helpdesk is waited for; the roster's word counts without its answer.</param>
    /// <returns>The ids of those who had been there.</returns>
    public async Task<IReadOnlyList<string>> NoteAwayAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        var atWork = await capacity.ListAtWorkAsync(name, cancellationToken);
        if (atWork.Count == 0)
        {
            return [];
        }

        var moment = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var away = (await book.ListAsync(name, cancellationToken))
            .Where(one => one.Agent.IsAbsentAt(moment)).Select(one => one.Agent.Id).ToHashSet(StringComparer.Ordinal);
        away.UnionWith(await AskWhoIsAwayAsync(name, patience, cancellationToken));
        return await capacity.NoteAwayAsync(name, atWork.Where(away.Contains), cancellationToken);
    }

    private async Task<IReadOnlySet<string>> AskWhoIsAwayAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var waited = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waited.Token, cancellationToken);
        try
        {
            return helpdesks.Find(name)?.People is { } people ? await people.ListAwayAsync(either.Token) : new HashSet<string>();
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            NotSaid(name, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotSaid(name, "It did not answer in time.");
        }

        return new HashSet<string>();
    }

    private async Task CountAsync(string name, IHelpdeskPeople people, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var known = (await book.ListAsync(name, cancellationToken)).ToDictionary(one => one.Agent.Id);
        var moment = Instant.FromDateTimeOffset(clock.GetUtcNow());
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

            // A helpdesk that doesn't say who is there leaves it to the roster. A day off makes an agent absent, so that what he has not
            // begun goes to others; the end of his hours doesn't: it waits for the morning with him.
            await capacity.CorrectAsync(
                name,
                presence.AgentId,
                presence.IsAvailable != false && !agent.Agent.IsAbsentAt(moment),
                presence.OpenTickets,
                began,
                presence.IsFromSearch ? SearchLag : TimeSpan.Zero,
                cancellationToken);
        }
    }

    private static AgentEntry EntryOf(
        HelpdeskAgent agent, Dictionary<string, string> skills, Dictionary<string, string> groups) => new()
        {
            // Helpdesks know skills without levels.
            Skills = agent.SkillIds.Where(skills.ContainsKey).Select(id => skills[id]).Distinct()
            .ToDictionary(skill => skill, _ => Agent.HighestLevel),
            Groups = [.. agent.GroupIds.Where(groups.ContainsKey).Select(id => groups[id])],

            // Some vendors have names of their own for zones. The profile's language is not taken: it is that of the agent's screens.
            Zone = agent.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? zone : null,
        };

    [LoggerMessage(LogLevel.Warning, "Agent {Agent} was deleted in {Helpdesk}; nothing is given to them, and what they had waits again.")]
    private partial void Gone(string helpdesk, string agent);

    [LoggerMessage(LogLevel.Warning, "{Helpdesk} does not say who went away; it is asked again in a moment. {Message}")]
    private partial void NotSaid(string helpdesk, string message);

    [LoggerMessage(LogLevel.Warning,
        "{Helpdesk} names no agents; give the service the permission to list them, or set Routing:Modes:{Helpdesk} to Group.")]
    private partial void NoAgents(string helpdesk);
}
