using System.Buffers;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>
/// Finds postal addresses as Germany, Austria, Switzerland, Britain, America and their neighbours write them: a house number is
/// looked for, then a street beside it, then postcode and place behind.
/// </summary>
internal sealed partial class AddressSpans
{
    private const int MostWordsOfStreet = 5;
    private const int LongestHouseNumber = 6;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" ,;\n\r./|–-\u00A0");

    private readonly WordsOfText words;

    private AddressSpans(WordsOfText words) => this.words = words;

    public static IEnumerable<PersonalSpan> Find(WordsOfText words)
    {
        var finder = new AddressSpans(words);
        var readTo = 0;
        for (var at = 0; at < words.Count; at++)
        {
            if (at < readTo || finder.AddressAt(at) is not { } found)
            {
                continue;
            }

            readTo = found.LastWord + 1;
            yield return new PersonalSpan(words[found.FirstWord].Start, finder.EndOf(found.LastWord), PersonalTypes.Address);
        }

        foreach (Match match in Box().Matches(words.Text).Concat(TownAndZip().Matches(words.Text)))
        {
            yield return new PersonalSpan(match.Index, match.Index + match.Length, PersonalTypes.Address);
        }
    }

    private (int FirstWord, int LastWord)? AddressAt(int number)
    {
        if (!words[number].IsNumber || words[number].Length > LongestHouseNumber || !IsHouseNumber(words[number].Folded))
        {
            return null;
        }

        return StreetBefore(number) ?? StreetAfter(number);
    }

    private (int FirstWord, int LastWord)? StreetBefore(int number)
    {
        if (number == 0 || words.Before(number) is not (" " or ". " or "." or ", " or "\u00A0"))
        {
            return null;
        }

        var (first, certainty) = BeginOfStreet(number - 1);
        if (first < 0 || (words.Before(number) is ", " && certainty < Certainty.Likely))
        {
            return null;
        }

        var last = EndOfHouse(number);
        if (EndOfTown(last, mayBeYear: certainty >= Certainty.Likely) is { } place)
        {
            return (first, place);
        }

        var isAddress = certainty switch
        {
            Certainty.Certain => true,
            Certainty.Likely => IsAnnounced(first) || (words.EndsClause(last) && words[number].Length < 4),
            _ => certainty == Certainty.Possible && IsAnnounced(first) && (words.EndsClause(last) || words.Is(last + 1, "in")),
        };
        return isAddress ? (first, last) : null;
    }

    /// <param name="last">The word before the house number.</param>
    private (int First, Certainty Certainty) BeginOfStreet(int last)
    {
        if (words[last].IsNumber || AddressWords.Articles.Contains(words[last].Folded))
        {
            return (-1, Certainty.None);
        }

        var certainty = CertaintyOf(words[last].Folded);
        if (BeginOfDescription(last, isStreet: certainty >= Certainty.Likely && !IsBare(last)) is { } described)
        {
            return (described, AddressWords.RomanceBeginnings.Contains(words[described].Folded) ? Certainty.Likely : Certainty.Possible);
        }

        if (certainty == Certainty.None)
        {
            return (words.IsCaseless || words[last].IsCapital) && !AddressWords.Counted.Contains(words[last].Folded)
                ? (FirstCapital(last), Certainty.Possible)
                : (-1, Certainty.None);
        }

        // "Straße" alone needs what it is called: Berliner Straße.
        if (IsBare(last))
        {
            var called = last - 1;
            return called >= 0 && words.IsNextTo(called) && !words[called].IsNumber && (words.IsCaseless || words[called].IsCapital)
                ? (FirstCapital(last), certainty)
                : (-1, Certainty.None);
        }

        var hasAdjective = last > 0 && words.IsNextTo(last - 1) && AddressWords.Adjectives.Contains(words[last - 1].Folded);
        return (hasAdjective ? last - 1 : last, certainty);
    }

    private bool IsBare(int word) =>
        AddressWords.StreetEndings.Contains(words[word].Folded) || AddressWords.LikelyEndings.Contains(words[word].Folded)
        || AddressWords.PossibleEndings.Contains(words[word].Folded);

    private static Certainty CertaintyOf(string word)
    {
        if (AddressWords.StreetEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)))
        {
            return Certainty.Certain;
        }

        if (AddressWords.LikelyEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)))
        {
            return Certainty.Likely;
        }

        return AddressWords.PossibleEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal))
            ? Certainty.Possible
            : Certainty.None;
    }

    /// <summary>An der Mühle, Unter den Linden, Straße des 17. Juni, Via Roma: streets that are called by more than a name.</summary>
    private int? BeginOfDescription(int last, bool isStreet)
    {
        for (var at = last - 1; at >= 0 && last - at < MostWordsOfStreet && words.IsNextTo(at); at--)
        {
            var word = words[at].Folded;
            // "wohne in der Lindenstraße" is no street's name.
            var isBeginning = !isStreet && AddressWords.Beginnings.Contains(word) && !IsAfterNamedStreet(at);
            var isNamed = at + 1 < last
                && (CertaintyOf(word) > Certainty.None || AddressWords.RomanceBeginnings.Contains(word))
                && (AddressWords.Articles.Contains(words[at + 1].Folded) || AddressWords.Beginnings.Contains(words[at + 1].Folded));
            if (isBeginning || isNamed || AddressWords.RomanceBeginnings.Contains(word))
            {
                return at;
            }
        }

        return null;
    }

    // "Platz an der Oper": the preposition is not the beginning.
    private bool IsAfterNamedStreet(int at) =>
        at > 0 && words.IsNextTo(at - 1) && CertaintyOf(words[at - 1].Folded) > Certainty.None;

    private int FirstCapital(int last)
    {
        var first = last;
        while (first > 0 && last - first < 2 && words.IsNextTo(first - 1) && !words[first - 1].IsNumber && !words.IsCaseless
            && words[first - 1].IsCapital && words.After(first - 1) is " ")
        {
            first--;
        }

        var isCalled = words.IsCaseless && last > 0 && words.IsNextTo(last - 1) && CertaintyOf(words[last].Folded) > Certainty.None;
        return isCalled ? last - 1 : first;
    }

    /// <summary>The last word of 12, 12b, 12 b, 12-14, 12/3/5, 12 HH, 12, 2. Stock.</summary>
    private int EndOfHouse(int number)
    {
        var last = number;
        for (var step = 0; step < 4 && last + 1 < words.Count; step++)
        {
            var next = words[last + 1];
            var isRange = words.After(last) is "-" or "/" or " - " or "–" or " / " && next is { IsNumber: true, Length: <= 4 };
            var isSuffix = words.After(last) is " " && !next.IsNumber
                && (next.Folded is "hh" or "vh" or "gh" or "rgb" or "sf"
                    || (next.Length == 1 && next.Folded is not "i" && words.EndsClause(last + 1)));
            var isRoom = words.After(last) is " " or ", " or " / " or "\n"
                && (AddressWords.Rooms.Contains(next.Folded) || IsFloor(last + 1));
            if (!isRange && !isSuffix && !isRoom)
            {
                break;
            }

            last += isRoom && last + 2 < words.Count && words.IsNextTo(last + 1) ? 2 : 1;
        }

        return last;
    }

    private bool IsFloor(int number) =>
        words[number] is { IsNumber: true, Length: <= 2 } && number + 1 < words.Count && words.After(number) is ". " or " " or "."
        && AddressWords.Rooms.Contains(words[number + 1].Folded);

    /// <summary>The last word of a place with its postcode that follows, such as <c>, 60311 Frankfurt am Main</c>.</summary>
    private int? EndOfTown(int house, bool mayBeYear)
    {
        var code = house + 1;
        if (code >= words.Count || !IsSeparator(words.After(house)))
        {
            return null;
        }

        // D-80331, CH-8001
        if (words[code] is { IsNumber: false, Length: <= 2 } && code + 1 < words.Count && words.After(code) is "-" or " ")
        {
            code++;
        }

        return EndOfPostcode(code, mayBeYear) is { } end && CityAfter(end) is { } city ? EndOfCity(city) : null;
    }

    /// <summary>The last word of 80331, 8001, 1015 CX, 00-238.</summary>
    private int? EndOfPostcode(int code, bool mayBeYear)
    {
        var digits = words[code].Folded;
        if (!IsOfDigits(code) || code + 1 >= words.Count)
        {
            return null;
        }

        var next = words[code + 1];
        if (digits.Length == 2)
        {
            return words.After(code) is "-" && next is { IsNumber: true, Length: 3 } ? code + 1 : null;
        }

        var isYear = digits.Length == 4 && digits[..2] is "19" or "20";
        if (digits.Length is not (4 or 5) || (isYear && !mayBeYear))
        {
            return null;
        }

        var isDutch = digits.Length == 4 && words.After(code) is " " && next is { IsNumber: false, IsCapital: true, Length: 2 }
            && char.IsUpper(words.Text[next.End - 1]);
        return isDutch ? code + 1 : code;
    }

    private int? CityAfter(int code)
    {
        var city = code + 1;
        return city < words.Count && words.After(code) is " " or "\u00A0" or "-" or "  "
            && !words[city].IsNumber && (words.IsCaseless || words[city].IsCapital) ? city : null;
    }

    private int EndOfCity(int city)
    {
        var last = city;
        if (AddressWords.CityPrefixes.Contains(words[city].Folded) && Continues(city))
        {
            last = city + 1;
        }

        if (last + 1 < words.Count && words.After(last) is " " && AddressWords.CityJoiners.Contains(words[last + 1].Folded))
        {
            var next = last + 2;
            if (next < words.Count && words.IsNextTo(last + 1) && AddressWords.Articles.Contains(words[next].Folded))
            {
                next++;
            }

            if (next < words.Count && words.IsNextTo(next - 1) && (words.IsCaseless ? words.EndsClause(next) : words[next].IsCapital))
            {
                last = next;
            }
        }
        else if (last + 1 < words.Count && words.After(last) is " (" && words.After(last + 1).StartsWith(")"))
        {
            last++;
        }

        return last;
    }

    private bool Continues(int word) =>
        word + 1 < words.Count && words.IsNextTo(word) && !words[word + 1].IsNumber && (words.IsCaseless || words[word + 1].IsCapital);

    private (int FirstWord, int LastWord)? StreetAfter(int number)
    {
        for (var at = number + 1; at < words.Count && at - number <= MostWordsOfStreet; at++)
        {
            if (words.After(at - 1) is not (" " or ", " or "\u00A0" or ". ") || words[at].IsNumber
                || (at > number + 1 && words.After(at - 1) is ", ")
                || !(words.IsCaseless || words[at].IsCapital || AddressWords.RomanceBeginnings.Contains(words[number + 1].Folded)))
            {
                return null;
            }

            var isEnglish = at > number + 1 && AddressWords.EnglishEndings.Contains(words[at].Folded) && !MayBeLonger(at);
            var isRomance = at > number + 1 && AddressWords.RomanceBeginnings.Contains(words[number + 1].Folded) && words.EndsClause(at);
            if (!isEnglish && !isRomance)
            {
                continue;
            }

            var house = EndOfHouse(at);
            var place = EndOfTown(house, mayBeYear: false) ?? EndOfEnglishPlace(house);
            var isKnown = place is not null || house > at || isRomance || IsAnnounced(number)
                || (!words.IsCaseless && AddressWords.CertainEnglishEndings.Contains(words[at].Folded));
            return isKnown ? (number, place ?? house) : null;
        }

        return null;
    }

    // 12 Park Hill Road: the road is the end, not the hill.
    private bool MayBeLonger(int at) =>
        at + 1 < words.Count && words.After(at) is " " && AddressWords.CertainEnglishEndings.Contains(words[at + 1].Folded);

    /// <summary>London SW1A 1AA; Springfield, IL 62704; Springfield, Illinois.</summary>
    private int? EndOfEnglishPlace(int house)
    {
        for (var at = house + 1; at < words.Count && at - house <= 6 && IsSeparator(words.After(at - 1)); at++)
        {
            var isZip = words[at] is { IsNumber: true, Length: 5 } && IsOfDigits(at) && at > house + 1;
            var isBritish = BritishOutward().IsMatch(words[at].Folded) && at + 1 < words.Count && words.After(at) is " "
                && BritishInward().IsMatch(words[at + 1].Folded);
            if (isZip)
            {
                return at + 1 < words.Count && words.After(at) is "-" && words[at + 1] is { IsNumber: true, Length: 4 } ? at + 1 : at;
            }

            if (isBritish)
            {
                return at + 1;
            }

            if (words[at].IsNumber || !(words[at].IsCapital || words.IsCaseless))
            {
                return null;
            }
        }

        return null;
    }

    private bool IsAnnounced(int first)
    {
        for (var at = first - 1; at >= 0 && first - at <= 4; at--)
        {
            if (AddressWords.Announcements.Contains(words[at].Folded))
            {
                return true;
            }
        }

        return false;
    }

    // A letter behind the number belongs to the house; so does a full stop behind a short word such as Bldg.
    private int EndOf(int word) => words[word].End < words.Text.Length && words.Text[words[word].End] == ')'
        && words.Before(word).EndsWith("(") ? words[word].End + 1 : words[word].End;

    private static bool IsSeparator(ReadOnlySpan<char> gap) => gap.Length is > 0 and <= 4 && !gap.ContainsAnyExcept(Separators);

    private bool IsOfDigits(int word) => words[word].Folded.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsHouseNumber(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return word[0] != '0' && (digits < 0 ? word.Length <= 5 : word.Length - digits == 1 && digits <= 4);
    }

    private enum Certainty
    {
        None,
        Possible,
        Likely,
        Certain,
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("^[a-z]{1,2}[0-9][0-9a-z]?$", Options, TextSearch.Patience)]
    private static partial Regex BritishOutward();

    [GeneratedRegex("^[0-9][a-z]{2}$", Options, TextSearch.Patience)]
    private static partial Regex BritishInward();

    [GeneratedRegex(
        @"\b(postfach|p\.? ?o\.? ?box|postbus" +
        @"|apartado) [0-9]{1,3}( ?[0-9]{1,3}){0,2}([, \n]{1,3}[0-9]{4,5} \p{L}[\p{L}-]{1,40})?(?![0-9])", Options, TextSearch.Patience)]
    private static partial Regex Box();

    [GeneratedRegex(
        @"\b\p{Lu}[\p{L}'-]{1,30}( \p{Lu}[\p{L}'-]{1,30}){0,2}, (A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]" +
        @"|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) [0-9]{5}(-[0-9]{4})?(?![0-9])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TextSearch.Patience)]
    private static partial Regex TownAndZip();
}
