namespace TicketTriage.Helpdesks.Quotas;

public static class QuotaWords
{
    /// <summary>The word in tables and metrics.</summary>
    public static string Word(QuotaKind kind) => kind switch
    {
        QuotaKind.Account => "account",
        QuotaKind.Update => "update",
        QuotaKind.List => "list",
        QuotaKind.Export => "export",
        QuotaKind.Search => "search",
    };

    /// <summary>The bucket that a kind of calls has beside the account's.</summary>
    internal static QuotaKind? OwnBucket(HelpdeskCallKind kind) => kind switch
    {
        HelpdeskCallKind.Read => null,
        HelpdeskCallKind.Update => QuotaKind.Update,
        HelpdeskCallKind.List => QuotaKind.List,
        HelpdeskCallKind.Export => QuotaKind.Export,
        HelpdeskCallKind.Search => QuotaKind.Search,
    };
}
