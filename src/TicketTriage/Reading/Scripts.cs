using System.Buffers;

namespace TicketTriage.Reading;

/// <summary>Tells a language by the letters that it is written in, where those are not Latin.</summary>
internal static class Scripts
{
    private const double Sure = 0.95;
    private const double Likely = 0.8;

    /// <summary>Many languages are written so, and nothing in the text tells which one of them it is.</summary>
    private const double Guess = 0.5;

    private static readonly SearchValues<char> OnlyUkrainian = SearchValues.Create("іїєґІЇЄҐ");
    private static readonly SearchValues<char> OnlySerbian = SearchValues.Create("ђјљњћџЂЈЉЊЋЏ");
    private static readonly SearchValues<char> OnlyRussian = SearchValues.Create("ыэёЫЭЁ");
    private static readonly SearchValues<char> HardSign = SearchValues.Create("ъЪ");

    /// <returns>ISO 639-1 and the chance; <see langword="null"/> for letters that nobody listed here.</returns>
    public static (string Language, double Chance)? Tell(IReadOnlyList<string> words)
    {
        var letters = string.Concat(words);
        var script = letters.Select(ScriptOf).Where(found => found != Script.Other).CountBy(found => found)
            .OrderByDescending(found => found.Value).Select(found => found.Key).FirstOrDefault();

        // Japanese is mostly Han, and Han alone is Chinese.
        return script switch
        {
            Script.Cyrillic => TellCyrillic(letters),
            Script.Greek => ("el", Sure),
            Script.Hebrew => ("he", Likely),
            Script.Arabic => ("ar", Likely),
            Script.Devanagari => ("hi", Likely),
            Script.Bengali => ("bn", Likely),
            Script.Thai => ("th", Sure),
            Script.Hangul => ("ko", Sure),
            Script.Kana => ("ja", Sure),
            Script.Han => letters.Any(letter => ScriptOf(letter) == Script.Kana) ? ("ja", Sure) : ("zh", Likely),
            _ => null,
        };
    }

    private static (string Language, double Chance) TellCyrillic(string letters)
    {
        if (letters.AsSpan().ContainsAny(OnlyUkrainian))
        {
            return ("uk", Sure);
        }

        if (letters.AsSpan().ContainsAny(OnlySerbian))
        {
            return ("sr", Sure);
        }

        // Bulgarian has the hard sign within most longer words; Russian hardly has it.
        return letters.AsSpan().ContainsAny(OnlyRussian) ? ("ru", Sure)
            : letters.AsSpan().ContainsAny(HardSign) ? ("bg", Likely)
            : ("ru", Guess);
    }

    private static Script ScriptOf(char letter) => letter switch
    {
        >= '\u0370' and < '\u0400' or >= '\u1F00' and < '\u2000' => Script.Greek,
        >= '\u0400' and < '\u0530' => Script.Cyrillic,
        >= '\u0590' and < '\u0600' => Script.Hebrew,
        >= '\u0600' and < '\u0780' or >= '\uFB50' and < '\uFE00' or >= '\uFE70' and < '\uFF00' => Script.Arabic,
        >= '\u0900' and < '\u0980' => Script.Devanagari,
        >= '\u0980' and < '\u0A00' => Script.Bengali,
        >= '\u0E00' and < '\u0E80' => Script.Thai,
        >= '\u1100' and < '\u1200' or >= '\uAC00' and < '\uD7B0' => Script.Hangul,
        >= '\u3040' and < '\u3100' => Script.Kana,
        >= '\u3400' and < '\uA000' => Script.Han,
        _ => Script.Other,
    };

    private enum Script
    {
        Other = 0,
        Cyrillic,
        Greek,
        Hebrew,
        Arabic,
        Devanagari,
        Bengali,
        Thai,
        Hangul,
        Kana,
        Han,
    }
}
