using System.Reflection;
using TicketTriage.Tickets;

namespace TicketTriage.Reading;

/// <summary>Tells which language a text is written in: fifteen of Europe's by their words, those of other scripts by their letters.</summary>
public static class LanguageFinder
{
    private const int MostWords = 120;

    // Words of one text are not independent, so the sum of their logarithms says too much; measured on short German and English texts.
    private const double Temperature = 2.0;

    private const double AlmostAll = 0.8;
    private const double Mixed = 0.55;

    private static readonly LanguageProfile[] Profiles = [.. Read()];

    /// <summary>ISO 639-1 codes of the languages that are recognised by their words.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Profiles.Select(profile => profile.Language)];

    /// <summary>Below this the finding is a guess, and another's finding may replace it.</summary>
    public const double Unsure = 0.6;

    /// <param name="text">Any text; only its first 120 words are looked at.</param>
    /// <param name="among">ISO 639-1: the only languages that come into question; <see langword="null"/> or empty for all.</param>
    /// <returns>The language, or <see cref="Finding.Unclear"/> where the text has no word to go by.</returns>
    public static Finding Find(string text, IReadOnlyCollection<string>? among = null)
    {
        var words = Words(text).Take(MostWords).ToList();
        var profiles = among is { Count: > 0 } ? [.. Profiles.Where(profile => among.Contains(profile.Language))] : Profiles;
        if (words.Count == 0 || profiles.Length == 0)
        {
            return Finding.Nothing("There is no word to tell the language by.");
        }

        var foreign = words.Where(word => !IsLatin(word)).ToList();
        if (foreign.Count * 2 > words.Count)
        {
            return FindByLetters(foreign, (double)foreign.Count / words.Count, among);
        }

        var scores = profiles.Select(profile => words.Sum(profile.LogLikelihood) / Temperature).ToArray();
        var best = Array.IndexOf(scores, scores.Max());
        var chance = 1 / scores.Sum(score => Math.Exp(score - scores[best]));
        var known = words.Count(profiles[best].Lists);

        return new Finding(
            profiles[best].Language,
            Math.Min(chance, Ceiling(known, words.Count)),
            [$"{known} of {words.Count} words are frequent ones of this language."]);
    }

    private static Finding FindByLetters(List<string> words, double share, IReadOnlyCollection<string>? among)
    {
        if (Scripts.Tell(words) is not { } told || (among is { Count: > 0 } && !among.Contains(told.Language)))
        {
            return Finding.Nothing("The text is not in Latin script.");
        }

        // Beside words of another script it may be what somebody quotes.
        var chance = share >= AlmostAll ? told.Chance : Math.Min(told.Chance, Mixed);
        return new Finding(told.Language, chance, ["It is told by its letters."]);
    }

    // A text in a language that isn't among these is nearest to one of them, but knows few of its everyday words.
    private static double Ceiling(int known, int words) => ((double)known / words) switch
    {
        0 => words < 3 ? 0.5 : 0.4,
        < 0.2 when words >= 4 => 0.55,
        _ => 0.999,
    };

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isInside = at < text.Length && (char.IsLetter(text[at]) || (start >= 0 && text[at] is '\'' or '’' or '-'));
            if (isInside && start < 0)
            {
                start = at;
            }
            else if (!isInside && start >= 0)
            {
                if (IsWord(text, start, at))
                {
                    yield return text[start..Math.Min(at, start + 40)].TrimEnd('\'', '’', '-').Replace('’', '\'').ToLowerInvariant();
                }

                start = -1;
            }
        }
    }

    // Parts of addresses, file names and codes (x@y.de, report.pdf, AB12) say nothing about the language around them.
    private static bool IsWord(string text, int start, int end)
    {
        var before = start > 0 ? text[start - 1] : ' ';
        var after = end < text.Length ? text[end] : ' ';
        var isEndOfSentence = after == '.' && (end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1]));
        return !char.IsDigit(before) && !char.IsDigit(after) && before is not ('@' or '/' or '_' or '.' or '\\')
            && after is not ('@' or '/' or '_' or '\\') && (after != '.' || isEndOfSentence);
    }

    private static bool IsLatin(string word) => word.All(letter => letter < '\u0250' || letter is >= '\u1E00' and < '\u1F00');

    private static IEnumerable<LanguageProfile> Read()
    {
        var home = Assembly.GetExecutingAssembly();
        foreach (var language in (string[])["cs", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "pl", "pt", "ro", "sv", "tr"])
        {
            using var stream = home.GetManifestResourceStream($"languages/{language}")
                ?? throw new InvalidOperationException($"The words of the language {language} are missing from the program.");
            using var reader = new StreamReader(stream);
            var words = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            yield return new LanguageProfile(language, words);
        }
    }
}
