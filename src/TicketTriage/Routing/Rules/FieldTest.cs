using System.Globalization;
using TicketTriage.Policies;
using TicketTriage.Tickets;

namespace TicketTriage.Routing.Rules;

/// <summary>One question about one field.</summary>
/// <param name="Name">The custom field's name; <see langword="null"/> for every other field.</param>
public sealed record FieldTest(RuleField Field, string? Name, RuleOperator Operator) : Condition
{
    /// <summary>Of <see cref="RuleOperator.Is"/> and <see cref="RuleOperator.IsNot"/>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>
    /// The bound of <see cref="RuleOperator.AtLeast"/> and <see cref="RuleOperator.AtMost"/>, a priority by its rank; of
    /// <see cref="RuleOperator.Exists"/> 1 for there and 0 for not there.
    /// </summary>
    public double Number { get; init; }

    /// <summary>As a rule file calls it.</summary>
    public string Word => Name is null ? RuleWords.Of(Field) : RuleWords.CustomPrefix + Name;

    internal override bool Holds(RuleFacts facts, double leastConfidence) => Operator switch
    {
        RuleOperator.Is => IsSureEnough(facts, leastConfidence) && IsAny(facts),
        RuleOperator.IsNot => !IsAny(facts),
        RuleOperator.AtLeast => Measure(facts) >= Number,
        RuleOperator.AtMost => Measure(facts) <= Number,
        RuleOperator.Exists => Exists(facts) == (Number > 0),
    };

    internal override IEnumerable<FieldTest> Met(RuleFacts facts, double leastConfidence) => Holds(facts, leastConfidence) ? [this] : [];

    internal override IEnumerable<FieldTest> ListTests() => [this];

    /// <summary>What the ticket has, for a reason.</summary>
    internal string Tell(RuleFacts facts) => Field switch
    {
        RuleField.Intent => $"intent {facts.Intent} ({facts.IntentConfidence.ToString("0 %", CultureInfo.InvariantCulture)} sure)",
        RuleField.Confidence => $"{facts.IntentConfidence.ToString("0 %", CultureInfo.InvariantCulture)} sure",
        RuleField.Tags => $"tag {string.Join(", ", facts.Tags.Where(Values.Contains))}",
        RuleField.Signals => $"signal {string.Join(", ", facts.Signals.Where(Values.Contains))}",
        RuleField.BusinessHours => facts.IsInBusinessHours ? "within business hours" : "out of business hours",
        RuleField.Product or RuleField.Language or RuleField.Sentiment or RuleField.Priority or RuleField.Segment or RuleField.Brand
            or RuleField.Channel or RuleField.Custom => $"{Word} {TextOf(facts) ?? "missing"}",
    };

    // That an intent is unclear is no intent that somebody could be unsure of.
    private bool IsSureEnough(RuleFacts facts, double leastConfidence) =>
        Field != RuleField.Intent || facts.IntentConfidence >= leastConfidence || facts.Intent == Finding.Unclear;

    private bool IsAny(RuleFacts facts)
    {
        if (Field is RuleField.Tags or RuleField.Signals)
        {
            return HasAny(Field == RuleField.Tags ? facts.Tags : facts.Signals);
        }

        if (Field == RuleField.BusinessHours)
        {
            return Values[0] == (facts.IsInBusinessHours ? RuleWords.True : RuleWords.False);
        }

        if (TextOf(facts) is not { } text)
        {
            return false;
        }

        for (var i = 0; i < Values.Count; i++)
        {
            if (Field == RuleField.Intent
                ? IntentPattern.Fits(Values[i], text)
                : Values[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAny(IReadOnlyList<string> present)
    {
        for (var i = 0; i < present.Count; i++)
        {
            for (var j = 0; j < Values.Count; j++)
            {
                if (present[i].Equals(Values[j], StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private double Measure(RuleFacts facts) => Field switch
    {
        RuleField.Priority => (int)facts.Priority,
        RuleField.Confidence => facts.IntentConfidence,
        _ => double.NaN,
    };

    private bool Exists(RuleFacts facts) => Field switch
    {
        RuleField.Tags => facts.Tags.Count > 0,
        RuleField.Signals => facts.Signals.Count > 0,
        _ => TextOf(facts) is { Length: > 0 } text && text != Finding.Unclear,
    };

    private string? TextOf(RuleFacts facts) => Field switch
    {
        RuleField.Intent => facts.Intent,
        RuleField.Product => facts.Product,
        RuleField.Language => facts.Language,
        RuleField.Sentiment => facts.Sentiment,
        RuleField.Priority => RuleWords.Of(facts.Priority),
        RuleField.Segment => facts.Segment,
        RuleField.Brand => facts.Brand,
        RuleField.Channel => facts.Channel,
        RuleField.Custom => facts.CustomFields.GetValueOrDefault(Name ?? ""),
        RuleField.Tags or RuleField.Signals or RuleField.BusinessHours or RuleField.Confidence => null,
    };
}
