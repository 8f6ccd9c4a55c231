using System.Text.RegularExpressions;

namespace TicketTriage.Policies;

/// <summary>How rules name intents: one by its name, <c>billing/refund</c>, or all of a branch, <c>billing/*</c>.</summary>
public static partial class IntentPattern
{
    public static bool Fits(string pattern, string intent) =>
        pattern.EndsWith("/*", StringComparison.Ordinal)
            ? intent.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : pattern == intent;

    /// <summary>True for what can stand as a pattern, whether or not such an intent exists.</summary>
    public static bool IsWellFormed(string pattern) => Form().IsMatch(pattern);

    [GeneratedRegex(@"^[a-z0-9-]+/(?:\*|[a-z0-9-]+)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
