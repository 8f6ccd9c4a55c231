using System.Globalization;
using System.Text.RegularExpressions;

namespace TicketTriage.Drafting;

/// <summary>Finds what a text states, in German and English, in a form that compares.</summary>
internal static partial class Facts
{
    private static readonly Dictionary<string, string> Units = Spread(
        ("minute", "minute minutes minuten min"), ("hour", "hour hours stunde stunden std"), ("day", "day days tag tage tagen tages"),
        ("workday", "workday workdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen"),
        ("week", "week weeks woche wochen"), ("month", "month months monat monate monaten monats"), ("year", "year years jahr jahre jahren jahres"));

    private static readonly Dictionary<string, string> Months = Spread(
        ("01", "january januar jan jänner"), ("02", "february februar feb"), ("03", "march märz mar mär"), ("04", "april apr"), ("05", "may mai"),
        ("06", "june juni jun"), ("07", "july juli jul"), ("08", "august aug"), ("09", "september sep sept"), ("10", "october oktober oct okt"),
        ("11", "november nov"), ("12", "december dezember dec dez"));

    private static readonly Dictionary<string, string> Weekdays = Spread(
        ("monday", "monday mondays montag montags"), ("tuesday", "tuesday tuesdays dienstag dienstags"),
        ("wednesday", "wednesday wednesdays mittwoch mittwochs"), ("thursday", "thursday thursdays donnerstag donnerstags"),
        ("friday", "friday fridays freitag freitags"), ("saturday", "saturday saturdays samstag samstags sonnabend"),
        ("sunday", "sunday sundays sonntag sonntags"), ("tomorrow", "tomorrow übermorgen"), ("today", "today heute tonight"));

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10,
        ["eleven"] = 11, ["twelve"] = 12, ["fourteen"] = 14, ["fifteen"] = 15, ["twenty"] = 20, ["thirty"] = 30, ["sixty"] = 60, ["ninety"] = 90,
        ["ein"] = 1, ["eine"] = 1, ["einen"] = 1, ["einem"] = 1, ["einer"] = 1, ["eines"] = 1, ["zwei"] = 2, ["drei"] = 3, ["vier"] = 4, ["fünf"] = 5,
        ["sechs"] = 6, ["sieben"] = 7, ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10, ["elf"] = 11, ["zwölf"] = 12, ["vierzehn"] = 14, ["fünfzehn"] = 15,
        ["zwanzig"] = 20, ["dreißig"] = 30, ["sechzig"] = 60, ["neunzig"] = 90, ["a"] = 1, ["an"] = 1,
    };

    private static readonly Dictionary<string, string> Currencies = Spread(
        ("eur", "€ eur euro euros"), ("usd", "$ usd dollar dollars"), ("gbp", "£ gbp pound pounds pfund"), ("chf", "chf franken"),
        ("%", "% percent prozent"), ("cent", "cent cents"));

    private const string MonthNames =
        "january|januar|jänner|jan|february|februar|feb|march|märz|mar|mär|april|apr|may|mai|june|juni|jun|july|juli|jul|august|aug|"
        + "september|sept|sep|october|oktober|oct|okt|november|nov|december|dezember|dec|dez";

    public static IReadOnlyList<Fact> In(string text) => In(text, out _);

    /// <param name="rest">The text with blanks in place of what was found.</param>
    public static IReadOnlyList<Fact> In(string text, out string rest)
    {
        var facts = new List<Fact>();
        rest = text;
        rest = Take(rest, Link(), facts, FactKind.Link, match => LinkValue(match.Value));
        rest = Take(rest, Mail(), facts, FactKind.Contact, match => match.Value.ToLowerInvariant());
        rest = Take(rest, NumericDate(), facts, FactKind.Date, DayValue);
        rest = Take(rest, WrittenDate(), facts, FactKind.Date, WrittenDayValue);
        rest = Take(rest, Time(), facts, FactKind.Deadline, match => $"{int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture):00}:{match.Groups["m"].Value}");
        rest = Take(rest, Span(), facts, FactKind.Deadline, SpanValue);
        rest = Take(rest, Phone(), facts, FactKind.Contact, PhoneValue);
        rest = Take(rest, Money(), facts, FactKind.Amount, match => MoneyValue(match));
        rest = Take(rest, Number(), facts, FactKind.Amount, match => NumberValue(match.Value));
        rest = Take(rest, Word(), facts, FactKind.Date, match => Weekdays.GetValueOrDefault(match.Value.ToLowerInvariant()));
        return facts;
    }

    /// <summary>What is found is blanked, so that a day's digits are not counted as an amount too.</summary>
    private static string Take(string text, Regex pattern, List<Fact> facts, FactKind kind, Func<Match, string?> valueOf) =>
        pattern.Replace(text, match =>
        {
            if (valueOf(match) is not { } value)
            {
                return match.Value;
            }

            facts.Add(new Fact(kind, value, match.Value.Trim().TrimEnd('.', ',', ';', ':', '!', '?')));
            return new string(' ', match.Length);
        });

    private static string LinkValue(string link)
    {
        var bare = link.TrimEnd('.', ',', ';', ':', '!', '?', ')', '"', '\'').ToLowerInvariant();
        bare = bare.StartsWith("https://", StringComparison.Ordinal) ? bare[8..] : bare.StartsWith("http://", StringComparison.Ordinal) ? bare[7..] : bare;
        return (bare.StartsWith("www.", StringComparison.Ordinal) ? bare[4..] : bare).TrimEnd('/');
    }

    private static string? DayValue(Match match)
    {
        var (day, month) = match.Groups["y1"].Success
            ? (match.Groups["d1"].Value, match.Groups["m1"].Value)
            : (match.Groups["d2"].Value, match.Groups["m2"].Value);
        var year = match.Groups["y1"].Success ? match.Groups["y1"].Value : match.Groups["y2"].Value;
        return Day(day, month, year);
    }

    private static string? WrittenDayValue(Match match)
    {
        var name = match.Groups["n1"].Success ? match.Groups["n1"].Value : match.Groups["n2"].Value;
        var day = match.Groups["e1"].Success ? match.Groups["e1"].Value : match.Groups["e2"].Value;
        return Months.TryGetValue(name.TrimEnd('.').ToLowerInvariant(), out var month) ? Day(day, month, match.Groups["y"].Value) : null;
    }

    private static string? Day(string day, string month, string year)
    {
        var (d, m) = (int.Parse(day, CultureInfo.InvariantCulture), int.Parse(month, CultureInfo.InvariantCulture));
        if (d is < 1 or > 31 || m is < 1 or > 12)
        {
            return null;
        }

        var full = year.Length == 2 ? $"20{year}" : year;
        return full.Length == 0 ? $"{m:00}-{d:00}" : $"{m:00}-{d:00} {full}";
    }

    private static string? SpanValue(Match match)
    {
        var unit = Units.GetValueOrDefault(match.Groups["unit"].Value.ToLowerInvariant());
        var count = match.Groups["count"].Value;
        if (unit is null || !(Numbers.TryGetValue(count, out var number) || int.TryParse(count, CultureInfo.InvariantCulture, out number)))
        {
            return null;
        }

        var isOfWork = unit == "day" && match.Groups["work"].Success;
        return unit switch
        {
            _ when isOfWork => $"{number} workday",
            "week" => $"{number * 7} day",
            _ => $"{number} {unit}",
        };
    }

    private static string? PhoneValue(Match match)
    {
        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
        return digits.Length is >= 7 and <= 15 ? digits : null;
    }

    private static string? MoneyValue(Match match)
    {
        var mark = (match.Groups["c1"].Success ? match.Groups["c1"].Value : match.Groups["c2"].Value).ToLowerInvariant();
        var number = NumberValue(match.Groups["n1"].Success ? match.Groups["n1"].Value : match.Groups["n2"].Value);
        return Currencies.TryGetValue(mark, out var currency) && number is not null ? $"{number} {currency}" : null;
    }

    /// <summary>1.234,56 and 1,234.56 are the same: the last mark before one or two digits parts the cents, the others part thousands.</summary>
    private static string? NumberValue(string text)
    {
        var digits = text.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        var mark = digits.LastIndexOfAny(['.', ',']);
        var isFraction = mark >= 0 && digits.Length - mark - 1 is 1 or 2;
        var whole = string.Concat((isFraction ? digits[..mark] : digits).Where(char.IsAsciiDigit)).TrimStart('0');
        var fraction = isFraction ? digits[(mark + 1)..].TrimEnd('0') : "";
        var number = whole.Length == 0 ? "0" : whole;
        return fraction.Length == 0 ? number : $"{number}.{fraction}";
    }

    private static Dictionary<string, string> Spread(params (string Value, string Words)[] groups) =>
        groups.SelectMany(group => group.Words.Split(' ').Select(word => (word, group.Value)))
            .ToDictionary(pair => pair.word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:https?://|www\.)[^\s<>""]+|\b(?:[a-z0-9-]+\.)+(?:com|de|org|net|io|eu|at|ch|info|co|uk|app|shop|example|test)\b(?:/[^\s<>""]*)?(?![\w@])", Options, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", Options, 1000)]
    private static partial Regex Mail();

    [GeneratedRegex(@"\b(?<y1>\d{4})-(?<m1>\d{1,2})-(?<d1>\d{1,2})\b|\b(?<d2>\d{1,2})\.\s?(?<m2>\d{1,2})\.(?:\s?(?<y2>\d{4}|\d{2})\b)?", Options, 1000)]
    private static partial Regex NumericDate();

    [GeneratedRegex(
        @"\b(?<e1>\d{1,2})(?:\.|st|nd|rd|th)?\s(?:of\s)?(?<n1>" + MonthNames + @")\b\.?(?:,?\s(?<y>\d{4})\b)?|\b(?<n2>" + MonthNames
            + @")\b\.?\s(?<e2>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s(?<y>\d{4})\b)?",
        Options,
        1000)]
    private static partial Regex WrittenDate();

    [GeneratedRegex(@"\b(?<h>[01]?\d|2[0-3])[:.](?<m>[0-5]\d)(?=\s?(?:uhr|h\b|am\b|pm\b|o'clock))", Options, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![\w.,])(?<count>\d{1,4}|\p{L}{1,9})[\s\u00A0-]+(?<work>(?:working|business)\s)?(?<unit>\p{L}{3,14})\b", Options, 1000)]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<![\w.,])(?:\+|00|0)\d[\d\s/()-]{5,18}\d\b", Options, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<c1>[€$£]|\b(?:eur|usd|gbp|chf))\s?(?<n1>\d[\d.,]*\d|\d)|(?<n2>\d[\d.,\u00A0]*\d|\d)\s?(?<c2>[€$£%]|(?:eur|euros?|usd|dollars?|gbp|pounds?|pfund|chf|franken|percent|prozent|cents?)\b)", Options, 1000)]
    private static partial Regex Money();

    [GeneratedRegex(@"(?<![\p{L}\d_\[])\d[\d.,]*\d|(?<![\p{L}\d_\[])\d(?![\p{L}\d_])", Options, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}+", Options, 1000)]
    private static partial Regex Word();
}
