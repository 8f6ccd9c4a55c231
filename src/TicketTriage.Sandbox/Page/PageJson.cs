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
[JsonSerializable(typeof(PageRefusal))]
[JsonSerializable(typeof(FaultRule))]
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

internal sealed record InboxTicket(
    InboxRow Row, string RequesterEmail, string? Assignee, string Channel, IReadOnlyList<InboxMessage> Messages);

/// <param name="Html">Only of notes; what customers write is shown as text.</param>
internal sealed record InboxMessage(
    long Id, string Author, bool IsStaff, bool IsPublic, string Text, string? Html, DateTimeOffset CreatedAt, IReadOnlyList<string> Files);

internal sealed record WrittenTicket(string? Name, string? Subject, string? Text);

internal sealed record WrittenMessage(string? Text);

internal sealed record AskedSamples(int Count);

internal sealed record PageRefusal(string Error);

internal sealed record JournalAnswer(
    IReadOnlyList<AppliedChange> Changes,
    IReadOnlyDictionary<string, long> CallsByEndpoint,
    IReadOnlyList<ReceivedCall> Calls,
    IReadOnlyList<string> UnplannedCalls,
    IReadOnlyList<DeliveryAttempt> Deliveries,
    long LostDeliveries);
