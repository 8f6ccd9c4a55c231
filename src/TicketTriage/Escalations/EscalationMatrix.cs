using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Escalations;

/// <summary>Who hears of which ticket, when, and what is done: what leads tune about escalation.</summary>
public sealed record EscalationMatrix
{
    public const string Kind = "escalation";

    /// <summary>By a short name, such as <c>lead</c>. How to reach each stands in the configuration: addresses are no policy.</summary>
    public required IReadOnlyDictionary<string, Responder> People { get; init; }

    /// <summary>Who is on call, by the roster's name.</summary>
    public IReadOnlyDictionary<string, Roster> Rosters { get; init => field = value ?? NoRosters; } = NoRosters;

    /// <summary>The person who is asked where a roster has a gap, or a level reaches nobody.</summary>
    public required string Fallback { get; init; }

    /// <summary>The first that fits a ticket counts.</summary>
    public required IReadOnlyList<MatrixRow> Rows { get; init; }

    /// <summary>What escalates whatever the clock says.</summary>
    // The JSON generator initialises what a document leaves out with null, hence "value ?? []" here and below.
    public IReadOnlyList<AtOnceRule> AtOnce { get; init => field = value ?? []; } = [];

    /// <summary>When only urgent tickets may disturb an agent who has the ticket; absent: never.</summary>
    public QuietHours? AgentQuietHours { get; init; }

    /// <summary>How long a person who was told of a ticket is left alone with it, in minutes.</summary>
    public required int CoolDownMinutes { get; init; }

    /// <summary>Messages to one person within 15 minutes; 1 to 5. What comes beyond is listed in the next.</summary>
    public required int MostMessages { get; init; }

    /// <summary>After so many hours without an answer of the customer's a reminder is drafted; absent: never.</summary>
    public int? RemindCustomerAfterHours { get; init; }

    private static MatrixJson ReadableMatrix { get; } = new(new JsonSerializerOptions(MatrixJson.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    private static IReadOnlyDictionary<string, Roster> NoRosters { get; } = new Dictionary<string, Roster>();

    /// <summary>The matrix that a new installation begins with: three levels.</summary>
    public static PolicyDocument<EscalationMatrix> LoadShipped() =>
        ShippedPolicies.Load(Kind, MatrixJson.Default.EscalationMatrix, EscalationMatrixLint.FindFaults);

    /// <exception cref="PolicyFaultyException">It can't be used as it is written.</exception>
    public static PolicyDocument<EscalationMatrix> Parse(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse(Kind, json, MatrixJson.Default.EscalationMatrix, EscalationMatrixLint.FindFaults);

    /// <returns>As leads read and edit it; UTF-8.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ReadableMatrix.EscalationMatrix);

    public MatrixRow? FindRow(TicketKind kind) => Rows.FirstOrDefault(row => row.Fits(kind));
}

/// <summary>Somebody who can be told.</summary>
/// <param name="QuietHours">When only urgent tickets may disturb; <see langword="null"/> for never.</param>
public sealed record Responder(QuietHours? QuietHours = null);

/// <param name="Hours">A window such as <c>22:00-06:00</c>.</param>
/// <param name="Zone">An IANA name.</param>
public sealed record QuietHours(string Hours, string Zone);

/// <summary>Who is on call when.</summary>
public sealed record Roster
{
    /// <summary>An IANA name; the shifts are read by its clock.</summary>
    public required string Zone { get; init; }

    /// <summary>The first that fits counts.</summary>
    public required IReadOnlyList<Shift> Shifts { get; init; }

    /// <summary>Swaps and absences; they come before the shifts.</summary>
    public IReadOnlyList<Swap> Swaps { get; init => field = value ?? []; } = [];
}

/// <param name="Days">Weekdays in English small letters on which the shift begins; empty for all.</param>
/// <param name="Hours">A window such as <c>08:00-16:00</c>; <c>22:00-06:00</c> ends on the next day.</param>
public sealed record Shift(string Person, string Hours, IReadOnlyList<string>? Days = null);

/// <param name="From">The first moment, <paramref name="To"/> no longer.</param>
public sealed record Swap(string Person, DateTimeOffset From, DateTimeOffset To);

/// <summary>The levels for one kind of tickets.</summary>
public sealed record MatrixRow
{
    public required string Name { get; init; }

    /// <summary>Intents or branches, such as <c>billing/*</c>.</summary>
    public IReadOnlyList<string> Intents { get; init => field = value ?? []; } = [];

    public IReadOnlyList<TicketPriority> Priorities { get; init => field = value ?? []; } = [];

    /// <summary>Customer segments of the service level policy.</summary>
    public IReadOnlyList<string> Segments { get; init => field = value ?? []; } = [];

    /// <summary>From the first that hears of it to the last.</summary>
    public required IReadOnlyList<MatrixLevel> Levels { get; init; }

    public bool Fits(TicketKind kind) =>
        (Intents.Count == 0 || (kind.Intent is { } intent && Intents.Any(pattern => IntentPattern.Fits(pattern, intent))))
        && (Priorities.Count == 0 || Priorities.Contains(kind.CountedPriority))
        && (Segments.Count == 0 || Segments.Contains(kind.Segment));
}

/// <summary>One step of an escalation.</summary>
public sealed record MatrixLevel
{
    /// <summary>Stands for whoever the ticket is assigned to.</summary>
    public const string Assignee = "assignee";

    /// <summary>Stands for the ticket's own group, which reads the note in the helpdesk.</summary>
    public const string Group = "group";

    /// <summary>The share of a target that may be used up before this level hears of it; 1 is the breach.</summary>
    public required double AtShare { get; init; }

    /// <summary>A chance of breach from which it hears of it earlier, in (0, 1]; <see langword="null"/> for the share alone.</summary>
    public double? AtRisk { get; init; }

    public required LevelDirection Direction { get; init; }

    /// <summary>People, rosters, <see cref="Assignee"/> and <see cref="Group"/>.</summary>
    public required IReadOnlyList<string> Who { get; init; }

    /// <summary>How long somebody may take to take it, before the next level hears of it.</summary>
    public required int AcknowledgeMinutes { get; init; }

    /// <summary>The ways to tell them.</summary>
    public required IReadOnlyList<NoticeChannel> By { get; init; }

    /// <summary>Raises the ticket's priority to at least this.</summary>
    public TicketPriority? RaiseTo { get; init; }

    /// <summary>A tag to add, without the service's prefix.</summary>
    public string? Tag { get; init; }

    /// <summary>The name of the group that gets the ticket, where nobody has it.</summary>
    public string? ToGroup { get; init; }
}

public enum LevelDirection
{
    /// <summary>To those with the skill.</summary>
    [JsonStringEnumMemberName("functional")]
    Functional = 0,

    /// <summary>Up the line.</summary>
    [JsonStringEnumMemberName("hierarchical")]
    Hierarchical,
}

public enum NoticeChannel
{
    /// <summary>In the helpdesk: tag, priority, group and a private note with all that the next one needs.</summary>
    [JsonStringEnumMemberName("note")]
    Note = 0,

    [JsonStringEnumMemberName("mail")]
    Mail,

    /// <summary>Slack or Teams.</summary>
    [JsonStringEnumMemberName("chat")]
    Chat,

    /// <summary>A signed call to an address of one's own.</summary>
    [JsonStringEnumMemberName("webhook")]
    Webhook,
}

/// <summary>A reason to escalate that no clock knows. Each condition that is given is enough by itself.</summary>
public sealed record AtOnceRule
{
    /// <summary>Its name in the record, such as <c>wants_person</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>One of <see cref="Understanding.UrgencySignals"/>.</summary>
    public string? Signal { get; init; }

    public string? Segment { get; init; }

    /// <summary>Words or phrases in the customer's newest message, in any case.</summary>
    public IReadOnlyList<string> Words { get; init => field = value ?? []; } = [];

    /// <summary>The level that hears of it first; 1 is the lowest.</summary>
    public required int Level { get; init; }

    /// <summary>The reason, as the second half of a sentence: <c>the customer asks for a person</c>.</summary>
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
[JsonSerializable(typeof(EscalationMatrix))]
internal sealed partial class MatrixJson : JsonSerializerContext;
