namespace TicketTriage.Sandbox;

/// <summary>How many calls the account allows before it answers 429. The vendors' figures are of November 2026.</summary>
public sealed record SandboxLimits
{
    /// <summary>Calls per minute. Default 100,000, Zendesk's ceiling against floods.</summary>
    public int CallsPerMinute { get; init; } = 100_000;

    /// <summary>Updates of tickets per minute; <see langword="null"/> for no limit of their own.</summary>
    public int? UpdatesPerMinute { get; init; }

    /// <summary>Updates of one ticket by the API's user in ten minutes: Zendesk's 30; <see langword="null"/> for no limit.</summary>
    public int? UpdatesOfOneTicket { get; init; }

    /// <summary>Freshdesk's: lists of tickets, and lists of contacts, per minute; <see langword="null"/> for no limit.</summary>
    public int? ListsPerMinute { get; init; }

    /// <summary>Incremental exports per minute: Zendesk's 10; <see langword="null"/> for no limit.</summary>
    public int? ExportsPerMinute { get; init; }

    /// <summary>In which spellings Zendesk tells what is left; Freshdesk has only one. Default all that were seen.</summary>
    public RateHeaders Headers { get; init; } = RateHeaders.All;

    public static SandboxLimits ZendeskProfessional { get; } =
        new() { CallsPerMinute = 400, UpdatesPerMinute = 100, UpdatesOfOneTicket = 30, ExportsPerMinute = 10 };

    public static SandboxLimits FreshdeskGrowth { get; } = new() { CallsPerMinute = 200, UpdatesPerMinute = 80, ListsPerMinute = 20 };

    public static SandboxLimits FreshdeskPro { get; } = new() { CallsPerMinute = 400, UpdatesPerMinute = 160, ListsPerMinute = 100 };
}

/// <summary>The spellings in which Zendesk tells limit and remainder.</summary>
[Flags]
public enum RateHeaders
{
    None = 0,

    /// <summary><c>X-Rate-Limit</c>, as the documentation has it for the account.</summary>
    Account = 1,

    /// <summary><c>ratelimit-limit</c>, as the documentation has it for tickets.</summary>
    Ticketing = 2,

    /// <summary><c>rate-limit</c>, as it stands in recorded traffic.</summary>
    Recorded = 4,
    All = Account | Ticketing | Recorded,
}
