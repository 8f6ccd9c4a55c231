using System.Text.Json.Serialization;

namespace TicketTriage.Helpdesks;

/// <summary>The ticket fields that this service fills where the helpdesk has them; <c>connect</c> creates them.</summary>
public enum TriageField
{
    [JsonStringEnumMemberName("intent")]
    Intent = 0,

    [JsonStringEnumMemberName("sentiment")]
    Sentiment,

    [JsonStringEnumMemberName("language")]
    Language,

    [JsonStringEnumMemberName("product")]
    Product,

    [JsonStringEnumMemberName("summary")]
    Summary,
}
