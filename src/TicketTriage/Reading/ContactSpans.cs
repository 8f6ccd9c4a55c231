using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>Finds where somebody can be reached: mail addresses, telephone numbers, machines.</summary>
internal static partial class ContactSpans
{
    private const int ContextBefore = 32;
    private const int FewestDigits = 6;
    private const int MostDigits = 15;

    public static IEnumerable<PersonalSpan> Emails(string text) => Email().Matches(text).Select(match => Span(match, PersonalTypes.Email));

    public static IEnumerable<PersonalSpan> Machines(string text)
    {
        foreach (Match match in Ip4().Matches(text))
        {
            // 26.2.27.10 after "version" is a release, not a machine.
            if (IPAddress.TryParse(match.Value, out _) && !VersionBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, PersonalTypes.Ip);
            }
        }

        foreach (Match match in Ip6().Matches(text))
        {
            if (match.ValueSpan.ContainsAnyInRange('0', '9') && IPAddress.TryParse(match.Value, out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                yield return Span(match, PersonalTypes.Ip);
            }
        }
    }

    public static IEnumerable<PersonalSpan> Phones(string text)
    {
        foreach (Match match in PhoneShape().Matches(text))
        {
            var digits = match.Value.Count(char.IsAsciiDigit);
            if (digits is < FewestDigits or > MostDigits || DateOrAmount().IsMatch(match.Value))
            {
                continue;
            }

            var before = Before(text, match.Index);
            var isCertain = match.Groups["certain"].Success && digits > FewestDigits;
            if (PhoneBefore().IsMatch(before) || ((isCertain || CallBefore().IsMatch(before)) && !ReferenceBefore().IsMatch(before)))
            {
                yield return Span(match, PersonalTypes.Phone);
            }
        }
    }

    private static PersonalSpan Span(Match match, string type) => new(match.Index, match.Index + match.Length, type);

    private static string Before(string text, int at) => text[Math.Max(0, at - ContextBefore)..at];

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"(?<![\w.+%'-])[\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]{0,63}\s?(@|\((at|ät)\)" +
        @"|\[at\]| at (?=[\p{L}\p{N}-]{2,40}( dot | ?[(\[](dot|punkt)[)\]] ?)))\s?[\p{L}\p{N}](([\p{L}\p{N}-]{0,62})(\.| dot " +
        @"| ?[(\[](dot|punkt)[)\]] ?)){1,8}\p{L}[\p{L}\p{N}-]{1,30}",
        Options,
        TextSearch.Patience)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![0-9A-Za-z.])[0-9]{1,3}(\.[0-9]{1,3}){3}(?![0-9A-Za-z]|\.[0-9])", Options, TextSearch.Patience)]
    private static partial Regex Ip4();

    [GeneratedRegex(
        @"(?<![\w:.])([0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}" +
        @"|::ffff:[0-9]{1,3}(\.[0-9]{1,3}){3})(%[0-9a-z]{1,10})?(?![\w:])", Options, TextSearch.Patience)]
    private static partial Regex Ip6();

    [GeneratedRegex(
        @"(\b(versions?|vers\.?|ver\.?|v|release|rel\.?|firmware|build|update|upgrade|patch|os|app|fw)" +
        @"(snummer|nummer| number| no\.?| nr\.?)?( (auf|to|ist|is|von|from|lautet))?[ :.=(v]{0,4})$",
        Options,
        TextSearch.Patience)]
    private static partial Regex VersionBefore();

    [GeneratedRegex(
        @"(?<![\w+.,#-]|[0-9]/)(" +
        @"(?<certain>\+ ?[1-9][0-9]{0,2}([ ./-]{0,3}\(?[0-9]{1,7}\)?){2,7}" +
        @"|00[1-9][0-9]{0,2}([ ./-]{0,3}\(?[0-9]{1,7}\)?){2,6}" +
        @"|0 ?1 ?[567][0-9]([ /.-]{0,3}[0-9]){6,9}" +
        @"|\(0[0-9]{1,5}\) ?[0-9]([ /-]?[0-9]){3,9}" +
        @"|0[1-9][0-9]{0,4}( ?[/–-] ?| )[0-9]([ /.-]?[0-9]){3,9}" +
        @"|(1[ .-])?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.-])[0-9]{3}[ .-][0-9]{4})" +
        @"|\(?[0-9]{2,5}\)?([ /.-]{0,3}[0-9]{2,8}){1,5})" +
        @"( ?(x|ext\.?|durchwahl|dw) ?[0-9]{1,5})?(?![\w]|[.,/-][0-9])",
        Options,
        TextSearch.Patience)]
    private static partial Regex PhoneShape();

    [GeneratedRegex(
        @"^([0-9]{1,3}(\.[0-9]{3})+|[0-3]?[0-9]\.[01]?[0-9]\.([0-9]{2}|(19|20)[0-9]{2})|[0-3]?[0-9][/-][01]?[0-9][/-](19" +
        @"|20)?[0-9]{2}|(19|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]( [0-9]{1,2})?)$",
        Options,
        TextSearch.Patience)]
    private static partial Regex DateOrAmount();

    [GeneratedRegex(
        @"\b(tel|telefon(nummer|nr)?|telephone|phone( number)?|fon|mobile?|mobil(nummer|funk)?|handy(nummer)?|fax(nummer)?" +
        @"|festnetz(nummer)?|cell(phone)?" +
        @"|rufnummer|rückrufnummer|durchwahl|whatsapp)\b[^0-9\n]{0,14}$",
        Options,
        TextSearch.Patience)]
    private static partial Regex PhoneBefore();

    [GeneratedRegex(
        @"\b(call|dial|ring|sms|rückruf|ruf|rufen|anrufen|telefonisch|unter|erreichbar|nummer (lautet|ist)|number is" +
        @"|reach me)\b[^0-9\n]{0,16}$",
        Options,
        TextSearch.Patience)]
    private static partial Regex CallBefore();

    [GeneratedRegex(
        @"(bestell|auftrag|rechnung|kunden|vertrag|buchung|artikel|serien|sendung|order|invoice|customer|booking|contract" +
        @"|serial|tracking|ticket|case|konto|vorgang|referenz|reference|\b(s/?n|imei|re|nr|no|id|version|art)[ .:#-]|#)[^0-9\n]{0,14}$",
        Options,
        TextSearch.Patience)]
    private static partial Regex ReferenceBefore();
}
