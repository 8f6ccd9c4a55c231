using System.CommandLine;

namespace TicketTriage.Host.Commands;

/// <summary>Settings on the command line: <c>--Section:Key=value</c>, the last word over files and environment.</summary>
internal static class Settings
{
    /// <exception cref="UsageException">A word is no setting.</exception>
    public static string[] From(ParseResult parsed)
    {
        foreach (var word in parsed.UnmatchedTokens)
        {
            var name = word.TrimStart('-').Split('=', ':')[0];
            if (!word.StartsWith("--", StringComparison.Ordinal) || !word.Contains('=', StringComparison.Ordinal)
                || !ConfigurationKeys.IsSection(name))
            {
                throw new UsageException($"{word} is neither an option nor a setting of the form --Section:Key=value. See --help.");
            }
        }

        return [.. parsed.UnmatchedTokens];
    }
}
