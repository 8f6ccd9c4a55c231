using TicketTriage.Helpdesks;

namespace TicketTriage.Routing;

/// <summary>Which group gets which tickets: the keys under <c>Routing</c>.</summary>
public sealed record RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>Gets what no rule takes, and what nobody is sure about. Default <c>Support</c>.</summary>
    public string FallbackGroup { get; set; } = "Support";

    /// <summary>
    /// Groups that a ticket may be taken from, beside none at all: somebody chose each other one. Absent: the
    /// <see cref="FallbackGroup"/> alone.
    /// </summary>
    public IList<string> MayMoveFrom { get; init; } = [];

    /// <summary>
    /// Read from the top; the first that fits decides. Absent: <see cref="ShippedRules"/>, and none of those where any stands here.
    /// </summary>
    public IList<RoutingRule> Rules { get; init; } = [];

    /// <summary>
    /// A rule file (<c>docs/routing.md</c>) in the place of <see cref="Rules"/>, read again as it changes. Absent: <see cref="Rules"/>
    /// count.
    /// </summary>
    public string? RulesFile { get; set; }

    /// <summary>How far to go in which helpdesk, by its name. A helpdesk that is not named: <see cref="RoutingMode.Group"/>.</summary>
    public IDictionary<string, RoutingMode> Modes { get; init; } = new Dictionary<string, RoutingMode>();

    /// <summary>
    /// Minutes until a ticket of a priority is due, where agents are chosen. Default 120 for urgent, 240, 480, and 960 for low ones.
    /// </summary>
    public IDictionary<TicketPriority, int> TargetMinutes { get; init; } = new Dictionary<TicketPriority, int>();

    /// <summary>How long a ticket keeps an agent busy on average, in minutes from 1. Default 30.</summary>
    public double ExpectedMinutes { get; set; } = 30;

    /// <summary>The rules that a new installation begins with.</summary>
    public static IReadOnlyList<RoutingRule> ShippedRules { get; } =
    [
        new() { Name = "a person is asked for", Signals = ["wants_person", "legal"], Group = "Customer Care" },
        new() { Name = "security", Signals = ["security", "fraud"], Group = "Technical" },
        new() { Name = "billing", Intents = ["billing/*"], Group = "Billing" },
        new() { Name = "orders", Intents = ["orders/*"], Group = "Orders" },
        new() { Name = "reservations", Intents = ["booking/*"], Group = "Reservations" },
        new() { Name = "technical", Intents = ["technical/*", "account/login", "account/security"], Group = "Technical" },
        new() { Name = "customer care", Intents = ["feedback/*", "account/cancel"], Group = "Customer Care" },
    ];

    public int TargetOf(TicketPriority priority) => TargetMinutes.TryGetValue(priority, out var minutes) ? minutes : priority switch
    {
        TicketPriority.Urgent => 120,
        TicketPriority.High => 240,
        TicketPriority.Low => 960,
        TicketPriority.None or TicketPriority.Normal => 480,
    };

    public RoutingMode ModeOf(string helpdesk) => Modes.TryGetValue(helpdesk, out var mode) ? mode : RoutingMode.Group;

    /// <summary>Every group that is named, each once: they all have to exist in the helpdesk.</summary>
    public IReadOnlyList<string> ListGroups() => [.. Rules.Select(rule => rule.Group).Prepend(FallbackGroup).Distinct()];
}

/// <summary>Gives tickets to a group. All of its conditions have to hold; a list that is empty is no condition.</summary>
public sealed record RoutingRule
{
    /// <summary>What the reason calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Intents, or branches as <c>billing/*</c>.</summary>
    public IList<string> Intents { get; init; } = [];

    /// <summary>ISO 639-1, such as <c>de</c>.</summary>
    public IList<string> Languages { get; init; } = [];

    public IList<TicketPriority> Priorities { get; init; } = [];

    /// <summary>Names of <see cref="Understanding.UrgencySignals.Known"/>, one of which has to speak.</summary>
    public IList<string> Signals { get; init; } = [];

    /// <summary>The least confidence of the intent where <see cref="Intents"/> are given, in [0, 1]. Default 0.5.</summary>
    public double MinConfidence { get; init; } = 0.5;

    /// <summary>The group's name as the helpdesk has it.</summary>
    public string Group { get; init; } = "";
}
