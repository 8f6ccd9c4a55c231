using System.Text.Json.Serialization;

namespace TicketTriage.Tickets;

/// <summary>Something that was found out about a ticket, how sure that is, and why.</summary>
/// <param name="Value">The word for it, such as an intent's name or a language's two letters; <c>unclear</c> where nothing fits.</param>
/// <param name="Confidence">The chance that it is right, in [0, 1].</param>
/// <param name="Reasons">For people: one short sentence each, free of the customer's text.</param>
public sealed record Finding(string Value, double Confidence, IReadOnlyList<string> Reasons)
{
    /// <summary>The value that stands for "nothing fits": it goes to a person.</summary>
    public const string Unclear = "unclear";

    /// <summary>The value; <see langword="null"/> where nothing fits.</summary>
    [JsonIgnore]
    public string? Known => Value == Unclear ? null : Value;

    public static Finding Nothing(string reason) => new(Unclear, 0, [reason]);
}
