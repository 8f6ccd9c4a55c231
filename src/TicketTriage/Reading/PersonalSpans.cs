using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>Finds personal data in a text.</summary>
internal static partial class PersonalSpans
{
    private const int ContextBefore = 24;

    /// <param name="text">Any text.</param>
    /// <param name="names">Names of people to look for, whole and in parts.</param>
    /// <returns>In the order of the text, none overlapping another; where two would, the more certain kind wins.</returns>
    public static List<PersonalSpan> Find(string text, IReadOnlyCollection<string> names)
    {
        var found = new List<PersonalSpan>();
        foreach (var span in AllKinds(text, names))
        {
            if (!found.Exists(other => span.Start < other.End && other.Start < span.End))
            {
                found.Add(span);
            }
        }

        found.Sort((left, right) => left.Start.CompareTo(right.Start));
        return found;
    }

    private static IEnumerable<PersonalSpan> AllKinds(string text, IReadOnlyCollection<string> names) =>
        Credentials(text)
            .Concat(Emails(text))
            .Concat(Ibans(text))
            .Concat(Cards(text))
            .Concat(Addresses(text))
            .Concat(Phones(text))
            .Concat(Names(text, names));

    private static IEnumerable<PersonalSpan> Credentials(string text)
    {
        foreach (Match match in UrlCredentials().Matches(text))
        {
            var secret = match.Groups["secret"];
            yield return new PersonalSpan(secret.Index, secret.Index + secret.Length, "CREDENTIALS");
        }
    }

    private static IEnumerable<PersonalSpan> Emails(string text) => Email().Matches(text).Select(match => Span(match, "EMAIL"));

    private static IEnumerable<PersonalSpan> Ibans(string text)
    {
        foreach (Match match in IbanStart().Matches(text))
        {
            if (CheckDigits.EndOfIban(text, match.Index) is { } end)
            {
                yield return new PersonalSpan(match.Index, end, "IBAN");
            }
        }
    }

    private static IEnumerable<PersonalSpan> Cards(string text)
    {
        foreach (Match match in CardShape().Matches(text))
        {
            var digits = match.Value.Where(char.IsAsciiDigit).ToArray();
            if (CheckDigits.IsCard(digits))
            {
                yield return Span(match, "CARD");
            }
        }
    }

    private static IEnumerable<PersonalSpan> Addresses(string text)
    {
        foreach (Match match in Ip4().Matches(text))
        {
            // 26.2.27.10 after "version" is a release, not a machine.
            if (IPAddress.TryParse(match.Value, out _) && !VersionBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, "IP");
            }
        }

        foreach (Match match in Ip6().Matches(text))
        {
            if (match.Value.Any(char.IsAsciiDigit) && IPAddress.TryParse(match.Value, out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                yield return Span(match, "IP");
            }
        }
    }

    private static IEnumerable<PersonalSpan> Phones(string text)
    {
        foreach (Match match in PhoneShape().Matches(text))
        {
            var digits = match.Value.Count(char.IsAsciiDigit);
            var isCertain = match.Groups["international"].Success || match.Groups["mobile"].Success || match.Groups["area"].Success;
            if (digits is >= 7 and <= 15 && (isCertain || PhoneBefore().IsMatch(Before(text, match.Index)))
                && !ReferenceBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, "PHONE");
            }
        }
    }

    private static IEnumerable<PersonalSpan> Names(string text, IReadOnlyCollection<string> names)
    {
        var parts = names
            .SelectMany(name => name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part.Length >= 3 && char.IsUpper(part[0]) && !part.EndsWith('.'));
        foreach (var name in names.Concat(parts).Where(name => name.Length >= 2).Distinct().OrderByDescending(name => name.Length))
        {
            var end = 0;
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, end, StringComparison.Ordinal))
            {
                end = at + name.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                {
                    yield return new PersonalSpan(at, end, "PERSON");
                }
            }
        }
    }

    private static PersonalSpan Span(Match match, string type) => new(match.Index, match.Index + match.Length, type);

    private static string Before(string text, int at) => text[Math.Max(0, at - ContextBefore)..at];

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]{1,20}://(?<secret>[^\s/@:]{1,100}:[^\s/@]{1,200})@|[?&](token|access_token|api_?key|key" +
        @"|password|passwd|pwd|secret|sig|signature|code|auth)=(?<secret>[^\s&#""'<>]{4,500})",
        Options,
        1000)]
    private static partial Regex UrlCredentials();

    [GeneratedRegex(
        @"(?<![\w.+-])[\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]{0,63}\s?(@|\(at\)" +
        @"|\[at\])\s?[\p{L}\p{N}]([\p{L}\p{N}-]{0,62}\.){1,8}\p{L}[\p{L}\p{N}-]{1,30}",
        Options,
        1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}[ -]?[0-9]{2}", Options, 1000)]
    private static partial Regex IbanStart();

    [GeneratedRegex(@"(?<![0-9+])(?<![0-9][ .-])[0-9]([ .-]?[0-9]){11,18}(?![ .-]?[0-9])", Options, 1000)]
    private static partial Regex CardShape();

    [GeneratedRegex(@"(?<![0-9A-Za-z.])[0-9]{1,3}(\.[0-9]{1,3}){3}(?![0-9A-Za-z]|\.[0-9])", Options, 1000)]
    private static partial Regex Ip4();

    [GeneratedRegex(@"(?<![\w:.])[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(%[0-9a-z]{1,10})?(?![\w:])", Options, 1000)]
    private static partial Regex Ip6();

    [GeneratedRegex(@"\b(version|ver\.?|v|release|firmware|build|update|os|app|fw)[ :.]{0,3}$", Options, 1000)]
    private static partial Regex VersionBefore();

    [GeneratedRegex(
        @"(?<![\w+.,/-])((?<international>(\+|00)[1-9][0-9]{0,2}([ ./-]?\(?[0-9]{1,6}\)?){2,7})" +
        @"|(?<mobile>0 ?1 ?[567][0-9]([ /-]?[0-9]){7,9})" +
        @"|(?<area>\(0[0-9]{2,5}\) ?[0-9]([ /-]?[0-9]){4,9}|\([2-9][0-9]{2}\) ?[0-9]{3}[ -][0-9]{4}" +
        @"|0[1-9][0-9]{1,4} ?/ ?[0-9]([ -]?[0-9]){4,9})" +
        @"|\(?[0-9]{2,5}\)?([ /.-]{0,3}[0-9]{2,8}){1,5})(?![\w]|[.,/-][0-9])",
        Options,
        1000)]
    private static partial Regex PhoneShape();

    [GeneratedRegex(
        @"\b(tel|telefon|telefonnummer|phone|mobile?|mobil|mobilnummer|handy|handynummer|fax|festnetz|cell|call( me)?( at" +
        @"| on)?|rückruf|ruf(en sie)?( mich)?|anrufen|unter|erreichbar|nummer lautet|durchwahl|whatsapp)\b[^0-9\n]{0,14}$",
        Options,
        1000)]
    private static partial Regex PhoneBefore();

    [GeneratedRegex(
        @"(bestell|auftrag|rechnung|kunden|vertrag|buchung|artikel|serien|sendung|order|invoice|customer|booking|contract" +
        @"|serial|tracking|ticket|case|konto|\bSN|IMEI)[^0-9\n]{0,14}$",
        Options,
        1000)]
    private static partial Regex ReferenceBefore();
}
