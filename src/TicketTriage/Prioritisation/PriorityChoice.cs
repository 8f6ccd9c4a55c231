using TicketTriage.Helpdesks;

namespace TicketTriage.Prioritisation;

/// <summary>How soon the ticket needs a person, and why.</summary>
/// <param name="Value">Never <see cref="TicketPriority.None"/>.</param>
/// <param name="Confidence">In [0, 1]: 1 where a rule says so outright, else that of what the rule looked at.</param>
/// <param name="Reasons">Each raise and lowering, in one short sentence.</param>
public sealed record PriorityChoice(TicketPriority Value, double Confidence, IReadOnlyList<string> Reasons)
{
    /// <summary>What the rules knew beside the ticket's own words; <see langword="null"/> in older records.</summary>
    public Circumstances? Circumstances { get; init; }

    /// <summary>With what a routing rule asks for at least.</summary>
    /// <param name="least"><see langword="null"/> leaves it as it is.</param>
    /// <param name="rule">The rule's name, for the reason.</param>
    public PriorityChoice Raised(TicketPriority? least, string rule) => least is { } wanted && wanted > Value
        ? this with
        {
            Value = wanted,
            Confidence = 1,
            Reasons = [.. Reasons, $"Raised from {Value} to {wanted}: the routing rules ask for it (“{rule}”)."],
        }
        : this;
}
