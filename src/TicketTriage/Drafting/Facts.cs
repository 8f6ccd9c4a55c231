using System.Globalization;
using System.Text.RegularExpressions;

namespace TicketTriage.Drafting;

/// <summary>Finds what a text states, in German and English, in a form that compares.</summary>
internal static class Facts
{
    /// <summary>How often something comes round begins with it: <c>each 7 day</c>.</summary>
    public const string Each = "each ";

    public static IReadOnlyList<Fact> In(string text) => In(text, out _);

    /// <param name="rest">The text with blanks in place of what was found.</param>
    public static IReadOnlyList<Fact> In(string text, out string rest)
    {
        var facts = new List<Fact>();
        rest = text;
        rest = Take(rest, FactPatterns.Mail(), facts, FactKind.Contact, match => [match.Value.ToLowerInvariant()]);
        rest = Take(rest, FactPatterns.Link(), facts, FactKind.Link, match => [LinkValue(match.Value)]);
        rest = Take(rest, FactPatterns.NumericDate(), facts, FactKind.Date, NumericDayValues);
        rest = Take(rest, FactPatterns.WrittenDate(), facts, FactKind.Date, WrittenDayValues);
        rest = Take(rest, FactPatterns.Month(), facts, FactKind.Date, MonthValues);
        rest = Take(rest, FactPatterns.FromToday(), facts, FactKind.Date, match => [FromTodayValue(match)]);
        rest = Take(rest, FactPatterns.Tomorrow(), facts, FactKind.Date, _ => ["tomorrow"]);
        rest = Take(rest, FactPatterns.Time(), facts, FactKind.Deadline, TimeValues);
        rest = Take(rest, FactPatterns.Span(), facts, FactKind.Deadline, SpanValues);
        rest = Take(rest, FactPatterns.Phone(), facts, FactKind.Contact, PhoneValues);
        rest = Take(rest, FactPatterns.Money(), facts, FactKind.Amount, MoneyValues);
        rest = Take(rest, FactPatterns.Ordinal(), facts, FactKind.Amount, OrdinalValues);
        rest = Take(rest, FactPatterns.Number(), facts, FactKind.Amount, match => [Number(match.Value)]);
        rest = Take(rest, FactPatterns.NumberInWords(), facts, FactKind.Amount, NumberInWordsValues);
        rest = Take(rest, FactPatterns.Share(), facts, FactKind.Amount, ShareValues);
        rest = Take(rest, FactPatterns.Word(), facts, FactKind.Date, match => FactUnits.Day(match.Value) is { } day ? [day] : []);
        return facts;
    }

    /// <summary>What is found is blanked, so that a day's digits are not counted as an amount too.</summary>
    private static string Take(string text, Regex pattern, List<Fact> facts, FactKind kind, Func<Match, IReadOnlyList<string>> valuesOf) =>
        pattern.Replace(text, match =>
        {
            var values = valuesOf(match);
            facts.AddRange(values.Select(value => new Fact(kind, value, match.Value.Trim().TrimEnd('.', ',', ';', ':', '!', '?'))));
            return values.Count == 0 ? match.Value : new string(' ', match.Length);
        });

    private static string LinkValue(string link)
    {
        var bare = link.TrimEnd('.', ',', ';', ':', '!', '?', ')', '"', '\'', '“').ToLowerInvariant();
        foreach (var begin in (ReadOnlySpan<string>)["https://", "http://", "www."])
        {
            bare = bare.StartsWith(begin, StringComparison.Ordinal) ? bare[begin.Length..] : bare;
        }

        return bare.TrimEnd('/');
    }

    private static string[] NumericDayValues(Match match)
    {
        var (day, month, year) = (match.Groups["d"].Value, match.Groups["m"].Value, match.Groups["y"].Value);

        // Americans write the month first: seen where it is no month otherwise.
        var isTurned = match.Value.Contains('/', StringComparison.Ordinal);
        return (Day(day, month, year) ?? (isTurned ? Day(month, day, year) : null)) is { } value ? [value] : [];
    }

    private static string[] WrittenDayValues(Match match)
    {
        var year = match.Groups["y"].Value;
        if (FactUnits.Month(match.Groups["m"].Value) is not { } month || Day(match.Groups["d"].Value, month, year) is not { } day)
        {
            return [];
        }

        return match.Groups["from"].Success && Day(match.Groups["from"].Value, month, year) is { } from ? [from, day] : [day];
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

    private static string[] MonthValues(Match match) =>
        FactUnits.Month(match.Groups["m"].Value) is { } month ? [$"{month} {match.Groups["y"].Value}".TrimEnd()] : [];

    private static string FromTodayValue(Match match)
    {
        var part = match.Groups["end"].Value.ToLowerInvariant() switch
        {
            "" => "",
            "end" or "ende" => "end",
            "middle" or "mitte" => "middle",
            _ => "beginning",
        };
        var which = match.Groups["when"].Value.ToLowerInvariant() switch
        {
            "" => "",
            "new" => "new",
            "coming" or ['n', ..] or ['k', ..] => "next",
            ['t', 'h', 'e', ..] => "day after",
            _ => "this",
        };
        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "weekend" or ['w', 'o', 'c', 'h', 'e', 'n', 'e', ..] => "weekend",
            "tomorrow" => "tomorrow",
            ['w', ..] => "week",
            ['m', ..] => "month",
            ['q', ..] => "quarter",
            _ => "year",
        };
        return $"{part} {which} {unit}".Replace("  ", " ", StringComparison.Ordinal).Trim();
    }

    private static string[] TimeValues(Match match)
    {
        if (match.Groups["noon"].Success || match.Groups["midnight"].Success)
        {
            return [match.Groups["noon"].Success ? "12:00" : "24:00"];
        }

        if (Hour(match.Groups["h"].Value) is not { } hour || hour > 24)
        {
            return [];
        }

        var half = match.Groups["half"].Value.ToLowerInvariant();
        var isHalf = match.Groups["before"].Success || match.Groups["past"].Success;
        var minutes = isHalf ? "30" : match.Groups["m"].Success ? match.Groups["m"].Value : "00";
        var to = Write(match.Groups["before"].Success ? hour - 1 : hour, minutes);
        return match.Groups["from"].Success && Hour(match.Groups["from"].Value) is { } from
            ? [Write(from, match.Groups["fm"].Success ? match.Groups["fm"].Value : "00"), to]
            : [to];

        string Write(int whole, string part)
        {
            var ofDay = half.StartsWith('p') && whole < 12 ? whole + 12 : half.StartsWith('a') && whole == 12 ? 0 : whole;
            return string.Create(CultureInfo.InvariantCulture, $"{ofDay:00}:{part}");
        }
    }

    private static int? Hour(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var hour) ? hour : NumberWords.Read(text);

    private static string[] SpanValues(Match match)
    {
        var isOfWork = match.Groups["work"].Success;
        var unit = match.Groups["often"].Success ? match.Groups["often"].Value : match.Groups["unit"].Value;

        // "A second entry" is no time.
        if ((match.Groups["one"].Success && string.Equals(unit, "second", StringComparison.OrdinalIgnoreCase))
            || FactUnits.Span(CountOf(match), unit, isOfWork) is not { } span)
        {
            return [];
        }

        if (match.Groups["each"].Success || match.Groups["often"].Success)
        {
            return [$"{Each}{span}"];
        }

        // From the lower end of "2 to 3 days" nobody may make a promise; the upper one holds by itself.
        return match.Groups["from"].Success && Count(match.Groups["from"].Value) is { } from
            && FactUnits.Span(from, unit, isOfWork) is { } least
            ? [$"{least[..least.IndexOf(' ', StringComparison.Ordinal)]}-{span}", span]
            : [span];
    }

    private static decimal? CountOf(Match match) =>
        match.Groups["few"].Success ? null
        : match.Groups["half"].Success ? 0.5m
        : match.Groups["more"].Success ? 1.5m
        : !match.Groups["count"].Success ? 1
        : string.Equals(match.Groups["count"].Value, "halb", StringComparison.OrdinalIgnoreCase) ? 0.5m
        : Count(match.Groups["count"].Value);

    private static decimal? Count(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            ? count
            : NumberWords.Read(text);

    private static string[] PhoneValues(Match match)
    {
        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
        return digits.Length is >= 7 and <= 15 ? [digits] : [];
    }

    private static string[] MoneyValues(Match match) =>
        [$"{Number(match.Groups["n"].Value)} {FactUnits.Currency(match.Groups["c"].Value)}"];

    private static string[] ShareValues(Match match) => [match.Groups.Values.Skip(1).First(group => group.Success).Name];

    private static string[] OrdinalValues(Match match)
    {
        var place = match.Groups["n"].Success ? Hour(match.Groups["n"].Value) : NumberWords.ReadOrdinal(match.Groups["word"].Value);
        return place is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : [];
    }

    // "One" and "ein" are articles as often as numbers.
    private static string[] NumberInWordsValues(Match match) =>
        NumberWords.Read(match.Value) is > 1 and var number ? [number.ToString(CultureInfo.InvariantCulture)] : [];

    /// <summary>
    /// 1.234,56 and 1,234.56 are the same: the last mark before one or two digits parts the cents, the others part thousands.
    /// </summary>
    private static string Number(string text)
    {
        if (NumberWords.Read(text) is { } words)
        {
            return words.ToString(CultureInfo.InvariantCulture);
        }

        var digits = text.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        var mark = digits.LastIndexOfAny(['.', ',']);
        var isFraction = mark >= 0 && digits.Length - mark - 1 is 1 or 2;
        var whole = string.Concat((isFraction ? digits[..mark] : digits).Where(char.IsAsciiDigit)).TrimStart('0');
        var fraction = isFraction ? digits[(mark + 1)..].TrimEnd('0') : "";
        var number = whole.Length == 0 ? "0" : whole;
        return fraction.Length == 0 ? number : $"{number}.{fraction}";
    }
}
