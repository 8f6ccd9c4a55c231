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
            var before = PastRoute.Of(GroupRouter.Choose(one.Facts, inForce), one.Facts, one.Group);
            var facts = one.Anew ?? one.Facts;
            var route = GroupRouter.Choose(facts, candidate, usualSkill: null, out var applied);
            var twice = new DecidedTwice(one, before, PastRoute.Of(route, facts, group: null));
            moves.Add(twice);
            changed += twice.IsChanged ? 1 : 0;
            foreach (var name in applied.Select(rule => rule.Name).Append(route.Rule).Distinct())
            {
                // A ticket that gives orders to software asks no rule; its line stands there where there is such a ticket.
                effects.TryAdd(name, new Tally());
                effects[name].Add(twice);
            }

            tell(moves.Count);
        }

        return new BacktestReport(past.Count, changed, [.. effects.Select(effect => effect.Value.Tell(effect.Key))], moves);
    }

    private sealed class Tally
    {
        private readonly Dictionary<(string From, string To, RouteParts Others), int> moves = [];
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
            var move = (twice.Before.Group, twice.After.Group, twice.Changes.HasFlag(RouteParts.Group) ? RouteParts.None : twice.Changes);
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
                .Select(move => new GroupMove(move.Key.From, move.Key.To, move.Value, move.Key.Others))],
            samples);
    }
}

/// <summary>What other rules would have changed.</summary>
/// <param name="Rules">
/// In the order of the rule file, after them the fallback, and after it <see cref="GroupRouter.Suspicion"/> where it decided any.
/// </param>
/// <param name="Decisions">Each ticket with both decisions.</param>
public sealed record BacktestReport(int Tickets, int Changed, IReadOnlyList<RuleEffect> Rules, IReadOnlyList<DecidedTwice> Decisions);

/// <summary>What a rule would have done.</summary>
/// <param name="Fires">Tickets on which it would have had a say.</param>
/// <param name="Changes">Of those, the ones of which anything would have been decided otherwise.</param>
/// <param name="Samples">The first changed tickets.</param>
public sealed record RuleEffect(string Rule, int Fires, int Changes, IReadOnlyList<GroupMove> Moves, IReadOnlyList<string> Samples);

/// <summary>So many tickets from one group to another.</summary>
/// <param name="Others">What else changed of those that stay in their group.</param>
public sealed record GroupMove(string From, string To, int Tickets, RouteParts Others = RouteParts.None);

/// <summary>A past ticket under the rules that were and those that are tried.</summary>
/// <param name="Before">With the group to which it really went, where that is known.</param>
public sealed record DecidedTwice(PastDecision Past, PastRoute Before, PastRoute After)
{
    public RouteParts Changes { get; } = Before.FindDifferences(After);

    public bool IsChanged => Changes != RouteParts.None;
}
