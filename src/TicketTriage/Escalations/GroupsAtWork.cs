using NodaTime;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// Who of each group is at work now, by the agents that are known: those of a roster, or of helpdesks where agents are chosen.
/// </summary>
public sealed class GroupsAtWork(AgentBook book, HelpdeskDirectory helpdesks, GroupList groups)
{
    public IReadOnlyList<string> Helpdesks => helpdesks.Names;

    /// <returns>By the group's id; a group of which no agent is known is missing.</returns>
    /// <exception cref="HelpdeskAwayException">The groups' names can't be asked for now.</exception>
    public async Task<IReadOnlyDictionary<string, GroupAtWork>> CountAsync(string helpdesk, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, GroupAtWork>(StringComparer.Ordinal);
        var agents = await book.ListAsync(helpdesk, cancellationToken);
        if (agents.Count == 0)
        {
            return counts;
        }

        var moment = Instant.FromDateTimeOffset(now);
        foreach (var group in await groups.OfAsync(helpdesks.GetForBackground(helpdesk), cancellationToken))
        {
            var own = agents.Where(one => one.Agent.Groups.Contains(group.Name, StringComparer.OrdinalIgnoreCase)).ToList();
            if (own.Count > 0)
            {
                counts[group.Id] = new GroupAtWork(own.Count(one => one.IsAvailable && one.Agent.WorksAt(moment)), own.Count);
            }
        }

        return counts;
    }
}

/// <param name="AtWork">There and taking tickets.</param>
/// <param name="All">Who belong to the group.</param>
public sealed record GroupAtWork(int AtWork, int All)
{
    /// <summary>Fewer than half are there.</summary>
    public bool IsThin => AtWork * 2 < All;
}
