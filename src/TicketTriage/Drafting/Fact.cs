namespace TicketTriage.Drafting;

/// <summary>Something in a text that is true or false, and that a customer will hold the team to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The same for each way to write it: <c>49.90 eur</c>, <c>14 day</c>, <c>11-22</c>.</param>
/// <param name="Wording">As it stands in the text.</param>
public sealed record Fact(FactKind Kind, string Value, string Wording);

public enum FactKind
{
    /// <summary>Money, a share, or a number of things.</summary>
    Amount = 0,

    /// <summary>A day, with or without its year, or a weekday.</summary>
    Date,

    /// <summary>How long something takes or may take.</summary>
    Deadline,

    /// <summary>A web address.</summary>
    Link,

    /// <summary>A mail address or telephone number.</summary>
    Contact,

    /// <summary>A person, product or place.</summary>
    Name,

    /// <summary>Money, a right, or a certainty that the team would owe.</summary>
    Promise,
}
