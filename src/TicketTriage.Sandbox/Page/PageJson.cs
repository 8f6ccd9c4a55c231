using System.Text.Json.Serialization;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Sandbox.Page;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<InboxRow>))]
[JsonSerializable(typeof(InboxTicket))]
[JsonSerializable(typeof(WrittenTicket))]
[JsonSerializable(typeof(WrittenMessage))]
[JsonSerializable(typeof(AskedSamples))]
[JsonSerializable(typeof(WrittenEdit))]
[JsonSerializable(typeof(WrittenPlan))]
[JsonSerializable(typeof(PageRefusal))]
[JsonSerializable(typeof(WrittenFault))]
[JsonSerializable(typeof(JournalAnswer))]
internal sealed partial class PageJson : JsonSerializerContext;

internal sealed record InboxRow(
    long Number,
    string Subject,
    string Snippet,
    string Requester,
    string Status,
    string? Priority,
    string? Group,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <param name="Summary">As HTML, where the vendor has one and it is written.</param>
/// <param name="Fields">Custom fields that have a value, by title.</param>
internal sealed record InboxTicket(
    InboxRow Row, string RequesterEmail, string? Assignee, string Channel, string? Summary, IReadOnlyList<InboxField> Fields,
    IReadOnlyList<InboxMessage> Messages);

internal sealed record InboxField(string Title, string Value);

/// <param name="Html">Only of notes; what customers write is shown as text.</param>
internal sealed record InboxMessage(
    long Id, string Author, bool IsStaff, bool IsPublic, string Text, string? Html, DateTimeOffset CreatedAt, IReadOnlyList<string> Files);

internal sealed record WrittenTicket(string? Name, string? Subject, string? Text);

internal sealed record WrittenMessage(string? Text);

internal sealed record AskedSamples(int Count);

/// <summary>A fault as it is planned over HTTP; what is missing has the rule's own default.</summary>
internal sealed record WrittenFault(
    FaultKind? Kind, string? Method, string? Path, int? Status, string? RetryAfter, TimeSpan? Delay, int? After, int? Times, double? Share)
{
    /// <returns>The rule, or <see langword="null"/> where the kind is missing.</returns>
    public FaultRule? ToRule()
    {
        if (Kind is not { } kind)
        {
            return null;
        }

        var usual = new FaultRule { Kind = kind };
        return usual with
        {
            Method = Method,
            Path = Path ?? usual.Path,
            Status = Status ?? usual.Status,
            RetryAfter = RetryAfter,
            Delay = Delay ?? usual.Delay,
            After = After ?? usual.After,
            Times = Times,
            Share = Share ?? usual.Share,
        };
    }
}

internal sealed record PageRefusal(string Error);

internal sealed record JournalAnswer(
    IReadOnlyList<AppliedChange> Changes,
    IReadOnlyList<OverwrittenChange> OverwrittenChanges,
    IReadOnlyDictionary<string, long> CallsByEndpoint,
    IReadOnlyList<ReceivedCall> Calls,
    IReadOnlyList<string> UnplannedCalls,
    IReadOnlyList<DeliveryAttempt> Deliveries,
    long LostDeliveries);
