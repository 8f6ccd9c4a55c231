using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Host.Commands;

/// <summary><c>calendar</c>: for each row of a file the moment at which its target of working time is used up.</summary>
internal static class CalendarCommand
{
    private const string DuePattern = "yyyy-MM-dd'T'HH:mm:ss'+00:00'";

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data")
        {
            Description = "JSON Lines: zone, start_utc, target_minutes, week, holidays, half_days, pauses_utc.",
            Required = true,
        };
        data.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json") { Description = "Where the rows go, each with its due_utc; without it to the terminal." };
        var command = new Command("calendar", "Computes when working time is used up, by a business calendar.") { data, json };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo data, FileInfo? json, CancellationToken cancellationToken)
    {
        var rows = await JsonLines.ReadAsync(data, Answer, cancellationToken);
        await JsonLines.WriteAsync(json, rows, cancellationToken);
        if (json is not null)
        {
            await Console.Out.WriteLineAsync($"{rows.Count} rows are in {json}, by time zone data {DateTimeZoneProviders.Tzdb.VersionId}.");
        }

        return 0;
    }

    /// <returns>The row as it came, with its due moment.</returns>
    private static string Answer(JsonElement row)
    {
        var calendar = new BusinessCalendar
        {
            Zone = Zone(row),
            Week = Days(row, "week", Weekday),
            Holidays = Member(row, "holidays") is { } holidays ? Items(holidays, "holidays").Select(date => Date(Text(date, "a date"))).ToHashSet() : [],
            HalfDays = Days(row, "half_days", Date),
        };
        var pauses = Member(row, "pauses_utc") is { } given ? Items(given, "pauses_utc").Select(Pause).ToList() : [];
        var due = BusinessTime.FindDue(calendar, Moment(Required(row, "start_utc"), "start_utc"), Target(row), pauses);

        var answer = JsonObject.Create(row) ?? [];
        answer["due_utc"] = due?.ToDateTimeUtc().ToString(DuePattern, CultureInfo.InvariantCulture);
        return answer.ToJsonString();
    }

    private static DateTimeZone Zone(JsonElement row)
    {
        var name = Text(Required(row, "zone"), "zone");
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? throw new FormatException($"there is no time zone {name}; expected a name such as Europe/Berlin");
    }

    private static Duration Target(JsonElement row) =>
        Required(row, "target_minutes") is { ValueKind: JsonValueKind.Number } number
        && number.TryGetDouble(out var minutes) && minutes is >= 0 and < 1e9
            ? Duration.FromMinutes(minutes)
            : throw new FormatException("target_minutes isn't a number of minutes from 0");

    private static Dictionary<TKey, IReadOnlyList<OpenWindow>> Days<TKey>(JsonElement row, string name, Func<string, TKey> key)
        where TKey : notnull
    {
        var days = new Dictionary<TKey, IReadOnlyList<OpenWindow>>();
        if (Member(row, name) is not { } given)
        {
            return days;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{name} isn't an object with a day for each key");
        }

        foreach (var day in given.EnumerateObject())
        {
            days[key(day.Name)] = [.. Items(day.Value, name).Select(Window)];
        }

        return days;
    }

    private static IsoDayOfWeek Weekday(string key) => key is [>= '0' and <= '6']
        ? IsoDayOfWeek.Monday + (key[0] - '0')
        : throw new FormatException($"{key} is no weekday; expected 0 for Monday to 6 for Sunday");

    private static LocalDate Date(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : throw new FormatException($"{text} isn't a date such as 2026-12-24");

    private static OpenWindow Window(JsonElement pair)
    {
        var minutes = Items(pair, "a window").Select(Minute).ToArray();
        if (minutes is not [{ } from, { } to])
        {
            throw new FormatException("a window isn't two minutes of the day, such as [540, 1020]");
        }

        var window = new OpenWindow(from, to);
        return window.FindFault() is { } fault ? throw new FormatException(fault) : window;
    }

    private static int? Minute(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var minute) ? minute : null;

    private static Interval Pause(JsonElement pair)
    {
        var moments = Items(pair, "a pause").Select(moment => Moment(moment, "a pause")).ToArray();
        return moments.Length == 2 && moments[0] <= moments[1]
            ? new Interval(moments[0], moments[1])
            : throw new FormatException("a pause isn't two moments, the earlier one first");
    }

    private static Instant Moment(JsonElement text, string name) =>
        DateTimeOffset.TryParse(
            Text(text, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? Instant.FromDateTimeOffset(moment)
            : throw new FormatException($"{name} isn't a moment such as 2026-03-06T15:45:00Z");

    private static JsonElement.ArrayEnumerator Items(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new FormatException($"{name} isn't a list");

    private static string Text(JsonElement value, string name) =>
        value is { ValueKind: JsonValueKind.String } && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"{name} isn't text");

    private static JsonElement Required(JsonElement row, string name) =>
        Member(row, name) ?? throw new FormatException($"{name} is missing");

    private static JsonElement? Member(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
