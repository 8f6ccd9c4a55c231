using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Routing;

/// <summary>
/// Looks every half minute whether what routing decides by has changed: the rule file, the service levels, the groups and agents whom rules
/// name, and once a day how long tickets take. In each process, because each decides by what it has in its own memory.
/// </summary>
public sealed partial class RoutingWatch(
    RulesInForce rules,
    ServiceLevelsInForce serviceLevels,
    HandlingTimes handling,
    HelpdeskDirectory helpdesks,
    NamesAtHelpdesks names,
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
            await rules.RefreshAsync(names.AskAsync, stoppingToken);
            TellOfGone();
            await serviceLevels.RefreshAsync(stoppingToken);
            if (helpdesks.Names.Any(desk.Chooses))
            {
                await handling.RefreshAsync(stoppingToken);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or Npgsql.NpgsqlException)
        {
            // The rules that were in force still are.
            NotRead(e.Message);
        }
    }

    private void TellOfGone()
    {
        var gone = string.Join(' ', rules.FindGone());
        if (gone != toldOfGone && gone.Length > 0)
        {
            Gone(gone);
        }

        toldOfGone = gone;
    }

    [LoggerMessage(LogLevel.Error,
        "Routing rules name what is gone; a ticket of theirs goes to any agent who may have it, and from no group to fallbackGroup. {Faults}")]
    private partial void Gone(string faults);

    [LoggerMessage(LogLevel.Warning, "The rule file could not be looked through; the rules stay as they are. {Message}")]
    private partial void NotRead(string message);
}
