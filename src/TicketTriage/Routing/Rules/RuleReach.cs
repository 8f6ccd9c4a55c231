using TicketTriage.Policies;
using TicketTriage.Tickets;

namespace TicketTriage.Routing.Rules;

/// <summary>
/// Finds rules that never have a say: because their own conditions exclude each other, or because a rule above takes every ticket that
/// they would take. Works on each condition as a list of cases, a case being tests that all hold; where a case can't be told to lie within
/// another, nothing is said: what is found is certain, what is not found isn't.
/// </summary>
internal static class RuleReach
{
    /// <summary>Conditions that multiply out to more than this are left alone.</summary>
    private const int MostCases = 256;

    /// <param name="rules">In the order in which they are asked.</param>
    /// <param name="policy">Says how sure an intent has to be where a rule doesn't.</param>
    public static IEnumerable<RuleFault> Find(IReadOnlyList<TicketRule> rules, RoutingPolicy policy)
    {
        var above = new List<Reach>();
        foreach (var rule in rules)
        {
            if (rule.Then is { IsDecision: false, PriorityAtLeast: not null })
            {
                // From here on a ticket may be more urgent than the rules above have seen it.
                above.ForEach(other => other.IsRaisedSince = true);
            }

            var all = CasesOf(rule.When, isTrue: true);
            if (all is null || all.Exists(tests => tests.Length == 0))
            {
                continue;
            }

            var cases = all.FindAll(tests => !IsContradiction(tests));
            if (cases.Count == 0)
            {
                yield return new RuleFault(rule.Line, $"Rule “{rule.Name}” can never fire: its conditions contradict each other.",
                    IsWarning: true);
                continue;
            }

            var own = new Reach(rule, cases, policy.LeastConfidenceOf(rule));
            if (above.Find(other => other.Covers(own, other.IsRaisedSince)) is { } shadow)
            {
                var same = (own with { Rule = rule with { From = null, Until = null } }).Covers(shadow, shadow.IsRaisedSince);
                yield return new RuleFault(
                    rule.Line,
                    same && shadow.Rule.Then.Group is { } one && rule.Then.Group is { } other
                        && !one.Equals(other, StringComparison.OrdinalIgnoreCase)
                        ? $"Rule “{rule.Name}” contradicts rule “{shadow.Rule.Name}”: both take the same tickets, one to {one} and one to {other}; the upper one wins."
                        : $"Rule “{rule.Name}” is shadowed: rule “{shadow.Rule.Name}” above it takes every ticket that it would take.",
                    IsWarning: true);
            }

            if (rule.Then.IsDecision)
            {
                above.Add(own);
            }
        }
    }

    /// <summary>Which tickets a rule takes.</summary>
    private sealed record Reach(TicketRule Rule, List<FieldTest[]> Cases, double LeastConfidence)
    {
        /// <summary>A rule below may have made tickets more urgent.</summary>
        public bool IsRaisedSince { get; set; }

        /// <param name="isRaised">The lower one may see a higher priority than this one did.</param>
        public bool Covers(Reach lower, bool isRaised) =>
            (Rule.From is null || Rule.From <= lower.Rule.From)
            && (Rule.Until is null || Rule.Until >= lower.Rule.Until)
            && lower.Cases.TrueForAll(narrow => Cases.Exists(wide => Array.TrueForAll(
                wide,
                test => (!AsksForIntent(test) || LeastConfidence <= lower.LeastConfidence)
                    && (!isRaised || test is not { Field: RuleField.Priority, Operator: not RuleOperator.AtMost })
                    && Array.Exists(narrow, held => Implies(held, test)))));

        private static bool AsksForIntent(FieldTest test) => test is { Field: RuleField.Intent, Operator: RuleOperator.Is };
    }

    /// <returns>Each case; <see langword="null"/> where there are too many.</returns>
    private static List<FieldTest[]>? CasesOf(Condition condition, bool isTrue) => condition switch
    {
        FieldTest test when isTrue => [[test]],

        // "None is not X" asks for X however sure it is, unlike "is X".
        FieldTest { Field: RuleField.Intent, Operator: RuleOperator.IsNot } => null,
        FieldTest test => [[Opposite(test)]],
        AllOf all => isTrue ? Together(all.Parts, isTrue) : Either(all.Parts, isTrue),
        AnyOf any => isTrue ? Either(any.Parts, isTrue) : Together(any.Parts, isTrue),
        NoneOf none => isTrue ? Together(none.Parts, !isTrue) : Either(none.Parts, !isTrue),
        _ => null,
    };

    private static List<FieldTest[]>? Either(IReadOnlyList<Condition> parts, bool isTrue)
    {
        var cases = new List<FieldTest[]>();
        foreach (var part in parts)
        {
            if (CasesOf(part, isTrue) is not { } more || cases.Count + more.Count > MostCases)
            {
                return null;
            }

            cases.AddRange(more);
        }

        return cases;
    }

    private static List<FieldTest[]>? Together(IReadOnlyList<Condition> parts, bool isTrue)
    {
        List<FieldTest[]> cases = [[]];
        foreach (var part in parts)
        {
            if (CasesOf(part, isTrue) is not { } more || cases.Count * more.Count > MostCases)
            {
                return null;
            }

            cases = [.. from one in cases from other in more select (FieldTest[])[.. one, .. other]];
        }

        return cases;
    }

    private static FieldTest Opposite(FieldTest test) => test.Operator switch
    {
        RuleOperator.Is => test with { Operator = RuleOperator.IsNot },
        RuleOperator.IsNot => test with { Operator = RuleOperator.Is },
        RuleOperator.Exists => test with { Number = 1 - test.Number },
        RuleOperator.AtLeast => test with { Operator = RuleOperator.AtMost, Number = double.BitDecrement(test.Number) },
        RuleOperator.AtMost => test with { Operator = RuleOperator.AtLeast, Number = double.BitIncrement(test.Number) },
    };

    private static bool IsContradiction(FieldTest[] tests) =>
        tests.Index().Any(one => tests.Skip(one.Index + 1).Any(other => Exclude(one.Item, other) || Exclude(other, one.Item)));

    private static bool Exclude(FieldTest one, FieldTest other)
    {
        if (!AreOfOneField(one, other))
        {
            return false;
        }

        return (one.Operator, other.Operator) switch
        {
            // A ticket has many tags and signals, so that two of them exclude each other never.
            (RuleOperator.Is, RuleOperator.Is) =>
                !HasMany(one) && !one.Values
                    .Any(value => other.Values.Any(second => Fits(value, second, one.Field) || Fits(second, value, one.Field))),
            (RuleOperator.Is, RuleOperator.IsNot) => one.Values.All(value => other.Values.Any(pattern => Fits(pattern, value, one.Field))),
            (RuleOperator.Is, RuleOperator.Exists) => one.Values.All(value => Exists(value, one) != other.Number > 0),
            (RuleOperator.Exists, RuleOperator.Exists) => one.Number != other.Number,
            (RuleOperator.AtLeast, RuleOperator.AtMost) => one.Number > other.Number,
            (RuleOperator.Is, RuleOperator.AtLeast) => one.Values.All(value => Rank(value) < other.Number),
            (RuleOperator.Is, RuleOperator.AtMost) => one.Values.All(value => Rank(value) > other.Number),
            _ => false,
        };
    }

    /// <summary>True where whatever meets the first meets the second too.</summary>
    private static bool Implies(FieldTest held, FieldTest asked)
    {
        if (!AreOfOneField(held, asked))
        {
            return false;
        }

        return (held.Operator, asked.Operator) switch
        {
            (RuleOperator.Is, RuleOperator.Is) => held.Values.All(value => asked.Values.Any(pattern => Fits(pattern, value, held.Field))),
            (RuleOperator.IsNot, RuleOperator.IsNot) =>
                asked.Values.All(value => held.Values.Any(pattern => Fits(pattern, value, held.Field))),
            (RuleOperator.Is, RuleOperator.IsNot) =>
                !HasMany(held) && !held.Values
                    .Any(value => asked.Values.Any(second => Fits(value, second, held.Field) || Fits(second, value, held.Field))),
            (RuleOperator.Is, RuleOperator.Exists) => held.Values.All(value => Exists(value, held) == asked.Number > 0),
            (RuleOperator.Exists, RuleOperator.Exists) => held.Number == asked.Number,
            (RuleOperator.AtLeast, RuleOperator.AtLeast) => held.Number >= asked.Number,
            (RuleOperator.AtMost, RuleOperator.AtMost) => held.Number <= asked.Number,
            (RuleOperator.Is, RuleOperator.AtLeast) => held.Values.All(value => Rank(value) >= asked.Number),
            (RuleOperator.Is, RuleOperator.AtMost) => held.Values.All(value => Rank(value) <= asked.Number),
            _ => false,
        };
    }

    // What is unclear is told as a value and counts as missing; of tags and signals one is enough.
    private static bool Exists(string value, FieldTest test) =>
        HasMany(test) || !value.Equals(Finding.Unclear, StringComparison.OrdinalIgnoreCase);

    private static bool AreOfOneField(FieldTest one, FieldTest other) => one.Field == other.Field && one.Name == other.Name;

    private static bool HasMany(FieldTest test) => test.Field is RuleField.Tags or RuleField.Signals;

    private static bool Fits(string pattern, string value, RuleField field) =>
        pattern.Equals(value, StringComparison.OrdinalIgnoreCase)
        || (field == RuleField.Intent && IntentPattern.Fits(pattern, value.EndsWith("/*", StringComparison.Ordinal) ? value[..^1] : value));

    private static double Rank(string value) => RuleWords.FindPriority(value) is { } priority ? (int)priority : double.NaN;
}
