namespace TicketTriage.Routing.Rules;

/// <summary>What a rule asks of a ticket.</summary>
public abstract record Condition
{
    /// <summary>Where it stands in its document, from 1; 0 where it came from none.</summary>
    public int Line { get; init; }

    /// <param name="leastConfidence">
    /// An intent that is less sure meets no test that asks for it. What stands under a "none" is looked at however sure it is: a doubt
    /// keeps a ticket away from a rule, and never brings it there.
    /// </param>
    internal abstract bool Holds(RuleFacts facts, double leastConfidence);

    /// <summary>The tests that are met and stand under no "none": what a reason names.</summary>
    internal abstract IEnumerable<FieldTest> Met(RuleFacts facts, double leastConfidence);

    internal abstract IEnumerable<FieldTest> ListTests();
}

/// <summary>Each of them holds; an empty list always does.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    // Loops by hand here and below: an enumerator for each of 200 rules and each ticket would be garbage.
    internal override bool Holds(RuleFacts facts, double leastConfidence)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (!Parts[i].Holds(facts, leastConfidence))
            {
                return false;
            }
        }

        return true;
    }

    internal override IEnumerable<FieldTest> Met(RuleFacts facts, double leastConfidence) =>
        Parts.SelectMany(part => part.Met(facts, leastConfidence));

    internal override IEnumerable<FieldTest> ListTests() => Parts.SelectMany(part => part.ListTests());
}

/// <summary>At least one of them holds.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    internal override bool Holds(RuleFacts facts, double leastConfidence)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Holds(facts, leastConfidence))
            {
                return true;
            }
        }

        return false;
    }

    internal override IEnumerable<FieldTest> Met(RuleFacts facts, double leastConfidence) =>
        Parts.Where(part => part.Holds(facts, leastConfidence)).SelectMany(part => part.Met(facts, leastConfidence));

    internal override IEnumerable<FieldTest> ListTests() => Parts.SelectMany(part => part.ListTests());
}

/// <summary>None of them holds.</summary>
public sealed record NoneOf(IReadOnlyList<Condition> Parts) : Condition
{
    internal override bool Holds(RuleFacts facts, double leastConfidence)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Holds(facts, leastConfidence: 0))
            {
                return false;
            }
        }

        return true;
    }

    internal override IEnumerable<FieldTest> Met(RuleFacts facts, double leastConfidence) => [];

    internal override IEnumerable<FieldTest> ListTests() => Parts.SelectMany(part => part.ListTests());
}

/// <summary>What is asked about a ticket.</summary>
public enum RuleField
{
    Intent = 0,
    Product,
    Language,
    Sentiment,
    Priority,
    Segment,
    Brand,
    Channel,
    Tags,
    Signals,

    /// <summary>A field of the ticket by its name.</summary>
    Custom,
    BusinessHours,

    /// <summary>How sure the intent is.</summary>
    Confidence,
}

/// <summary>How it is asked.</summary>
public enum RuleOperator
{
    /// <summary>One of the values; of tags and signals, one among those that are there.</summary>
    Is = 0,
    IsNot,
    AtLeast,
    AtMost,
    Exists,
}
