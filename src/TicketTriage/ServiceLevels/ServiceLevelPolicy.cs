using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;

namespace TicketTriage.ServiceLevels;

/// <summary>What customers are promised: how long which step may take, and by whose hours that is counted.</summary>
public sealed record ServiceLevelPolicy
{
    public const string Kind = "service-levels";

    public required IReadOnlyDictionary<string, CalendarText> Calendars { get; init; }

    /// <summary>Kinds of customers, told by a tag of the ticket; the first that fits counts.</summary>
    // The JSON generator initialises what a document leaves out with null, hence "value ?? []" here and below.
    public IReadOnlyList<CustomerSegment> Segments { get; init => field = value ?? []; } = [];

    /// <summary>The first that fits a ticket counts; a ticket that none fits has no clocks.</summary>
    public required IReadOnlyList<TargetRule> Rules { get; init; }

    /// <summary>The policy that a new installation begins with.</summary>
    public static PolicyDocument<ServiceLevelPolicy> LoadShipped() =>
        ShippedPolicies.Load(Kind, ServiceLevelJson.Default.ServiceLevelPolicy, ServiceLevelLint.FindFaults);

    /// <exception cref="PolicyFaultyException">It can't be used as it is written.</exception>
    public static PolicyDocument<ServiceLevelPolicy> Parse(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse(Kind, json, ServiceLevelJson.Default.ServiceLevelPolicy, ServiceLevelLint.FindFaults);

    /// <returns>The segment that the ticket's tags tell of, or <see cref="CustomerSegment.Standard"/>.</returns>
    public string SegmentOf(IReadOnlyCollection<string> tags) =>
        Segments.FirstOrDefault(segment => segment.Tags.Any(tag => tags.Contains(tag, StringComparer.OrdinalIgnoreCase)))?.Name
        ?? CustomerSegment.Standard;

    public TargetRule? FindRule(TicketKind kind) => Rules.FirstOrDefault(rule => rule.Fits(kind));
}

/// <summary>What decides which promises a ticket has.</summary>
/// <param name="Segment">The customer's.</param>
/// <param name="Intent"><see langword="null"/> while it isn't known.</param>
public sealed record TicketKind(TicketPriority Priority, string Segment, string? Intent)
{
    /// <summary>What policies go by: a ticket that nobody has given a priority counts as a normal one.</summary>
    public TicketPriority CountedPriority => Priority == TicketPriority.None ? TicketPriority.Normal : Priority;
}

/// <param name="Name">In lower case: <c>vip</c>.</param>
/// <param name="Tags">Any of these on the ticket.</param>
public sealed record CustomerSegment(string Name, IReadOnlyList<string> Tags)
{
    /// <summary>Of everybody whom no tag sets apart.</summary>
    public const string Standard = "standard";
}

/// <summary>Promises to one kind of tickets, in minutes; what is absent is not promised.</summary>
public sealed record TargetRule
{
    public required string Name { get; init; }

    public IReadOnlyList<TicketPriority> Priorities { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Segments { get; init => field = value ?? []; } = [];

    /// <summary>Intents or branches, such as <c>billing/*</c>.</summary>
    public IReadOnlyList<string> Intents { get; init => field = value ?? []; } = [];

    /// <summary>One of <see cref="ServiceLevelPolicy.Calendars"/>.</summary>
    public required string Calendar { get; init; }

    public int? FirstReply { get; init; }

    public int? NextReply { get; init; }

    public int? PeriodicUpdate { get; init; }

    /// <summary>Whether <see cref="PeriodicUpdate"/> rests while the customer has to answer.</summary>
    public bool PeriodicUpdateRestsWhilePending { get; init; }

    public int? RequesterWait { get; init; }

    public int? AgentWork { get; init; }

    public int? Resolution { get; init; }

    /// <summary>A ticket without a priority counts as one of normal priority.</summary>
    public bool Fits(TicketKind kind) =>
        (Priorities.Count == 0 || Priorities.Contains(kind.CountedPriority))
        && (Segments.Count == 0 || Segments.Contains(kind.Segment))
        && (Intents.Count == 0 || (kind.Intent is { } intent && Intents.Any(pattern => IntentPattern.Fits(pattern, intent))));

    /// <returns>In minutes; <see langword="null"/> where nothing is promised.</returns>
    public int? TargetOf(ServiceLevelMetric metric) => metric switch
    {
        ServiceLevelMetric.FirstReplyTime => FirstReply,
        ServiceLevelMetric.NextReplyTime => NextReply,
        ServiceLevelMetric.PeriodicUpdateTime => PeriodicUpdate,
        ServiceLevelMetric.RequesterWaitTime => RequesterWait,
        ServiceLevelMetric.AgentWorkTime => AgentWork,
        ServiceLevelMetric.ResolutionTime => Resolution,
        ServiceLevelMetric.Unknown => null,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServiceLevelPolicy))]
internal sealed partial class ServiceLevelJson : JsonSerializerContext;
