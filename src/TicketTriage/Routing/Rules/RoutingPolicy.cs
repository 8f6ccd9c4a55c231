using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Rules;

/// <summary>Which tickets go where: rules in their order, and what happens where none decides.</summary>
public sealed record RoutingPolicy
{
    /// <summary>The triage group: it gets what no rule decides and what nobody is sure about.</summary>
    public required string FallbackGroup { get; init; }

    /// <summary>An intent that is less sure than this meets no condition on intents, unless the rule says otherwise; in [0, 1].</summary>
    public double MinConfidence { get; init; } = 0.5;

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<TicketRule> Rules { get; init; } = [];

    /// <summary>How sure an intent has to be to meet the conditions of a rule.</summary>
    public double LeastConfidenceOf(TicketRule rule) => rule.MinConfidence ?? MinConfidence;

    /// <summary>Every group that is named, each once.</summary>
    public IReadOnlyList<string> ListGroups() =>
        [.. Rules.Select(rule => rule.Then.Group).OfType<string>().Prepend(FallbackGroup).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The rules of the configuration, in this form.</summary>
    public static RoutingPolicy From(RoutingOptions options) => new()
    {
        FallbackGroup = options.FallbackGroup,
        Rules = [.. options.Rules.Select(From)],
    };

    private static TicketRule From(RoutingRule rule)
    {
        var tests = new List<Condition>();
        Add(tests, RuleField.Intent, rule.Intents);
        Add(tests, RuleField.Language, rule.Languages);
        Add(tests, RuleField.Priority, [.. rule.Priorities.Select(priority => RuleWords.Of(priority))]);
        Add(tests, RuleField.Signals, rule.Signals);
        return new TicketRule
        {
            Name = rule.Name,
            MinConfidence = rule.MinConfidence,
            When = new AllOf(tests),
            Then = new RuleActions { Group = rule.Group },
        };
    }

    private static void Add(List<Condition> tests, RuleField field, IList<string> values)
    {
        if (values.Count > 0)
        {
            tests.Add(new FieldTest(field, null, RuleOperator.Is) { Values = [.. values] });
        }
    }
}

/// <summary>What is done with the tickets that meet a condition.</summary>
public sealed record TicketRule
{
    /// <summary>What reasons call it; no two rules have the same.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Why it is there.</summary>
    public string? Note { get; init; }

    /// <summary>The first day on which it holds, in UTC; <see langword="null"/> for always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The first day on which it holds no more, in UTC.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Names of rules that are asked after this one, wherever they stand.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>In place of <see cref="RoutingPolicy.MinConfidence"/>.</summary>
    public double? MinConfidence { get; init; }

    public required Condition When { get; init; }

    public required RuleActions Then { get; init; }

    /// <summary>Where it stands in its document, from 1; 0 where it came from none.</summary>
    public int Line { get; init; }
}

/// <summary>
/// What follows. A rule that names a group, an agent or <see cref="IsHeld"/> decides, and no rule below it is asked; the others add to
/// what the deciding one says.
/// </summary>
public sealed record RuleActions
{
    public string? Group { get; init; }

    /// <summary>The agent's id or name; the ticket waits for no one else.</summary>
    public string? Agent { get; init; }

    public IReadOnlyList<SkillNeed> RequiredSkills { get; init; } = [];

    /// <summary>Skills that make an agent the better choice, and nobody the wrong one.</summary>
    public IReadOnlyList<string> PreferredSkills { get; init; } = [];

    public TicketPriority? PriorityAtLeast { get; init; }

    /// <summary>A person looks first: no agent is chosen.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Without the service's prefix.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    internal bool IsDecision => Group is not null || Agent is not null || IsHeld;

    internal bool IsNothing =>
        !IsDecision && RequiredSkills.Count == 0 && PreferredSkills.Count == 0 && PriorityAtLeast is null && Tags.Count == 0;
}

/// <summary>A skill that whoever gets a ticket has to have.</summary>
/// <param name="Level">The least level, 1 to 5.</param>
public sealed record SkillNeed(string Skill, int Level);
