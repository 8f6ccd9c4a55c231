using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Rules;

/// <summary>
/// A policy made ready to be asked for each ticket: rules in the order in which they are asked. Asking allocates nothing that grows with
/// the rules or with the tickets asked about. Safe for many threads.
/// </summary>
public sealed class CompiledRules
{
    private readonly ReadyRule[] rules;

    private CompiledRules(RoutingPolicy policy, ReadyRule[] rules)
    {
        Policy = policy;
        this.rules = rules;
    }

    public RoutingPolicy Policy { get; }

    /// <exception cref="ArgumentException">Rules stand before each other in a circle, which the lint finds.</exception>
    public static CompiledRules Compile(RoutingPolicy policy)
    {
        var ordered = RuleOrder.Sort(policy.Rules)
            ?? throw new ArgumentException("Rules stand before each other in a circle.", nameof(policy));
        return new CompiledRules(policy, [.. ordered.Select(rule => new ReadyRule(rule, policy))]);
    }

    public RuleVerdict Decide(RuleFacts facts)
    {
        var verdict = new RuleVerdict { Priority = facts.Priority };
        var asked = facts;
        foreach (var rule in rules)
        {
            if (!rule.Fits(asked, rule.MinConfidence))
            {
                if (verdict.Almost is null && asked.IntentConfidence < rule.MinConfidence && rule.Fits(asked, leastConfidence: 0))
                {
                    (verdict.Almost, verdict.AlmostConfidence) = (rule.Rule, rule.MinConfidence);
                }

                continue;
            }

            verdict.Add(rule.Rule);
            if (rule.Rule.Then.IsDecision)
            {
                verdict.DecidedBy = rule.Rule;
                break;
            }

            if (verdict.Priority != asked.Priority)
            {
                asked = asked with { Priority = verdict.Priority };
            }
        }

        return verdict;
    }

    private sealed class ReadyRule(TicketRule rule, RoutingPolicy policy)
    {
        private readonly DateTimeOffset from = Midnight(rule.From) ?? DateTimeOffset.MinValue;
        private readonly DateTimeOffset until = Midnight(rule.Until) ?? DateTimeOffset.MaxValue;

        public TicketRule Rule { get; } = rule;

        public double MinConfidence { get; } = policy.LeastConfidenceOf(rule);

        public bool Fits(RuleFacts facts, double leastConfidence) =>
            facts.At >= from && facts.At < until && Rule.When.Holds(facts, leastConfidence);

        private static DateTimeOffset? Midnight(DateOnly? day) => day is { } date ? new(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
    }
}

/// <summary>What the rules say about a ticket.</summary>
public sealed class RuleVerdict
{
    private readonly List<TicketRule> applied = [];

    /// <summary>In the order in which they were asked.</summary>
    public IReadOnlyList<TicketRule> Applied => applied;

    /// <summary><see langword="null"/> where none decided, and the triage group gets the ticket.</summary>
    public TicketRule? DecidedBy { get; internal set; }

    /// <summary>With what the rules ask for at least.</summary>
    public TicketPriority Priority { get; internal set; }

    /// <summary>The first rule that would have fitted, had the intent been surer.</summary>
    public TicketRule? Almost { get; internal set; }

    public double AlmostConfidence { get; internal set; }

    /// <summary>Each skill once, at the highest level that a rule asks for.</summary>
    public IReadOnlyList<SkillNeed> RequiredSkills =>
        [.. applied.SelectMany(rule => rule.Then.RequiredSkills).GroupBy(need => need.Skill)
            .Select(needs => needs.MaxBy(need => need.Level)).OfType<SkillNeed>()];

    public IReadOnlyList<string> PreferredSkills => [.. applied.SelectMany(rule => rule.Then.PreferredSkills).Distinct()];

    public IReadOnlyList<string> Tags => [.. applied.SelectMany(rule => rule.Then.Tags).Distinct()];

    internal void Add(TicketRule rule)
    {
        applied.Add(rule);
        if (rule.Then.PriorityAtLeast is { } least && Priority < least)
        {
            Priority = least;
        }
    }
}
