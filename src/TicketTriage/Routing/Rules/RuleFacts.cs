using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Routing.Rules;

/// <summary>What rules can ask about a ticket.</summary>
public sealed record RuleFacts
{
    /// <summary>Tags that say to which segment a customer belongs, and to which brand a ticket: helpdesks' own rules set them.</summary>
    private const string SegmentTag = "segment_";
    private const string BrandTag = "brand_";

    public string Intent { get; init; } = Finding.Unclear;

    public double IntentConfidence { get; init; }

    public string? Product { get; init; }

    public string? Language { get; init; }

    public string? Sentiment { get; init; }

    public TicketPriority Priority { get; init; }

    public string? Segment { get; init; }

    public string? Brand { get; init; }

    public string? Channel { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>By their names in lower case.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = NoFields;

    /// <summary>True where nobody has said anything else: <see cref="During"/> does.</summary>
    public bool IsInBusinessHours { get; init; } = true;

    /// <summary>When it is decided: rules may hold from a day to another.</summary>
    public DateTimeOffset At { get; init; }

    private static IReadOnlyDictionary<string, string> NoFields { get; } = new Dictionary<string, string>();

    /// <param name="ticket">For what the understanding doesn't say; <see langword="null"/> where only that is known.</param>
    public static RuleFacts Of(TicketUnderstanding understanding, PriorityChoice priority, CleanTicket? ticket, DateTimeOffset at) => new()
    {
        Intent = understanding.Intent.Value,
        IntentConfidence = understanding.Intent.Confidence,
        Product = understanding.Product.Value,
        Language = understanding.Language.Value,
        Sentiment = understanding.Sentiment.Value,
        Signals = understanding.Signals,
        Priority = priority.Value,
        Segment = FindAfter(SegmentTag, ticket),
        Brand = FindAfter(BrandTag, ticket),
        Channel = ticket?.Channel,
        Tags = ticket?.Tags ?? [],
        CustomFields = ticket?.CustomFields ?? NoFields,
        At = at,
    };

    /// <summary>The same at a moment: whether that is working time for such tickets, by the calendars of the service levels.</summary>
    /// <param name="moment">When the ticket is, or was, decided.</param>
    public RuleFacts During(ServiceLevelHours hours, DateTimeOffset moment) => this with
    {
        IsInBusinessHours = hours.IsOpen(
            new TicketKind(Priority, hours.Policy.SegmentOf(Tags), Intent == Finding.Unclear ? null : Intent), moment),
    };

    private static string? FindAfter(string prefix, CleanTicket? ticket) =>
        ticket?.Tags.FirstOrDefault(tag => tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..];
}
