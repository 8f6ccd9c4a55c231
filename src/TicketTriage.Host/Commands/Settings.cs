using System.CommandLine;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace TicketTriage.Host.Commands;

/// <summary>The first word and the last: what is shipped below all files, and <c>--Section:Key=value</c> on the command line above them.</summary>
internal static class Settings
{
    /// <summary>Holds where nobody configures otherwise.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        // Two lines for each request cost more than taking a delivery in.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // Each statement in full, several for a look at one ticket.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
    };

    /// <summary>For logs that a program reads: it wants to know when, of which request or ticket, and by one clock for all machines.</summary>
    private static readonly Dictionary<string, string?> DefaultsOfJson = new()
    {
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = LogLine.TimeFormat,
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
    };

    /// <summary>To hear of changed files the framework would watch all that lie below the working directory, a private database's among them.</summary>
    private const string ReadsFilesOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Who runs a command, for the record.</summary>
    public static string Operator => $"{Environment.UserName} on the command line";

    public static void AddDefaults(ConfigurationManager configuration)
    {
        // Inserting reads everything anew, so what depends on the configuration comes first.
        var secrets = GeneratedSecrets.Read(configuration);
        var isJson = LogsAsJson(configuration);
        var sources = ((IConfigurationBuilder)configuration).Sources;
        sources.Insert(0, new MemoryConfigurationSource { InitialData = secrets });
        sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        if (isJson)
        {
            sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultsOfJson });
        }
    }

    /// <summary>Whether a program reads what stands on standard output.</summary>
    public static bool LogsAsJson(IConfiguration configuration) => string.Equals(
        configuration["Logging:Console:FormatterName"], ConsoleFormatterNames.Json, StringComparison.OrdinalIgnoreCase);

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

        return [.. parsed.UnmatchedTokens, ReadsFilesOnce];
    }
}
