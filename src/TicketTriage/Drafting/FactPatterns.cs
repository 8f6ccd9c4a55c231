using System.Text.RegularExpressions;

namespace TicketTriage.Drafting;

/// <summary>
/// How facts are written. Every pattern names its words: one that takes any two words for a number and its unit eats the text in pairs,
/// and loses whatever stands across two of them.
/// </summary>
internal static partial class FactPatterns
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>In milliseconds. On a busy machine the first match waits a second for the pattern's code to be compiled.</summary>
    public const int Patience = 10_000;

    private const string Count = @"(?:\d{1,4}(?:[.,]\d)?|" + NumberWords.Pattern + ")";
    private const string From =
        @"(?:(?:between|zwischen)\s(?<from>" + Count + @")\s(?:and|und)\s|(?<from>" + Count + @")(?:\s(?:bis(?:\szu)?|to|or|oder)\s"
            + @"|(?<=\d)\s?[-–—]\s?))";

    private const string Few = @"(?:(?:a\s)?few|(?:a\s)?couple\sof|several|some|(?:ein\s)?paar|wenige[nrm]?|einige[nrm]?|mehrere[nrm]?)";
    private const string Half = @"(?:half\san?|(?:eine[mnrs]?\s)?halbe[mnrs]?)";
    private const string Each = @"(?:every|each|per|je|pro|jede[mnrs]?)";
    private const string Dot = @"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))";

    // Bare hosts of every ending: a list of endings is a list of those that a forger does not take.
    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]{1,20}:/{1,3}[^\s<>""]+|\bwww\.[^\s<>""]+"
            + @"|\b[\p{L}\d][\p{L}\d-]{0,62}(?:" + Dot + @"[\p{L}\d-]{1,63}){0,8}" + Dot
            + @"(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\d@])(?::\d+)?(?:/[^\s<>""]*)?|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5}"
            + @"|/)[^\s<>""]*",
        Options,
        Patience)]
    public static partial Regex Link();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", Options, Patience)]
    public static partial Regex Mail();

    [GeneratedRegex(
        @"\b(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})\b|\b(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.(?:\s?(?<y>\d{4}|\d{2})\b)?"
            + @"|\b(?<d>\d{1,2})/(?<m>\d{1,2})/(?<y>\d{4}|\d{2})\b",
        Options,
        Patience)]
    public static partial Regex NumericDate();

    [GeneratedRegex(
        @"\b(?:(?<from>\d{1,2})(?:\.|st|nd|rd|th)?\s?(?:and|und|or|oder|to|bis(?:\szum)?|[-–])\s?)?(?<d>\d{1,2})(?:\.|st|nd|rd"
            + @"|th)?\s(?:of\s)?(?<m>"
            + FactUnits.MonthNames + @")\b\.?(?:,?\s(?<y>\d{4})\b)?|\b(?<m>" + FactUnits.MonthNames
            + @")\b\.?\s(?<d>\d{1,2})(?:st|nd|rd|th)?\b(?!\s?(?:%|gb|mb|kb))(?:,?\s(?<y>\d{4})\b)?",
        Options,
        Patience)]
    public static partial Regex WrittenDate();

    // Written large: "may" and "march" are verbs, and so they need a word before them that only a month follows.
    [GeneratedRegex(
        @"\b(?<m>January|February|April|June|July|August|September|October|November|December|Januar|Jänner|Februar|März|Mai|Juni|Juli"
            + @"|Oktober"
            + @"|Dezember)\b(?:\s(?<y>\d{4})\b)?"
            + @"|(?<=\b(?:[Ii]n|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]ince|[Tt]ill|[Bb]efore|[Aa]fter|[Dd]uring|[Bb]etween|of|early|late|mid|and|to"
            + @"|this|next|last)[ -])"
            + @"(?<m>March|May)\b(?:\s(?<y>\d{4})\b)?",
        RegexOptions.CultureInvariant,
        Patience)]
    public static partial Regex Month();

    [GeneratedRegex(
        @"(?:the\s)?\b(?<end>end|beginning|start|middle)\sof\s(?:the\s)?(?:(?<when>this|next|coming)\s)?(?<unit>week|month|quarter|year)\b"
            + @"|\b(?<end>ende|anfang|mitte)\s(?:d(?:er|es)\s)?(?:(?<when>diese[rs]|nächste[nrs]|kommende[nrs])\s)?(?<unit>woche|monats?"
            + @"|quartals?|jahr(?:es)?)\b"
            + @"|\b(?<when>next|this|coming|diese[mnrs]?|nächste[mnrs]?|kommende[mnrs]?)\s(?<unit>week(?:end)?|month|quarter|year"
            + @"|woche(?:nende)?s?|monats?|quartals?|jahr(?:es)?)\b"
            + @"|\b(?<unit>monats|quartals|jahres)(?<end>ende|anfang|mitte)\b|\b(?<when>the\sday\safter)\s(?<unit>tomorrow)\b"
            + @"|\b(?<when>new)\s(?<unit>year)\b",
        Options,
        Patience)]
    public static partial Regex FromToday();

    // Small letters are the day after today; large ones the time before noon, except where a sentence begins.
    [GeneratedRegex(
        @"(?<!\b(?:[Gg]uten|[Aa]m|[Jj]eden|[Dd]iesen|[Hh]eute|[Gg]estern)\s)(?:\bmorgen\b|(?<=^|[.!?]\s)Morgen\b)",
        RegexOptions.CultureInvariant,
        Patience)]
    public static partial Regex Tomorrow();

    // "8 am Montag" is German; "8 am" before a small letter or an English day is not.
    [GeneratedRegex(
        @"\b(?:(?<from>[01]?\d|2[0-4])(?::(?<fm>[0-5]\d))?\s?(?:bis|to|und|and|until|[-–])\s?)?(?<h>[01]?\d|2[0-4]|" + NumberWords.Pattern
            + @")(?:[:.](?<m>[0-5]\d))?\s?(?:(?<half>am|pm)\b(?!\s(?!mon|tue|wed|thu|fri|sat|sun)(?-i:\p{Lu}))|(?<half>[ap])\.m\.|uhr\b"
            + @"|o'clock|(?<=\d[:.]\d\d\s?)h\b)"
            + @"|\b(?<h>[01]?\d|2[0-4]):(?<m>[0-5]\d)\b|\b(?:12\s)?(?<noon>noon|midday|mittags?)\b|\b(?<midnight>midnight|mitternachts?)\b"
            + @"|\b(?<before>halb)\s(?<h>\d{1,2}|" + NumberWords.Pattern + @")\b|\bhalf\spast\s(?<h>\d{1,2}"
            + @"|" + NumberWords.Pattern + @")\b(?<past>)",
        Options,
        Patience)]
    public static partial Regex Time();

    [GeneratedRegex(
        @"\ban?\s(?<unit>year|month|week|day|hour)\sand\sa\shalf\b(?<more>)"
            + @"|(?<![\w.,])" + From + "?(?:(?<count>" + Count + ")|(?<half>" + Half + ")|(?<few>" + Few + ")|(?<one>" + NumberWords.One + ")"
            + "|(?<each>" + Each + @")|(?<more>anderthalb|eineinhalb))[\s\u00A0-]{0,2}(?:(?<work>working|business)\s|(?:full|whole|further|more|calendar"
            + @"|(?:ganz|voll|weiter|lang)e[nrs]?)\s)?"
            + "(?<unit>" + FactUnits.Spans + @")(?!\p{L})"
            + @"|(?<![\w.,])(?<count>" + Count + @"|ein|halb)-?(?<unit>tägig|stündig|minütig|wöchig|monatig|jährig)(?:e[mnrs]?)?\b"
            + @"|\b(?<often>dai|week|month|year|annual|hour|täg|wöchent|monat|jähr|stünd)l(?:y|ich(?:e[mnrs]?)?)\b|\b(?<often>annual)\b"
            + @"|\bover(?<unit>night)\b|\büber\s(?<unit>nacht)\b",
        Options,
        Patience)]
    public static partial Regex Span();

    [GeneratedRegex(@"(?<![\w.,])(?:\+|00|0)\d[\d\s/()-]{5,18}\d\b", Options, Patience)]
    public static partial Regex Phone();

    [GeneratedRegex(
        @"(?<c>[€$£]|\b(?:eur|usd|gbp|chf))\s?(?<n>\d[\d.,]*\d|\d)"
            + @"|(?<![\p{L}\d_\[])(?:(?<n>\d[\d.,\u00A0]*\d|\d)[\s\u00A0]?|(?<n>" + NumberWords.Pattern + ""
            + "|" + NumberWords.One + @")[\s\u00A0])(?<c>" + FactUnits.Currencies + @")(?![\p{L}\d])",
        Options,
        Patience)]
    public static partial Regex Money();

    [GeneratedRegex(@"\b(?<n>\d+)(?:st|nd|rd|th)\b|\b(?<word>" + NumberWords.Ordinal + @")\b", Options, Patience)]
    public static partial Regex Ordinal();

    [GeneratedRegex(@"(?<![\p{L}\d_\[])\d[\d.,]*\d|(?<![\p{L}\d_\[])\d(?![\p{L}\d_])", Options, Patience)]
    public static partial Regex Number();

    [GeneratedRegex(@"(?<![\p{L}\d_\[])" + NumberWords.Pattern + @"(?![\p{L}\d_])", Options, Patience)]
    public static partial Regex NumberInWords();

    [GeneratedRegex(
        @"\b(?:(?<half>half|hälfte)|(?<third>(?:a|one)\sthird|drittel)|(?<quarter>(?:a|one)\squarter|viertel)|(?<twice>twice|double"
            + @"|zweimal|doppelte?[mnrs]?)|(?<thrice>triple|dreimal|dreifache?[mnrs]?))\b",
        Options,
        Patience)]
    public static partial Regex Share();

    [GeneratedRegex(@"\p{L}+", Options, Patience)]
    public static partial Regex Word();
}
