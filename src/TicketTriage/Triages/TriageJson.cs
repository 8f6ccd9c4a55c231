using System.Text.Json.Serialization;
using TicketTriage.Drafting;
using TicketTriage.Models;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Understanding;

namespace TicketTriage.Triages;

/// <summary>How the parts of a decision record are written into the database and into answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CleanTicket))]
[JsonSerializable(typeof(IReadOnlyList<CleanMessage>))]
[JsonSerializable(typeof(TicketUnderstanding))]
[JsonSerializable(typeof(PriorityChoice))]
[JsonSerializable(typeof(Circumstances))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(ReplyDraft))]
[JsonSerializable(typeof(Versions))]
[JsonSerializable(typeof(SentToModel))]
public sealed partial class TriageJson : JsonSerializerContext;
