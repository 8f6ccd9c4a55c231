using TicketTriage.Policies;

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
    public static IEnumerable<RuleFault> Find(IReadOnlyList<TicketRule> rules)
    {
        var above = new List<(TicketRule Rule, List<FieldTest[]> Cases)>();
        foreach (var rule in rules)
        {
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

            var shadow = above.Find(other => Covers(other, (rule, cases)));
            if (shadow.Rule is not null)
            {
                var same = Covers((rule with { From = null, Until = null }, cases), shadow);
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
                above.Add((rule, cases));
            }
        }
    }

    private static bool Covers((TicketRule Rule, List<FieldTest[]> Cases) upper, (TicketRule Rule, List<FieldTest[]> Cases) lower) =>
        (upper.Rule.From is null || upper.Rule.From <= lower.Rule.From)
        && (upper.Rule.Until is null || upper.Rule.Until >= lower.Rule.Until)
        && (upper.Rule.MinConfidence ?? 0) <= (lower.Rule.MinConfidence ?? 0)
        && lower.Cases.TrueForAll(narrow =>
            upper.Cases.Exists(wide => Array.TrueForAll(wide, test => Array.Exists(narrow, held => Implies(held, test)))));

    /// <returns>Each case; <see langword="null"/> where there are too many.</returns>
    private static List<FieldTest[]>? CasesOf(Condition condition, bool isTrue) => condition switch
    {
        FieldTest test => [[isTrue ? test : Opposite(test)]],
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
            (RuleOperator.Is, RuleOperator.Exists) => other.Number == 0,
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
            (RuleOperator.Is, RuleOperator.Exists) => asked.Number > 0,
            (RuleOperator.Exists, RuleOperator.Exists) => held.Number == asked.Number,
            (RuleOperator.AtLeast, RuleOperator.AtLeast) => held.Number >= asked.Number,
            (RuleOperator.AtMost, RuleOperator.AtMost) => held.Number <= asked.Number,
            (RuleOperator.Is, RuleOperator.AtLeast) => held.Values.All(value => Rank(value) >= asked.Number),
            (RuleOperator.Is, RuleOperator.AtMost) => held.Values.All(value => Rank(value) <= asked.Number),
            _ => false,
        };
    }

    private static bool AreOfOneField(FieldTest one, FieldTest other) => one.Field == other.Field && one.Name == other.Name;

    private static bool HasMany(FieldTest test) => test.Field is RuleField.Tags or RuleField.Signals;

    private static bool Fits(string pattern, string value, RuleField field) =>
        pattern.Equals(value, StringComparison.OrdinalIgnoreCase)
        || (field == RuleField.Intent && IntentPattern.Fits(pattern, value.EndsWith("/*", StringComparison.Ordinal) ? value[..^1] : value));

    private static double Rank(string value) => RuleWords.FindPriority(value) is { } priority ? (int)priority : double.NaN;
}
