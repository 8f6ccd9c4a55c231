using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing;

namespace TicketTriage.Rehearsals;

/// <summary>Plays what a backtest decided with the agents that are known, or with those of a roster.</summary>
public sealed class BacktestStage(AgentBook book, HelpdeskDirectory helpdesks, HandlingTimes handling)
{
    /// <summary>Any will do, as long as it is the same: both sides draw the same handling times.</summary>
    private const int Seed = 1;

    /// <param name="helpdesk"><see langword="null"/> for the agents of all.</param>
    /// <param name="roster">Tried in place of those who are known; <see langword="null"/> for the same ones.</param>
    /// <param name="tell">Hears how many tickets are done, each counted once before and once after.</param>
    /// <returns><see langword="null"/> where there is nothing to play.</returns>
    public async Task<BacktestEffect?> PlayAsync(
        IReadOnlyList<DecidedTwice> decisions,
        string? helpdesk,
        IReadOnlyList<RosterLine>? roster,
        Action<int> tell,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> places = helpdesk is null ? helpdesks.Names : [helpdesk];
        var known = new List<Agent>();
        foreach (var place in places)
        {
            known.AddRange((await book.ListAsync(place, cancellationToken)).Select(one => one.Agent));
        }

        var tried = new List<Agent>();
        foreach (var line in roster ?? [])
        {
            tried.Add(await ReadAsync(line, places, known, cancellationToken));
        }

        await handling.RefreshAsync(cancellationToken);
        var minutes = handling.Find(intent: null, TicketPriority.Normal).Minutes;
        return BacktestSimulation.Run(decisions, known, roster is null ? known : tried, minutes, Seed, tell, cancellationToken);
    }

    /// <summary>As the agent would be after the import: what the roster leaves out, the helpdesk says.</summary>
    private async Task<Agent> ReadAsync(
        RosterLine line, IReadOnlyList<string> places, List<Agent> known, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            if (await book.FindAsync(place, line.Id, cancellationToken) is { } sheet)
            {
                var agent = line.Entry.Over(sheet.Known).ToAgent(line.Id, line.Name);
                var mostNow = known.Find(one => one.Id == line.Id)?.MostUnits;
                return line.Entry.Capacity is null && mostNow is { } most ? agent with { MostUnits = most } : agent;
            }
        }

        return line.Entry.ToAgent(line.Id, line.Name);
    }
}
