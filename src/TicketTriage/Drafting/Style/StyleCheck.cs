using System.Text.RegularExpressions;

namespace TicketTriage.Drafting.Style;

/// <summary>Holds a text against the style guide, after it was written: whoever wrote it.</summary>
public static partial class StyleCheck
{
    /// <returns>Words of the other form of address, as they stand in the text; empty where the guide asks for none.</returns>
    public static IReadOnlyList<string> FindWrongAddress(string text, string language, StyleGuide guide)
    {
        var wanted = guide.Languages.TryGetValue(language, out var style) ? style.Address : FormOfAddress.Any;
        return (language, wanted) switch
        {
            ("de", FormOfAddress.Formal) => Words(Informal(), text),
            ("de", FormOfAddress.Informal) => Words(Formal(), text),
            _ => [],
        };
    }

    /// <returns>The words by which a text gives a forbidden promise; <see langword="null"/> where it gives none.</returns>
    public static string? FindPromise(string text, ForbiddenPromise promise)
    {
        var phrase = promise.Phrases.FirstOrDefault(phrase => FindWhole(text, phrase) >= 0);
        return phrase ?? Promises.In(text).FirstOrDefault(fact => promise.Kinds.Contains(fact.Value))?.Wording;
    }

    /// <returns>The first promise that the guide forbids in answers of this intent, and the words by which a text gives it.</returns>
    public static (ForbiddenPromise Promise, string Wording)? FindForbidden(string text, StyleGuide guide, string intent)
    {
        foreach (var promise in guide.ForbiddenFor(intent))
        {
            if (FindPromise(text, promise) is { } wording)
            {
                return (promise, wording);
            }
        }

        return null;
    }

    /// <returns>The text with each glossary term as it is written, and the terms that had been translated.</returns>
    public static (string Text, IReadOnlyList<string> PutBack) RestoreTerms(string text, StyleGuide guide)
    {
        var putBack = new List<string>();
        foreach (var term in guide.Glossary)
        {
            foreach (var translation in term.Not)
            {
                for (var at = FindWhole(text, translation); at >= 0; at = FindWhole(text, translation, at + term.Term.Length))
                {
                    text = string.Concat(text.AsSpan(0, at), term.Term, text.AsSpan(at + translation.Length));
                    putBack.Add(term.Term);
                }
            }
        }

        return (text, [.. putBack.Distinct()]);
    }

    /// <summary>How many words a text has.</summary>
    public static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    // A phrase within a word is another word: "gratis" does not stand in "gratification".
    private static int FindWhole(string text, string phrase, int from = 0)
    {
        for (var at = Next(from); at >= 0; at = Next(at + 1))
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return -1;

        int Next(int start) => start >= text.Length ? -1 : text.IndexOf(phrase, start, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Words(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Value).Distinct()];

    [GeneratedRegex(@"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eue?r(?:e[mnrs]?)?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Informal();

    // "Sie" at the beginning of a sentence may be she or they; within it, written large, it is the reader.
    [GeneratedRegex(@"(?<=[\p{L}\d,;)] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Formal();
}
