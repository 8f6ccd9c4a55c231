using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;

namespace TicketTriage.Prioritisation;

/// <summary>How soon which tickets need a person: where each begins, and what moves it.</summary>
public sealed record PriorityPolicy
{
    public const string Kind = "priority";

    /// <summary>Where a ticket begins whose intent is unclear, unsure or not listed.</summary>
    public required TicketPriority Start { get; init; }

    /// <summary>An intent that is less sure than this has no say in where the ticket begins; in [0, 1].</summary>
    public required double MinimumConfidence { get; init; }

    /// <summary>By intent, or by branch as <c>sales/*</c>; the intent's own entry comes first.</summary>
    public required IReadOnlyDictionary<string, TicketPriority> StartByIntent { get; init; }

    /// <summary>Steps up end here; only a rule with <see cref="PriorityRule.AtLeast"/> goes beyond. A mood alone is no emergency.</summary>
    public required TicketPriority RaisesEndAt { get; init; }

    /// <summary>Applied from the top to the bottom, each to what the rules above it left.</summary>
    public required IReadOnlyList<PriorityRule> Rules { get; init; }

    /// <summary>The policy that a new installation begins with.</summary>
    public static PolicyDocument<PriorityPolicy> LoadShipped() =>
        ShippedPolicies.Load(Kind, PriorityPolicyJson.Default.PriorityPolicy, PriorityPolicyLint.FindFaults);

    /// <param name="json">UTF-8.</param>
    /// <exception cref="PolicyFaultyException">It is no such policy, or has faults.</exception>
    public static PolicyDocument<PriorityPolicy> Parse(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse(Kind, json, PriorityPolicyJson.Default.PriorityPolicy, PriorityPolicyLint.FindFaults);
}

/// <summary>Something that moves a ticket. All of its conditions have to hold; what is absent is no condition.</summary>
public sealed record PriorityRule
{
    public required string Name { get; init; }

    /// <summary>One of <see cref="Understanding.UrgencySignals"/>.</summary>
    public string? Signal { get; init; }

    /// <summary>A signal that the ticket must not show: another rule has counted it already.</summary>
    public string? Without { get; init; }

    /// <summary><c>negative</c>, <c>neutral</c> or <c>positive</c>.</summary>
    public string? Sentiment { get; init; }

    /// <summary>A tag that the ticket carries.</summary>
    public string? Tag { get; init; }

    /// <summary>Intents or branches, one of which has to fit.</summary>
    // The JSON generator initialises what a document leaves out with null, hence "value ?? []" here and below.
    public IReadOnlyList<string> Intents { get; init => field = value ?? []; } = [];

    /// <summary>Products of the taxonomy, one of which has to be affected.</summary>
    public IReadOnlyList<string> Products { get; init => field = value ?? []; } = [];

    /// <summary>On at least so many tickets the customer has written within seven days, this one among them.</summary>
    public int? TicketsInWeek { get; init; }

    /// <summary>At least this share of a promised time is used up: 0.75, or 1 for a promise that is missed.</summary>
    public double? PromiseUsed { get; init; }

    /// <summary>Steps up, or down where negative.</summary>
    public int Step { get; init; }

    public TicketPriority? AtLeast { get; init; }

    public TicketPriority? AtMost { get; init; }

    /// <summary>The reason, as the second half of a sentence: <c>the customer names a deadline</c>.</summary>
    public required string Because { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriorityPolicy))]
internal sealed partial class PriorityPolicyJson : JsonSerializerContext;
