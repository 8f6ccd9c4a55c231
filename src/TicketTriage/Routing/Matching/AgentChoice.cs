using System.Globalization;

namespace TicketTriage.Routing.Matching;

/// <summary>Who gets one ticket, and why: what a record keeps and a note shows.</summary>
/// <param name="Agent">The place in the staff; <see langword="null"/> where the ticket waits.</param>
/// <param name="Eligible">Places of all who could have had it now.</param>
/// <param name="Reasons">Who could, who couldn't and why, and what the first three were worth.</param>
public sealed record AgentChoice(int? Agent, IReadOnlyList<int> Eligible, IReadOnlyList<string> Reasons)
{
    private const int MostNamed = 3;

    /// <param name="ticket">The place in the pool.</param>
    /// <param name="pool">All that waits, this one among it: somebody else's ticket may be worth more.</param>
    public static AgentChoice Of(
        int ticket,
        IReadOnlyList<PoolTicket> pool,
        IReadOnlyList<AgentNow> agents,
        Staff staff,
        RouterTuning tuning,
        double elapsedMinutes = 0)
    {
        var board = new AgentRouter.Board(pool, agents, staff, tuning, elapsedMinutes);
        var standing = Standing.Of(pool[ticket], agents, staff);
        var chosen = standing.Eligible.Count == 0
            ? null
            : board.Match().Where(one => one.Ticket == ticket).Select(one => (int?)one.Agent).FirstOrDefault();
        return new AgentChoice(chosen, standing.Eligible, Explain(ticket, board, chosen, standing, staff));
    }

    /// <summary>All that is given now as a whole, each with its reasons. What waits on is not among it.</summary>
    public static IReadOnlyList<(Assignment Given, IReadOnlyList<string> Reasons)> OfAll(
        IReadOnlyList<PoolTicket> pool, IReadOnlyList<AgentNow> agents, Staff staff, RouterTuning tuning)
    {
        if (!AgentRouter.CanGiveAny(pool, agents))
        {
            return [];
        }

        var board = new AgentRouter.Board(pool, agents, staff, tuning, elapsedMinutes: 0);
        return
        [
            .. from given in board.Match()
               let standing = Standing.Of(pool[given.Ticket], agents, staff)
               select (given, Explain(given.Ticket, board, given.Agent, standing, staff)),
        ];
    }

    private static List<string> Explain(int ticket, AgentRouter.Board board, int? chosen, Standing standing, Staff staff)
    {
        var (eligible, refused) = standing;
        var reasons = new List<string>
        {
            chosen is { } agent ? $"Agent {Name(staff, agent)} gets it."
                : eligible.Count > 0 ? "It waits: other tickets need those who are free more."
                : "It waits: nobody who may have it is free.",
        };
        if (eligible.Count > 0)
        {
            var best = eligible.OrderByDescending(agent => board.WorthOf(ticket, agent)).Take(MostNamed)
                .Select(agent => string.Create(CultureInfo.InvariantCulture, $"{Name(staff, agent)} {board.WorthOf(ticket, agent):F2}"));
            reasons.Add(string.Create(CultureInfo.InvariantCulture,
                $"{eligible.Count} could have it now; worth most: {string.Join(", ", best)}."));
        }

        if (refused.Count > 0)
        {
            var told = refused.OrderByDescending(why => why.Value.Count).Select(why => Tell(why.Key, why.Value, staff));
            reasons.Add($"Not: {string.Join("; ", told)}.");
        }

        return reasons;
    }

    private static string Tell(string why, List<int> agents, Staff staff) => agents.Count > MostNamed
        ? string.Create(CultureInfo.InvariantCulture, $"{agents.Count} ({why})")
        : $"{string.Join(", ", agents.Select(agent => Name(staff, agent)))} ({why})";

    // Ids alone: records and logs hold no names of people.
    private static string Name(Staff staff, int agent) => staff.Agents[agent].Id;

    /// <summary>Who could have a ticket now, and who couldn't, by the reason.</summary>
    private sealed record Standing(List<int> Eligible, Dictionary<string, List<int>> Refused)
    {
        public static Standing Of(PoolTicket ticket, IReadOnlyList<AgentNow> agents, Staff staff)
        {
            var standing = new Standing([], []);
            for (var agent = 0; agent < agents.Count; agent++)
            {
                if (WhyNot(ticket, agents[agent], staff, agent) is not { } why)
                {
                    standing.Eligible.Add(agent);
                }
                else if (standing.Refused.TryGetValue(why, out var same))
                {
                    same.Add(agent);
                }
                else
                {
                    standing.Refused[why] = [agent];
                }
            }

            return standing;
        }

        private static string? WhyNot(PoolTicket ticket, AgentNow now, Staff staff, int agent) =>
            Staff.WhyNot(ticket.Demand, staff.Agents[agent]) is { } unfit ? unfit
            : ticket.NotAgain.Contains(staff.Agents[agent].Id) ? "the helpdesk did not take them for it"
            : !now.IsThere ? "away"
            : !now.HasRoomFor(staff.Agents[agent].UnitsOf(ticket.Channel)) ? "full"
            : null;
    }
}
