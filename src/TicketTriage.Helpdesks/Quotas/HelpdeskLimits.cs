namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// What a vendor allows a minute, as far as it is known before its first answer, and what the configuration allows of it.
/// The vendors' figures are of November 2026.
/// </summary>
internal sealed record HelpdeskLimits
{
    /// <summary>Zendesk's ceiling against floods; nobody allows more.</summary>
    public const int Ceiling = 100_000;

    /// <summary>The smallest plan's: a larger one is told with the first answer.</summary>
    public static HelpdeskLimits Zendesk { get; } = new()
    {
        Assumed = { [QuotaKind.Account] = 200, [QuotaKind.Update] = 100, [QuotaKind.Export] = 10 },
        CallsOfTurn = 3,
    };

    /// <summary>The smallest plan's that isn't on trial.</summary>
    public static HelpdeskLimits Freshdesk { get; } = new()
    {
        Assumed = { [QuotaKind.Account] = 200, [QuotaKind.Update] = 80, [QuotaKind.List] = 20 },
        // The ticket 2, its messages 3, the second look 2, fields 1, note 1, the version afterwards 2.
        CallsOfTurn = 11,
        ByPlan = account =>
        [
            (QuotaKind.Update, account * 2 / 5),
            (QuotaKind.List, account < 400 ? account / 10 : account / 4),
        ],
    };

    /// <summary>What is assumed before an answer tells; what is missing has no limit of its own.</summary>
    public Dictionary<QuotaKind, int> Assumed { get; private init; } = [];

    /// <summary>What the configuration allows, whatever the vendor does.</summary>
    public Dictionary<QuotaKind, int> Allowed { get; private init; } = [];

    /// <summary>Calls of all kinds that a ticket's way usually takes, the change included.</summary>
    public int CallsOfTurn { get; private init; }

    /// <summary>The limits that follow from the account's, where the vendor tells that one alone.</summary>
    public Func<int, IReadOnlyList<(QuotaKind Kind, int Limit)>> ByPlan { get; private init; } = _ => [];

    public static HelpdeskLimits Of(HelpdeskOptions options)
    {
        var vendor = options.Kind == HelpdeskKind.Freshdesk ? Freshdesk : Zendesk;
        var allowed = new Dictionary<QuotaKind, int>();
        if (options.MostCallsPerMinute is { } calls)
        {
            allowed[QuotaKind.Account] = calls;
        }

        if (options.MostUpdatesPerMinute is { } updates)
        {
            allowed[QuotaKind.Update] = updates;
        }

        // On loopback stands a sandbox, which has no plan; it tells its limits, if it has any, with each answer.
        var isSandbox = options.BaseUrl is { IsLoopback: true };
        return vendor with
        {
            Allowed = allowed,
            Assumed = isSandbox ? [] : vendor.Assumed,
            ByPlan = isSandbox ? _ => [] : vendor.ByPlan,
        };
    }

    /// <summary>The buckets of which something is known before the first answer.</summary>
    public IEnumerable<QuotaKind> Known => Assumed.Keys.Union(Allowed.Keys);

    /// <summary>The limit to begin with.</summary>
    public int First(QuotaKind kind) =>
        Allowed.TryGetValue(kind, out var allowed) ? allowed : Assumed.GetValueOrDefault(kind, Ceiling);

    /// <summary>The limit to keep where the vendor has told its own.</summary>
    public int Within(QuotaKind kind, int told) => Math.Clamp(told, 1, Allowed.GetValueOrDefault(kind, Ceiling));
}
