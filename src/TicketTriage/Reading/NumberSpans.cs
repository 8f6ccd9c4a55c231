using System.Globalization;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>Finds numbers that stand for a person or an account: by their check digits, or else by the word before them.</summary>
internal static partial class NumberSpans
{
    private const int ContextBefore = 32;
    private const int OldestYear = 1900;

    public static IEnumerable<PersonalSpan> Ibans(string text)
    {
        foreach (Match match in IbanStart().Matches(text))
        {
            if (CheckDigits.EndOfIban(text, match.Index) is { } end)
            {
                yield return new PersonalSpan(match.Index, end, PersonalTypes.Iban);
            }
        }
    }

    public static IEnumerable<PersonalSpan> Cards(string text)
    {
        foreach (Match match in CardShape().Matches(text))
        {
            // One in ten serial numbers has Luhn's sum by chance.
            if (CheckDigits.IsCard(Digits(match.Value)) && !DeviceBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, PersonalTypes.Card);
            }
        }
    }

    public static IEnumerable<PersonalSpan> TaxNumbers(string text)
    {
        foreach (Match match in ElevenDigits().Matches(text))
        {
            var digits = Digits(match.Value);
            var before = Before(text, match.Index);
            if (CheckDigits.IsTaxId(digits)
                && (TaxBefore().IsMatch(before)
                    || (!ReferenceBefore().IsMatch(before) && (match.Length == 14 || CheckDigits.IsSpreadAsTaxId(digits)))))
            {
                yield return Span(match, PersonalTypes.TaxId);
            }
        }

        foreach (Match match in OldTaxNumber().Matches(text))
        {
            yield return Span(match.Groups["number"], PersonalTypes.TaxId);
        }
    }

    public static IEnumerable<PersonalSpan> InsuranceNumbers(string text)
    {
        foreach (Match match in PensionShape().Matches(text))
        {
            if (CheckDigits.IsPensionNumber(string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()))
            {
                yield return Span(match, PersonalTypes.SocialSecurity);
            }
        }

        foreach (Match match in SwissShape().Matches(text))
        {
            if (CheckDigits.IsSwissInsuranceNumber(Digits(match.Value)))
            {
                yield return Span(match, PersonalTypes.SocialSecurity);
            }
        }

        foreach (Match match in NamedInsurance().Matches(text))
        {
            yield return Span(match.Groups["number"], PersonalTypes.SocialSecurity);
        }

        foreach (Match match in AustrianShape().Matches(text))
        {
            if (CheckDigits.IsAustrianInsuranceNumber(Digits(match.Value)) && InsuranceBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, PersonalTypes.SocialSecurity);
            }
        }

        foreach (Match match in BritishOrAmericanInsurance().Matches(text))
        {
            yield return Span(match, PersonalTypes.SocialSecurity);
        }
    }

    public static IEnumerable<PersonalSpan> VatNumbers(string text)
    {
        foreach (Match match in VatShape().Matches(text))
        {
            var isGerman = match.ValueSpan.StartsWith("DE", StringComparison.OrdinalIgnoreCase);
            if (isGerman ? CheckDigits.IsGermanVatId(Digits(match.Value)) : VatBefore().IsMatch(Before(text, match.Index)))
            {
                yield return Span(match, PersonalTypes.VatId);
            }
        }

        foreach (Match match in AustrianOrSwissVat().Matches(text))
        {
            yield return Span(match, PersonalTypes.VatId);
        }
    }

    public static IEnumerable<PersonalSpan> Plates(string text) =>
        PlateAfterItsName().Matches(text).Select(match => Span(match.Groups["plate"], PersonalTypes.Plate))
            .Concat(GermanPlate().Matches(text).Select(match => Span(match, PersonalTypes.Plate)));

    public static IEnumerable<PersonalSpan> BirthDates(string text)
    {
        foreach (Match match in BirthBefore().Matches(text).Concat(BirthAfter().Matches(text)))
        {
            var year = match.Groups["year"].Value;
            if (year.Length == 2 || int.Parse(year, CultureInfo.InvariantCulture) >= OldestYear)
            {
                yield return Span(match.Groups["date"], PersonalTypes.BirthDate);
            }
        }
    }

    private static PersonalSpan Span(Group found, string type) => new(found.Index, found.Index + found.Length, type);

    private static char[] Digits(string text) => [.. text.Where(char.IsAsciiDigit)];

    private static string Before(string text, int at) => text[Math.Max(0, at - ContextBefore)..at];

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}[ \u00A0\u202F-]?[0-9]{2}", Options, TextSearch.Patience)]
    private static partial Regex IbanStart();

    [GeneratedRegex(
        @"(?<![0-9+A-Za-z])(?<![0-9][ .-])[0-9]([ .\u00A0\u202F-]?[0-9]){11,18}(?![ .\u00A0\u202F-]?[0-9]" +
        @"|[A-Za-z])", Options, TextSearch.Patience)]
    private static partial Regex CardShape();

    [GeneratedRegex(
        @"(\bs/?n|serial|serien|imei|meid|tracking|sendung|paket|parcel|shipment|isbn|ean|gtin|iccid|barcode|barcode)[^0-9\n]{0,16}$",
        Options,
        TextSearch.Patience)]
    private static partial Regex DeviceBefore();

    [GeneratedRegex(@"(?<![0-9A-Za-z+/])[1-9][0-9](?<gap>[ /.]?)[0-9]{3}\k<gap>[0-9]{3}\k<gap>[0-9]{3}(?![0-9A-Za-z]|[ /.][0-9])",
        Options,
        TextSearch.Patience)]
    private static partial Regex ElevenDigits();

    [GeneratedRegex(@"(steuer|tax|\btin\b|\bid-?nr|identifikation|\bidnr)[^0-9\n]{0,24}$", Options, TextSearch.Patience)]
    private static partial Regex TaxBefore();

    [GeneratedRegex(
        @"\b(steuer-?(nummer|nr\.?)|st\.?-?nr\.?)[ :]{1,3}(lautet |ist " +
        @"|ist die )?(?<number>[0-9]{2,5}[ /][0-9]{3,5}[ /][0-9]{3,5})(?![0-9])", Options, TextSearch.Patience)]
    private static partial Regex OldTaxNumber();

    [GeneratedRegex(
        @"(bestell|auftrag|rechnung|kunden|vertrag|buchung|artikel|serien|sendung|order|invoice|customer|booking|contract" +
        @"|serial|tracking|ticket|case|konto|referenz|reference|\bs/?n|imei|[a-z]{2}-|#)[^0-9\n]{0,14}$",
        Options,
        TextSearch.Patience)]
    private static partial Regex ReferenceBefore();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{2} ?[0-9](?![0-9A-Za-z])", Options, TextSearch.Patience)]
    private static partial Regex PensionShape();

    [GeneratedRegex(@"(?<![0-9A-Za-z])756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}(?![0-9A-Za-z])", Options, TextSearch.Patience)]
    private static partial Regex SwissShape();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9][0-9]{3} ?[0-3][0-9][01][0-9]{3}(?![0-9A-Za-z])", Options, TextSearch.Patience)]
    private static partial Regex AustrianShape();

    [GeneratedRegex(@"(sozialversicherung|versicherung|\bsv|svnr|social)[^0-9\n]{0,20}$", Options, TextSearch.Patience)]
    private static partial Regex InsuranceBefore();

    [GeneratedRegex(
        @"\b(ssn|social security( number| no\.?)?|nino|national insurance( number| no\.?)?|insee)[ :#]{1,3}(is " +
        @"|ist )?(?<number>[A-Z]{0,2} ?[0-9]{2,4}([ -]?[0-9]{2,4}){2,4}( ?[A-D])?)(?![0-9A-Za-z])",
        Options,
        TextSearch.Patience)]
    private static partial Regex NamedInsurance();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z-])([0-9]{3}-[0-9]{2}-[0-9]{4}" +
        @"|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D])(?![0-9A-Za-z-])",
        Options,
        TextSearch.Patience)]
    private static partial Regex BritishOrAmericanInsurance();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK" +
        @"|XI) ?[0-9A-Z]{0,2}[0-9]{2,4}([ .]?[0-9]{2,4}){1,4}[A-Z]{0,2}(?![0-9A-Za-z])",
        Options,
        TextSearch.Patience)]
    private static partial Regex VatShape();

    [GeneratedRegex(@"\b(ust|u-?st|umsatzsteuer|mehrwertsteuer|mwst|vat|tva|btw|p?iva)[^0-9\n]{0,24}$", Options, TextSearch.Patience)]
    private static partial Regex VatBefore();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(ATU ?[0-9]{8}|CHE[- ]?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}( ?(MWST|TVA" +
        @"|IVA))?)(?![0-9A-Za-z])", Options, TextSearch.Patience)]
    private static partial Regex AustrianOrSwissVat();

    [GeneratedRegex(
        @"\b(kennzeichen|nummernschild|amtliche[sn]? kennzeichen|kfz-?(kennzeichen)?|number ?plate|licen[cs]e ?plate|plate" +
        @"|registration( number)?)" +
        @"[ :]{1,3}(lautet |ist |is )?(?<plate>\p{L}{1,3}[ -]?[A-Z]{1,3}[ -]?[0-9]{1,4}[EH]?|[A-Z]{2}[0-9]{2} ?[A-Z]{3})(?![0-9A-Za-z])",
        Options,
        TextSearch.Patience)]
    private static partial Regex PlateAfterItsName();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?(?![0-9A-Za-z-])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TextSearch.Patience)]
    private static partial Regex GermanPlate();

    private const string Months =
        @"jan(uar|uary)?|jänner|feb(ruar|ruary)?|mär(z)?|mar(ch)?|apr(il)?|mai|may|jun[ie]?|jul[iy]?|aug(ust)?|sep(t|tember)?" +
        @"|o[kc]t(ober)?|nov(ember)?|de[zc](ember)?";

    private const string Date =
        @"(?<date>[0-3]?[0-9] ?[./-] ?[0-1]?[0-9] ?[./-] ?(?<year>(19|20)?[0-9]{2})(?![0-9])|[0-1]?[0-9]/[0-3]?[0-9]/(?<year>(19" +
        @"|20)?[0-9]{2})(?![0-9])" +
        @"|(?<year>(19|20)[0-9]{2})-[0-1][0-9]-[0-3][0-9](?![0-9])" +
        @"|[0-3]?[0-9](\.|st|nd|rd|th)? (of )?(" + Months + @")\.?,? (?<year>(19|20)?[0-9]{2})(?![0-9])" +
        @"|(" + Months + @")\.? [0-3]?[0-9](st|nd|rd|th)?,? (?<year>(19|20)[0-9]{2})(?![0-9]))";

    [GeneratedRegex(
        @"(\b(geboren|geb\.?|geburtsdatum|geburtstag|geb-?dat(um)?\.?|dob|d\.o\.b\.?|date of birth|birth ?date|birth ?day|born|né" +
        @"|née|nacido|nacida|nato|nata)|\*)" +
        @"( (am|on|ist|is|der|den|lautet|le|el|il|the|was|war|in))*[ :=(,]{0,4}" + Date,
        Options,
        TextSearch.Patience)]
    private static partial Regex BirthBefore();

    [GeneratedRegex(
        @"(?<![0-9])" + Date + @",? ?\(?(geboren|geburtsdatum|geb\.|date of birth|dob|birth date)\b",
        Options,
        TextSearch.Patience)]
    private static partial Regex BirthAfter();
}
