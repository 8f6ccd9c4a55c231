namespace TicketTriage.Helpdesks.Quotas;

/// <summary>What one process has in hand of each of a helpdesk's buckets.</summary>
internal sealed class QuotaPurses(HelpdeskLimits limits)
{
    private readonly QuotaPurse[] purses =
        [.. Enum.GetValues<QuotaKind>().Order().Select(kind => new QuotaPurse(kind, limits.First(kind)))];

    /// <summary>To be held by whoever looks into a purse.</summary>
    public Lock Gate { get; } = new();

    public IReadOnlyList<QuotaPurse> All => purses;

    public QuotaPurse this[QuotaKind kind] => purses[(int)kind];
}

/// <summary>What one process has in hand of a bucket, and knows about it.</summary>
internal sealed class QuotaPurse(QuotaKind kind, int limit)
{
    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    public QuotaKind Kind { get; } = kind;

    /// <summary>Calls a minute, as last heard.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>Calls that were taken for the turns under way and not made yet.</summary>
    public int InHand { get; set; }

    /// <summary>Calls to give back with the next question; negative for those that are owed.</summary>
    public int Back { get; set; }

    /// <summary>What the ledger said was left.</summary>
    public double Left { get; set; } = double.MaxValue;

    public bool IsKnown => toldAt != DateTimeOffset.MinValue;

    public bool CanSpend(int calls, DateTimeOffset now) =>
        InHand >= calls && now - toldAt < HelpdeskTurnstile.GoodFor && closedUntil <= now;

    /// <summary>A question for the ledger; what is given back with it leaves the hand.</summary>
    public QuotaPart Demand(int calls, bool handsIn)
    {
        var fromHand = handsIn ? Math.Min(calls, InHand) : 0;
        var back = Back + fromHand;
        InHand -= fromHand;
        Back = 0;
        return new QuotaPart(Kind, calls, Limit) { Back = back, Held = InHand };
    }

    public void Learn(QuotaLevel level, DateTimeOffset now)
    {
        (Limit, Left, toldAt) = (level.Limit, level.Left, now);
        Close(level.ClosedFor, now);
    }

    public void Close(TimeSpan? wait, DateTimeOffset now)
    {
        if (now + wait > closedUntil)
        {
            closedUntil = now + wait.GetValueOrDefault();
        }
    }

    public double LeftAt(DateTimeOffset now)
    {
        var (most, perSecond) = CallRate.Of(Limit);
        return closedUntil > now ? 0 : Math.Clamp(Left + (perSecond * (now - toldAt).TotalSeconds), 0, most);
    }
}
