using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing;

/// <summary>What rules may name beside the taxonomy: the groups of the helpdesks, and the agents with what they can do.</summary>
public sealed partial class NamesAtHelpdesks(
    HelpdeskDirectory helpdesks, AgentBook book, TimeProvider clock, ILogger<NamesAtHelpdesks> logger)
{
    /// <summary>Groups change rarely, and each question is a call that tickets may need.</summary>
    private static readonly TimeSpan GroupsAreGoodFor = TimeSpan.FromMinutes(2);

    /// <summary>A start waits no longer than this for a helpdesk that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private (IReadOnlyCollection<string>? Names, DateTimeOffset GoodUntil) groups;

    /// <summary>Of all helpdesks together; what can't be asked now is <see langword="null"/>, and not looked at.</summary>
    public async Task<KnownNames> AskAsync(CancellationToken cancellationToken)
    {
        var agents = new List<Agent>();
        foreach (var name in helpdesks.Names)
        {
            agents.AddRange((await book.ListAsync(name, cancellationToken)).Select(one => one.Agent));
        }

        var known = new KnownNames { Groups = await AskGroupsAsync(cancellationToken) };
        return agents.Count == 0 ? known : known with
        {
            Agents = [.. agents.SelectMany(agent => (string[])[agent.Id, agent.Name])],
            Skills = [.. agents.SelectMany(agent => agent.Skills.Keys).Distinct()],
            Staff = agents,
        };
    }

    /// <summary>The same where the tables that hold the agents may not be there yet.</summary>
    public async Task<KnownNames> AskWithoutAgentsAsync(CancellationToken cancellationToken) =>
        new() { Groups = await AskGroupsAsync(cancellationToken) };

    private async Task<IReadOnlyCollection<string>?> AskGroupsAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (groups.Names is { } remembered && clock.GetUtcNow() < groups.GoodUntil)
            {
                return remembered;
            }
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var names = new List<string>();
        foreach (var name in helpdesks.Names)
        {
            try
            {
                names.AddRange((await helpdesks.GetForBackground(name).ListGroupsAsync(either.Token)).Select(group => group.Name));
            }
            catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
            {
                // Not knowing one helpdesk's groups, nobody can say that a group is none.
                NotAsked(name, e.Message);
                return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                NotAsked(name, "It did not answer in time.");
                return null;
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        lock (gate)
        {
            groups = (names, clock.GetUtcNow() + GroupsAreGoodFor);
        }

        return names;
    }

    [LoggerMessage(LogLevel.Warning,
        "The groups of {Helpdesk} could not be asked for, so that no rule is compared with them now. {Message}")]
    private partial void NotAsked(string helpdesk, string message);
}
