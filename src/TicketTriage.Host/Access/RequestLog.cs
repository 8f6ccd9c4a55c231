namespace TicketTriage.Host.Access;

/// <summary>Keeps the addresses of requests out of the log, however much of it an operator asks for: a one-time link is a secret.</summary>
internal static class RequestLog
{
    /// <summary>What writes an address, and the lowest level at which it doesn't.</summary>
    private static readonly (string Category, LogLevel Level)[] Tellers =
    [
        // At any level it stands around each line that is logged during the request, and logs in JSON have that.
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        ("Microsoft.AspNetCore.Routing.Matching.DfaMatcher", LogLevel.Information),
        ("Microsoft.AspNetCore.StaticFiles.StaticFileMiddleware", LogLevel.Information),
    ];

    public static void HideAddresses(this IHostApplicationBuilder builder) => builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
    {
        // A rule that names a provider, such as Logging:Console, counts more than one that names none; among equals the last counts.
        var providers = filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var (category, level) in Tellers)
        {
            foreach (var provider in providers)
            {
                filters.Rules.Add(new LoggerFilterRule(provider, category, level, filter: null));
            }
        }
    });
}
