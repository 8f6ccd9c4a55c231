namespace TicketTriage.Sandbox.Doors;

/// <summary>One call of a vendor's API, and what answers it.</summary>
/// <param name="Pattern">The path; <c>{id}</c> stands for a number, <c>{name}</c> for any one segment.</param>
internal sealed record ApiCall(string Method, string Pattern, Func<ApiRequest, Answer> Handle)
{
    /// <summary>True where an agent's credentials are not enough.</summary>
    public bool IsForAdmins { get; init; }

    /// <summary>The narrower budget that it spends beside the account's.</summary>
    public Budget Budget { get; init; }
}

/// <summary>The budgets that the vendors keep beside the account's own.</summary>
internal enum Budget
{
    /// <summary>None: only the account's counts.</summary>
    Account,
    Updates,
    Lists,
    Exports,
}
