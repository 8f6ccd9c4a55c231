using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing;

/// <summary>
/// Looks every half minute whether the rule file has changed; in each process, because each decides by rules of its own memory.
/// </summary>
public sealed partial class RulesWatch(
    RulesInForce rules, HelpdeskDirectory helpdesks, AgentBook book, TimeProvider clock, ILogger<RulesWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, clock, stoppingToken);
                await LookAsync(stoppingToken);
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
        }
        catch (Exception e) when (e is InvalidOperationException or Npgsql.NpgsqlException)
        {
            // The rules that were in force still are.
            NotRead(e.Message);
        }
    }

    private async Task<KnownNames> AskNamesAsync(CancellationToken cancellationToken)
    {
        var groups = new List<string>();
        var agents = new List<AgentAtWork>();
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

            agents.AddRange(await book.ListAsync(name, cancellationToken));
        }

        return new KnownNames
        {
            Groups = groups.Count == 0 ? null : groups,
            Agents = agents.Count == 0 ? null : [.. agents.SelectMany(one => (string[])[one.Agent.Id, one.Agent.Name])],
            Skills = agents.Count == 0 ? null : [.. agents.SelectMany(one => one.Agent.Skills.Keys).Distinct()],
        };
    }

    [LoggerMessage(LogLevel.Warning, "The rule file could not be looked through; the rules stay as they are. {Message}")]
    private partial void NotRead(string message);
}
