namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// How many calls each helpdesk still allows, in buckets that fill up by <see cref="CallRate"/>. Every call takes its share before it goes
/// out. Whoever shares the ledger shares the buckets.
/// </summary>
public interface IQuotaLedger
{
    /// <summary>Takes all that is demanded, or nothing. A bucket that isn't there yet is made, full.</summary>
    Task<QuotaAnswer> TakeAsync(string helpdesk, QuotaDemand demand, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what is known of a bucket. A limit replaces the last; what is left only falls, and a closing only grows longer.
    /// </summary>
    Task KeepAsync(string helpdesk, QuotaNews news, CancellationToken cancellationToken);
}

/// <summary>The buckets of a helpdesk.</summary>
public enum QuotaKind
{
    /// <summary>All calls together.</summary>
    Account = 0,
    Update,
    List,
    Export,
    Search,
}

/// <param name="Parts">At most one for each bucket.</param>
public sealed record QuotaDemand(IReadOnlyList<QuotaPart> Parts, HelpdeskUse Use)
{
    /// <summary>The share of a full bucket that background calls leave untouched.</summary>
    public const double ReserveShare = 0.25;

    /// <summary>The share of each bucket that has to be left over.</summary>
    public double Reserve => Use == HelpdeskUse.Background ? ReserveShare : 0;
}

/// <param name="Calls">More than the bucket can hold waits until it is full, and leaves a debt.</param>
/// <param name="Limit">Calls a minute; used where the bucket isn't there yet.</param>
public sealed record QuotaPart(QuotaKind Kind, int Calls, int Limit)
{
    /// <summary>Calls that were taken before and not made. Negative: calls that were made beyond what was taken.</summary>
    public int Back { get; init; }

    /// <summary>
    /// Calls that were taken and are still to be made. The bucket fills up by so much less: otherwise they would come on top of a full one.
    /// </summary>
    public int Held { get; init; }
}

/// <param name="Wait">How long until the same demand can be met, if nobody is faster; zero where it was granted.</param>
public sealed record QuotaAnswer(bool IsGranted, TimeSpan Wait, IReadOnlyList<QuotaLevel> Levels);

/// <param name="Limit">Calls a minute.</param>
/// <param name="Left">Calls that could go out now. Negative after a debt.</param>
/// <param name="ClosedFor">Zero where it is open.</param>
public sealed record QuotaLevel(QuotaKind Kind, int Limit, double Left, TimeSpan ClosedFor);

/// <param name="Limit">Calls a minute.</param>
/// <param name="Left">Where the helpdesk has counted more calls than were taken here: others use the account too.</param>
/// <param name="ClosedFor">No call may go out for so long.</param>
public sealed record QuotaNews(QuotaKind Kind, int Limit, double? Left = null, TimeSpan? ClosedFor = null);
