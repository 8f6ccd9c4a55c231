using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Decides the tickets of the past again under other rules, with the code that decides new ones, and tells what would change.
/// </summary>
public static class Backtest
{
    private const int MostSamples = 5;

    /// <param name="inForce">The rules of now, for tickets that were never decided here.</param>
    /// <param name="candidate">The rules that are tried.</param>
    public static BacktestReport Run(
        IReadOnlyList<PastDecision> past, CompiledRules inForce, CompiledRules candidate, CancellationToken cancellationToken) =>
        Run(past, inForce, candidate, _ => { }, cancellationToken);

    /// <param name="tell">Hears after each ticket how many are done.</param>
    public static BacktestReport Run(
        IReadOnlyList<PastDecision> past,
        CompiledRules inForce,
        CompiledRules candidate,
        Action<int> tell,
        CancellationToken cancellationToken)
    {
        var effects = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var name in candidate.Policy.Rules.Select(rule => rule.Name).Append(GroupRouter.Fallback))
        {
            effects[name] = new Tally();
        }

        var changed = 0;
        var moves = new List<DecidedTwice>(past.Count);
        foreach (var one in past)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = inForce.Decide(one.Facts);
            var after = candidate.Decide(one.Anew ?? one.Facts);
            var was = one.Group ?? GroupOf(before, inForce);
            var twice = new DecidedTwice(one, was, GroupOf(after, candidate), before.Priority, after.Priority);
            moves.Add(twice);
            changed += twice.IsChanged ? 1 : 0;
            effects[after.DecidedBy?.Name ?? GroupRouter.Fallback].Add(twice);
            foreach (var rule in after.Applied.Where(rule => rule != after.DecidedBy))
            {
                effects[rule.Name].Add(twice);
            }

            tell(moves.Count);
        }

        return new BacktestReport(past.Count, changed, [.. effects.Select(effect => effect.Value.Tell(effect.Key))], moves);
    }

    private static string GroupOf(RuleVerdict verdict, CompiledRules rules) => verdict.DecidedBy?.Then.Group ?? rules.Policy.FallbackGroup;

    private sealed class Tally
    {
        private readonly Dictionary<(string From, string To), int> moves = [];
        private readonly List<string> samples = [];
        private int fires;
        private int changes;

        public void Add(DecidedTwice twice)
        {
            fires++;
            if (!twice.IsChanged)
            {
                return;
            }

            changes++;
            var move = (twice.GroupBefore, twice.GroupAfter);
            moves[move] = moves.GetValueOrDefault(move) + 1;
            if (samples.Count < MostSamples)
            {
                samples.Add(twice.Past.Ticket.ToString());
            }
        }

        public RuleEffect Tell(string rule) => new(
            rule,
            fires,
            changes,
            [.. moves.OrderByDescending(move => move.Value).ThenBy(move => move.Key.To, StringComparer.Ordinal)
                .Select(move => new GroupMove(move.Key.From, move.Key.To, move.Value))],
            samples);
    }
}

/// <summary>What other rules would have changed.</summary>
/// <param name="Rules">In the order of the rule file, the fallback last.</param>
/// <param name="Decisions">Each ticket with both decisions.</param>
public sealed record BacktestReport(int Tickets, int Changed, IReadOnlyList<RuleEffect> Rules, IReadOnlyList<DecidedTwice> Decisions);

/// <summary>What a rule would have done.</summary>
/// <param name="Fires">Tickets on which it would have had a say.</param>
/// <param name="Changes">Of those, the ones that would have come elsewhere, or with another priority.</param>
/// <param name="Samples">The first changed tickets.</param>
public sealed record RuleEffect(string Rule, int Fires, int Changes, IReadOnlyList<GroupMove> Moves, IReadOnlyList<string> Samples);

/// <summary>So many tickets from one group to another; the same group where only the priority changed.</summary>
public sealed record GroupMove(string From, string To, int Tickets);

/// <summary>A past ticket under the rules that were and those that are tried.</summary>
public sealed record DecidedTwice(
    PastDecision Past, string GroupBefore, string GroupAfter, TicketPriority PriorityBefore, TicketPriority PriorityAfter)
{
    public bool IsChanged => PriorityBefore != PriorityAfter || !GroupBefore.Equals(GroupAfter, StringComparison.OrdinalIgnoreCase);
}
