using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Routing;

/// <summary>
/// Looks every half minute whether what routing decides by has changed: the rule file, the service levels, the agents whom rules name, and
/// once a day how long tickets take. In each process, because each decides by what it has in its own memory.
/// </summary>
public sealed partial class RoutingWatch(
    RulesInForce rules,
    ServiceLevelsInForce serviceLevels,
    HandlingTimes handling,
    HelpdeskDirectory helpdesks,
    AgentBook book,
    AgentDesk desk,
    TimeProvider clock,
    ILogger<RoutingWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private string toldOfGone = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(LookEvery, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await rules.RefreshAsync(AskNamesAsync, stoppingToken);
            await serviceLevels.RefreshAsync(stoppingToken);
            if (helpdesks.Names.Any(desk.Chooses))
            {
                await handling.RefreshAsync(stoppingToken);
                await TellOfGoneAsync(stoppingToken);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or Npgsql.NpgsqlException)
        {
            // The rules that were in force still are.
            NotRead(e.Message);
        }
    }

    private async Task TellOfGoneAsync(CancellationToken cancellationToken)
    {
        var agents = await ListAgentsAsync(cancellationToken);
        var gone = agents.Count == 0 ? "" : string.Join(' ', rules.FindGone(NamesOf(agents)));
        if (gone != toldOfGone && gone.Length > 0)
        {
            Gone(gone);
        }

        toldOfGone = gone;
    }

    private async Task<List<AgentAtWork>> ListAgentsAsync(CancellationToken cancellationToken)
    {
        var agents = new List<AgentAtWork>();
        foreach (var name in helpdesks.Names)
        {
            agents.AddRange(await book.ListAsync(name, cancellationToken));
        }

        return agents;
    }

    private static IReadOnlyCollection<string> NamesOf(List<AgentAtWork> agents) =>
        [.. agents.SelectMany(one => (string[])[one.Agent.Id, one.Agent.Name])];

    private async Task<KnownNames> AskNamesAsync(CancellationToken cancellationToken)
    {
        var groups = new List<string>();
        foreach (var name in helpdesks.Names)
        {
            try
            {
                groups.AddRange((await helpdesks.GetForBackground(name).ListGroupsAsync(cancellationToken)).Select(group => group.Name));
            }
            catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
            {
                // Not knowing a helpdesk's groups, nobody can say that a group is none.
                NotRead(e.Message);
                return new KnownNames();
            }
        }

        var agents = await ListAgentsAsync(cancellationToken);
        return new KnownNames
        {
            Groups = groups.Count == 0 ? null : groups,
            Agents = agents.Count == 0 ? null : NamesOf(agents),
            Skills = agents.Count == 0 ? null : [.. agents.SelectMany(one => one.Agent.Skills.Keys).Distinct()],
        };
    }

    [LoggerMessage(LogLevel.Error, "Routing rules name somebody who is gone; what they take goes to any who may have it. {Faults}")]
    private partial void Gone(string faults);

    [LoggerMessage(LogLevel.Warning, "The rule file could not be looked through; the rules stay as they are. {Message}")]
    private partial void NotRead(string message);
}
