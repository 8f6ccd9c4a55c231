using System.Globalization;
using System.Text.Json.Nodes;

namespace TicketTriage.Host.Commands;

/// <summary>
/// What a command says itself where logs are JSON: a line like theirs. It is written and not logged, so that what only the terminal may
/// show goes to no other receiver of logs.
/// </summary>
internal static class LogLine
{
    /// <summary>By one clock for all machines.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <param name="words">In as many lines as they are for a person.</param>
    public static string Of(Type speaker, string words, DateTimeOffset now) => new JsonObject
    {
        ["Timestamp"] = now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        ["EventId"] = 0,
        ["LogLevel"] = nameof(LogLevel.Information),
        ["Category"] = speaker.FullName,
        ["Message"] = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
    }.ToJsonString();
}
