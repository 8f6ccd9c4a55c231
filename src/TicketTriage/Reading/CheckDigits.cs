namespace TicketTriage.Reading;

/// <summary>Tells numbers that carry a checksum from numbers that only look like them.</summary>
internal static class CheckDigits
{
    // ISO 13616: the length of an account number by country.
    private static readonly Dictionary<string, int> IbanLengths = new(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AE"] = 23, ["AL"] = 28, ["AT"] = 20, ["AZ"] = 28, ["BA"] = 20, ["BE"] = 16, ["BG"] = 22, ["BH"] = 22, ["BR"] = 29,
        ["CH"] = 21, ["CR"] = 22, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18, ["DO"] = 28, ["EE"] = 20, ["EG"] = 29, ["ES"] = 24,
        ["FI"] = 18, ["FO"] = 18, ["FR"] = 27, ["GB"] = 22, ["GE"] = 22, ["GI"] = 23, ["GL"] = 18, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28,
        ["IE"] = 22, ["IL"] = 23, ["IS"] = 26, ["IT"] = 27, ["JO"] = 30, ["KW"] = 30, ["KZ"] = 20, ["LB"] = 28, ["LI"] = 21, ["LT"] = 20,
        ["LU"] = 20, ["LV"] = 21, ["MC"] = 27, ["MD"] = 24, ["ME"] = 22, ["MK"] = 19, ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PK"] = 24,
        ["PL"] = 28, ["PT"] = 25, ["QA"] = 29, ["RO"] = 24, ["RS"] = 22, ["SA"] = 24, ["SE"] = 24, ["SI"] = 19, ["SK"] = 24, ["SM"] = 27,
        ["TN"] = 24, ["TR"] = 26, ["UA"] = 29, ["VA"] = 22, ["XK"] = 20,
    };

    /// <summary>Where an IBAN that begins at <paramref name="start"/> ends, single separators between its characters allowed.</summary>
    /// <returns>The exclusive end, or <see langword="null"/> where there is no valid IBAN.</returns>
    public static int? EndOfIban(string text, int start)
    {
        if (!IbanLengths.TryGetValue(text[start..Math.Min(start + 2, text.Length)].ToUpperInvariant(), out var length))
        {
            return null;
        }

        Span<char> number = stackalloc char[length];
        var count = 0;
        var at = start;
        for (; at < text.Length && count < length; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
            {
                number[count++] = char.ToUpperInvariant(text[at]);
            }
            else if (text[at] is not (' ' or '-' or '.' or '\n' or '\t' or '\u00A0' or '\u202F')
                || !char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                return null;
            }
        }

        var isWhole = count == length && (at == text.Length || !char.IsAsciiLetterOrDigit(text[at]));
        return isWhole && HasMod97(number) ? at : null;
    }

    /// <summary>True where the digits are a payment card's: an issuer's first digits, its length, and Luhn's sum.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits) => HasIssuer(digits) && HasLuhn(digits);

    /// <summary>True for the eleven digits of a German tax number for persons: the last follows from the others (ISO 7064, mod 11,10).</summary>
    public static bool IsTaxId(ReadOnlySpan<char> digits) => digits.Length == 11 && digits[0] != '0' && HasMod11And10(digits);

    /// <summary>
    /// True where the first ten digits of such a number are spread as its law asks: one of them stands two or three times. Numbers
    /// that are handed out in tests often aren't.
    /// </summary>
    public static bool IsSpreadAsTaxId(ReadOnlySpan<char> digits)
    {
        Span<int> counts = stackalloc int[10];
        foreach (var digit in digits[..10])
        {
            counts[digit - '0']++;
        }

        return counts.Count(2) + counts.Count(3) == 1 && counts.Count(0) is 1 or 2;
    }

    /// <summary>True for a German pension insurance number: area, day of birth, initial, serial number, check digit.</summary>
    /// <param name="number">Twelve characters, the letter as a capital.</param>
    public static bool IsPensionNumber(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        if (number.Length != 12 || !char.IsAsciiLetterUpper(number[8]))
        {
            return false;
        }

        // The letter counts as two digits, A as 01.
        var letter = number[8] - 'A' + 1;
        ReadOnlySpan<int> digits =
        [
            number[0] - '0', number[1] - '0', number[2] - '0', number[3] - '0', number[4] - '0', number[5] - '0',
            number[6] - '0', number[7] - '0', letter / 10, letter % 10, number[9] - '0', number[10] - '0',
        ];
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var weighed = digits[at] * weights[at];
            sum += (weighed / 10) + (weighed % 10);
        }

        return sum % 10 == number[11] - '0';
    }

    /// <summary>True for a Swiss insurance number: thirteen digits beginning with 756, the last one as in EAN-13.</summary>
    public static bool IsSwissInsuranceNumber(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            sum += (digits[at] - '0') * (at % 2 == 0 ? 1 : 3);
        }

        return digits.Length == 13 && digits.StartsWith("756") && sum % 10 == 0;
    }

    /// <summary>True for an Austrian insurance number: serial, check digit, day of birth.</summary>
    public static bool IsAustrianInsuranceNumber(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [3, 7, 9, 0, 5, 8, 4, 2, 1, 6];
        if (digits.Length != 10 || digits[0] == '0')
        {
            return false;
        }

        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            sum += (digits[at] - '0') * weights[at];
        }

        return sum % 11 == digits[3] - '0';
    }

    /// <summary>True for the nine digits of a German VAT number.</summary>
    public static bool IsGermanVatId(ReadOnlySpan<char> digits) => digits.Length == 9 && digits[0] != '0' && HasMod11And10(digits);

    private static bool HasMod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }

        return (11 - product) % 10 == digits[^1] - '0';
    }

    private static bool HasMod97(ReadOnlySpan<char> iban)
    {
        var rest = 0;
        for (var at = 0; at < iban.Length; at++)
        {
            var letter = iban[(at + 4) % iban.Length];
            rest = char.IsAsciiDigit(letter) ? ((rest * 10) + letter - '0') % 97 : ((rest * 100) + letter - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        var first = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        return digits.Length switch
        {
            13 or 19 when first is >= 4000 and < 5000 => true,
            14 => first is (>= 3000 and < 3060) or (>= 3600 and < 3700) or (>= 3800 and < 4000),
            15 => first is (>= 3400 and < 3500) or (>= 3700 and < 3800),
            16 => first is (>= 4000 and < 5600) or (>= 2221 and <= 2720) or 6011 or (>= 6440 and < 6600) or (>= 3528 and <= 3589)
                or (>= 6200 and < 6300) or (>= 5600 and < 6000) or (>= 6300 and < 6400) or (>= 6700 and < 6800),
            12 or 13 or 17 or 18 or 19 => first is (>= 5018 and <= 5038) or (>= 6200 and < 6400) or (>= 6700 and < 6800),
            _ => false,
        };
    }

    private static bool HasLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = digits[digits.Length - 1 - at] - '0';
            var weighed = at % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
