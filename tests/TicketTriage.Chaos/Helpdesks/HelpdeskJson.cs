using System.Text.Json.Serialization;

namespace TicketTriage.Chaos.Helpdesks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WrittenTicket))]
[JsonSerializable(typeof(WrittenMessage))]
[JsonSerializable(typeof(ShownTicket))]
[JsonSerializable(typeof(PlannedFault))]
[JsonSerializable(typeof(Journal))]
internal sealed partial class HelpdeskJson : JsonSerializerContext;

internal sealed record WrittenTicket(string Name, string Subject, string Text);

internal sealed record WrittenMessage(string Text);

internal sealed record ShownTicket(ShownRow Row);

internal sealed record ShownRow(long Number);

/// <summary>One way in which the sandbox is told to misbehave.</summary>
/// <param name="Kind">Status, Html, NoAnswer, AnswerLost or Slow.</param>
/// <param name="Share">The share of fitting calls that it strikes, in [0, 1].</param>
internal sealed record PlannedFault(string Kind, string Path, double Share)
{
    public string? Method { get; init; }

    public int? Status { get; init; }

    public string? RetryAfter { get; init; }
}

/// <summary>What has really happened in the helpdesk: the judge's evidence.</summary>
internal sealed record Journal(
    IReadOnlyList<JournalChange> Changes, IReadOnlyDictionary<string, long> CallsByEndpoint, long LostDeliveries);

/// <summary>One change that was applied, whether or not its caller ever heard of it.</summary>
/// <param name="Position">Counts the changes of all tickets.</param>
/// <param name="Metadata">What the caller wrote beside it, as JSON.</param>
internal sealed record JournalChange(
    int Position, DateTimeOffset At, long Ticket, string Channel, string What, bool? IsPublicComment, string? Metadata)
{
    /// <summary>True where the customer has said something: the ticket is in a new state, and wants a triage.</summary>
    [JsonIgnore]
    public bool IsCustomers => Channel != "api" && (What == "Created" || IsPublicComment == true);

    /// <summary>True for what the product did.</summary>
    [JsonIgnore]
    public bool IsEffect => Channel == "api";
}
