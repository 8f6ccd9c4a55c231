using System.Globalization;

namespace TicketTriage.Drafting;

/// <summary>The words for spans of time, days and currencies, each with one form that compares.</summary>
internal static class FactUnits
{
    public const string MonthNames =
        "january|januar|jänner|jan|february|februar|feb|march|märz|mar|mär|april|apr|may|mai|june|juni|jun|july|juli|jul|august|aug|"
        + "september|sept|sep|october|oktober|oct|okt|november|nov|december|dezember|dec|dez";

    public const string Spans =
        "seconds?|secs?|sekunden?|minutes?|mins?|minuten?|hours?|hrs?|stunden?|std|h|days?|tag(?:e[ns]?)?|nights?|nacht|nächten?|"
        + "workdays?|(?:werk|arbeits|bank)tag(?:e[ns]?)?|(?:kalender)tag(?:e[ns]?)?|weeks?|wochen?|fortnights?|months?|monat(?:e[ns]?|s)?|"
        + "quarters?|quartal(?:e[ns]?|s)?|years?|jahr(?:e[ns]?|s)?";

    public const string Currencies =
        "[€$£%]|(?:eur|euros?|usd|dollars?|bucks|gbp|pounds?|pfund|quid|chf|franken|percent|per cent|prozent|cents?|pence|rappen|"
        + "[kmgt]b|ml|cl|liters?|litres?|[mck]m|m|mm|kg|gramm?s?|watt|volt|°c|grad)";

    private const int SecondsOfDay = 86_400;

    private static readonly Dictionary<string, string> ByMonth = Spread(
        ("01", "january januar jan jänner"), ("02", "february februar feb"), ("03", "march märz mar mär"), ("04", "april apr"),
        ("05", "may mai"), ("06", "june juni jun"), ("07", "july juli jul"), ("08", "august aug"), ("09", "september sep sept"),
        ("10", "october oktober oct okt"), ("11", "november nov"), ("12", "december dezember dec dez"));

    private static readonly Dictionary<string, string> ByDay = Spread(
        ("monday", "monday mondays montag montags"), ("tuesday", "tuesday tuesdays dienstag dienstags"),
        ("wednesday", "wednesday wednesdays mittwoch mittwochs"), ("thursday", "thursday thursdays donnerstag donnerstags"),
        ("friday", "friday fridays freitag freitags"), ("saturday", "saturday saturdays samstag samstags sonnabend sonnabends"),
        ("sunday", "sunday sundays sonntag sonntags"), ("today", "today heute tonight"), ("tomorrow", "tomorrow"),
        ("day after tomorrow", "übermorgen"), ("yesterday", "yesterday gestern"),
        ("weekend", "weekend weekends wochenende wochenenden wochenendes"),
        ("christmas", "christmas weihnachten heiligabend"), ("easter", "easter ostern"), ("whitsun", "whitsun pfingsten"),
        ("31 december", "silvester"), ("new year", "neujahr"));

    private static readonly string[] GermanDays =
        ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"];

    private static readonly Dictionary<string, string> ByCurrency = Spread(
        ("eur", "€ eur euro euros"), ("usd", "$ usd dollar dollars bucks"), ("gbp", "£ gbp pound pounds pfund quid"),
        ("chf", "chf franken"), ("%", "% percent prozent"), ("cent", "cent cents"), ("pence", "pence"), ("rappen", "rappen"),
        ("liter", "liter liters litre litres"), ("g", "gram grams gramm"), ("degree", "°c grad"));

    private static readonly (string Begin, string Unit, int Size)[] SpanUnits =
    [
        ("sec", "second", 1), ("sek", "second", 1), ("min", "second", 60),
        ("hour", "second", 3_600), ("hr", "second", 3_600), ("h", "second", 3_600), ("st", "second", 3_600),
        ("day", "second", SecondsOfDay), ("dai", "second", SecondsOfDay), ("tag", "second", SecondsOfDay), ("täg", "second", SecondsOfDay),
        ("kalendertag", "second", SecondsOfDay),
        ("week", "second", 7 * SecondsOfDay), ("woch", "second", 7 * SecondsOfDay), ("wöch", "second", 7 * SecondsOfDay),
        ("fortnight", "second", 14 * SecondsOfDay),
        ("mon", "month", 1), ("quart", "month", 3), ("year", "month", 12), ("annual", "month", 12), ("jahr", "month", 12),
        ("jähr", "month", 12),
        ("workday", "workday", 1), ("werktag", "workday", 1), ("arbeitstag", "workday", 1), ("banktag", "workday", 1),
        ("night", "night", 1), ("nacht", "night", 1), ("nächt", "night", 1),
    ];

    /// <summary>12 for December; <see langword="null"/> for any other word.</summary>
    public static string? Month(string name) => ByMonth.GetValueOrDefault(name.TrimEnd('.').ToLowerInvariant());

    /// <summary>A weekday, a feast, or a day counted from today.</summary>
    public static string? Day(string word)
    {
        var folded = word.ToLowerInvariant();
        return ByDay.GetValueOrDefault(folded)
            ?? (GermanDays.FirstOrDefault(day => folded.StartsWith(day, StringComparison.Ordinal)) is { } begin ? ByDay[begin] : null);
    }

    public static string Currency(string mark)
    {
        var folded = mark.ToLowerInvariant();
        return folded == "per cent" ? "%" : ByCurrency.GetValueOrDefault(folded, folded);
    }

    /// <summary>
    /// The same for each way to write a span: 24 hours are a day, two weeks 14 days, two years 24 months. A month is no number of days,
    /// and a working day is no day.
    /// </summary>
    /// <param name="count"><see langword="null"/> for a few.</param>
    /// <returns><see langword="null"/> where the unit is none.</returns>
    public static string? Span(decimal? count, string unit, bool isOfWork)
    {
        var folded = unit.ToLowerInvariant();
        var (begin, name, size) = SpanUnits.FirstOrDefault(one => folded.StartsWith(one.Begin, StringComparison.Ordinal));
        if (begin is null)
        {
            return null;
        }

        if (size == SecondsOfDay && isOfWork)
        {
            (name, size) = ("workday", 1);
        }

        if (count is not { } number)
        {
            return $"few {Span(1, unit, isOfWork)}";
        }

        var total = number * size;
        return (name == "second", total) switch
        {
            (true, _) when total % SecondsOfDay == 0 => Write(total / SecondsOfDay, "day"),
            (true, _) when total % 3_600 == 0 => Write(total / 3_600, "hour"),
            (true, _) when total % 60 == 0 => Write(total / 60, "minute"),
            _ => Write(total, name),
        };
    }

    private static string Write(decimal number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}");

    private static Dictionary<string, string> Spread(params (string Value, string Words)[] groups) =>
        groups.SelectMany(group => group.Words.Split(' ').Select(word => (word, group.Value)))
            .ToDictionary(pair => pair.word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}
