namespace TicketTriage.Drafting;

/// <summary>Numbers written as words, in German and English, up to 99,999.</summary>
internal static class NumberWords
{
    private const string EnglishOnes = "one|two|three|four|five|six|seven|eight|nine";

    private const string EnglishSmall =
        "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:" + EnglishOnes + "))?"
        + "|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|" + EnglishOnes + ")";

    private const string GermanOnes = "ein|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun";

    private const string GermanSmall =
        "(?:(?:(?:" + GermanOnes + ")und)?(?:zwanzig|dreißig|dreissig|vierzig|fünfzig|fuenfzig|sechzig|siebzig|achtzig|neunzig)"
        + "|zehn|elf|zwölf|zwoelf|(?:drei|vier|fünf|fuenf|sech|sieb|acht|neun)zehn|" + GermanOnes + ")";

    /// <summary>Matches a number in words, "one" and "ein" among them.</summary>
    public const string Pattern =
        "(?:(?:(?:a|" + EnglishSmall + ")[ -])?(?:hundred|thousand|dozen)(?:[ -](?:and )?" + EnglishSmall + ")?|" + EnglishSmall
        + "|(?:" + GermanSmall + ")?(?:hundert|tausend)(?:und)?" + GermanSmall + "?"
        + "|(?:" + GermanSmall + @"\s)?dutzend|" + GermanSmall + ")";

    /// <summary>Matches the words of one thing: a, an, ein, eine, eines.</summary>
    public const string One = "(?:an?|one|another|eins?|eine[mnrs]?)";

    /// <summary>Matches what stands in a row, from the second on. German "achte" is left out, which is a verb as well.</summary>
    public const string Ordinal =
        "(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|(?:zweit|dritt|viert|fünft|sechst|siebt|neunt|zehnt)e[mnrs]?)";

    private static readonly Dictionary<string, int> Values = new(StringComparer.Ordinal)
    {
        ["a"] = 1, ["an"] = 1, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50,
        ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90, ["another"] = 1,
        ["ein"] = 1, ["eins"] = 1, ["eine"] = 1, ["einem"] = 1, ["einen"] = 1, ["einer"] = 1, ["eines"] = 1, ["zwei"] = 2, ["zwo"] = 2,
        ["drei"] = 3, ["vier"] = 4, ["fünf"] = 5, ["fuenf"] = 5, ["sechs"] = 6, ["sieben"] = 7, ["acht"] = 8, ["neun"] = 9, ["zehn"] = 10,
        ["elf"] = 11, ["zwölf"] = 12, ["zwoelf"] = 12, ["sechzehn"] = 16, ["siebzehn"] = 17, ["zwanzig"] = 20, ["dreißig"] = 30,
        ["dreissig"] = 30, ["vierzig"] = 40, ["fünfzig"] = 50, ["fuenfzig"] = 50, ["sechzig"] = 60, ["siebzig"] = 70, ["achtzig"] = 80,
        ["neunzig"] = 90, ["and"] = 0, ["und"] = 0,
    };

    private static readonly Dictionary<string, int> Multipliers = new(StringComparer.Ordinal)
    {
        ["hundred"] = 100, ["hundert"] = 100, ["thousand"] = 1_000, ["tausend"] = 1_000, ["dozen"] = 12, ["dutzend"] = 12,
    };

    private static readonly Dictionary<string, int> Ordinals = new(StringComparer.Ordinal)
    {
        ["second"] = 2, ["third"] = 3, ["fourth"] = 4, ["fifth"] = 5, ["sixth"] = 6, ["seventh"] = 7, ["eighth"] = 8, ["ninth"] = 9,
        ["tenth"] = 10, ["zweite"] = 2, ["dritte"] = 3, ["vierte"] = 4, ["fünfte"] = 5, ["sechste"] = 6, ["siebte"] = 7, ["neunte"] = 9,
        ["zehnte"] = 10,
    };

    private static readonly int LongestWord = Values.Keys.Concat(Multipliers.Keys).Max(word => word.Length);

    /// <returns><see langword="null"/> for a text that is no number.</returns>
    public static int? Read(string text)
    {
        // German writes its numbers in one word and English in several: read as one word, both are a row of known ones.
        var row = string.Concat(text.ToLowerInvariant().Where(char.IsLetter));
        var (sum, part) = (0, 0);
        for (var at = 0; at < row.Length;)
        {
            var length = Math.Min(LongestWord, row.Length - at);
            while (length > 0 && !Values.ContainsKey(row[at..(at + length)]) && !Multipliers.ContainsKey(row[at..(at + length)]))
            {
                length--;
            }

            if (length == 0)
            {
                return null;
            }

            var word = row[at..(at + length)];
            if (Multipliers.TryGetValue(word, out var times))
            {
                (sum, part) = (sum + (Math.Max(part, 1) * times), 0);
            }
            else
            {
                part += Values[word];
            }

            at += length;
        }

        return row.Length == 0 ? null : sum + part;
    }

    /// <returns>2 for "second" and "zweiten"; <see langword="null"/> for any other word.</returns>
    public static int? ReadOrdinal(string word)
    {
        var folded = word.ToLowerInvariant();
        return Ordinals.TryGetValue(folded, out var place) || Ordinals.TryGetValue(folded.TrimEnd('m', 'n', 'r', 's'), out place)
            ? place
            : null;
    }
}
