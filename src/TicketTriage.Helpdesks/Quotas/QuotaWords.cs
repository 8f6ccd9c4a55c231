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
}
