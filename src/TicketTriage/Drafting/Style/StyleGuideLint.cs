using System.Text.RegularExpressions;
using TicketTriage.Policies;

namespace TicketTriage.Drafting.Style;

/// <summary>Finds what is wrong with a style guide before it is used.</summary>
public static partial class StyleGuideLint
{
    /// <summary>Stands in the reply to somebody angry for one sentence on the concern, which a model may formulate.</summary>
    public const string Concern = "{concern}";

    /// <summary>What <see cref="ForbiddenPromise.Kinds"/> may name.</summary>
    public static IReadOnlyList<string> PromiseKinds => Promises.KindNames;

    /// <returns>Each fault with its place, in one sentence; empty where there is none.</returns>
    public static IReadOnlyList<string> FindFaults(StyleGuide guide)
    {
        var faults = new List<string>();
        foreach (var language in TaxonomyLint.Languages.Where(language => !guide.Languages.ContainsKey(language)))
        {
            faults.Add($"The language {language} is missing: every style guide has German and English.");
        }

        if (guide.MostWords is < 20 or > 1_000)
        {
            faults.Add($"mostWords is {guide.MostWords}: it must lie between 20 and 1000.");
        }

        foreach (var (language, style) in guide.Languages)
        {
            AddFaultsOf(language, style, guide, faults);
        }

        AddDoubles(faults, "forbidden promise", guide.ForbiddenPromises.Select(promise => promise.Name));
        foreach (var promise in guide.ForbiddenPromises)
        {
            var place = $"Forbidden promise {promise.Name}";
            AddFaultyPatterns(faults, place, promise.Intents);
            if (promise.Phrases.Count + promise.Kinds.Count == 0 || promise.Phrases.Any(string.IsNullOrWhiteSpace))
            {
                faults.Add($"{place} needs phrases or kinds, none of them empty.");
            }

            faults.AddRange(promise.Kinds.Except(PromiseKinds).Select(kind =>
                $"{place} names the kind {kind}; known are {string.Join(", ", PromiseKinds)}."));
        }

        AddDoubles(faults, "snippet", guide.Snippets.Select(snippet => snippet.Name));
        foreach (var snippet in guide.Snippets)
        {
            AddFaultyPatterns(faults, $"Snippet {snippet.Name}", snippet.Intents);
            if (snippet.Text.Count == 0 || snippet.Text.Values.Any(string.IsNullOrWhiteSpace))
            {
                faults.Add($"Snippet {snippet.Name} needs a text in one language at least, and none that is empty.");
            }
        }

        AddDoubles(faults, "glossary term", guide.Glossary.Select(term => term.Term));
        faults.AddRange(guide.Glossary.Where(term => string.IsNullOrWhiteSpace(term.Term) || term.Not.Any(string.IsNullOrWhiteSpace))
            .Select(term => $"Glossary term \"{term.Term}\" is empty, or has an empty translation."));
        return faults;
    }

    private static void AddFaultsOf(string language, LanguageStyle style, StyleGuide guide, List<string> faults)
    {
        var place = $"Language {language}";
        if (language.Length != 2)
        {
            faults.Add($"{place} is no language: two letters such as de are expected.");
        }

        foreach (var (name, text, placeholders) in ((string, string, string[])[])
            [
                ("greeting", style.Greeting, [TaxonomyLint.RequesterName]),
                ("closing", style.Closing, []),
                ("upset", style.Upset, [Concern, TaxonomyLint.AskMissing]),
                ("person", style.Person, [TaxonomyLint.AskMissing]),
            ])
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                faults.Add($"{place}, {name}: it is empty.");
            }

            faults.AddRange(Placeholder().Matches(text).Select(match => match.Value).Except(placeholders)
                .Select(unknown => $"{place}, {name}: {unknown} can't stand here."));

            // What a guide asks of others, its own texts keep.
            faults.AddRange(StyleCheck.FindWrongAddress(text, language, guide).Select(word =>
                $"{place}, {name}: \"{word}\" is not the form of address that the guide asks for."));
            faults.AddRange(guide.ForbiddenPromises.Where(promise => promise.Intents.Count == 0)
                .SelectMany(promise => StyleCheck.FindPromise(text, promise) is { } wording
                    ? (string[])[$"{place}, {name}: \"{wording}\" is a forbidden promise ({promise.Name})."]
                    : []));
        }
    }

    private static void AddDoubles(List<string> faults, string what, IEnumerable<string> names) =>
        faults.AddRange(names.CountBy(name => name).Where(name => name.Value > 1)
            .Select(name => $"There are {name.Value} of {what} {name.Key}."));

    private static void AddFaultyPatterns(List<string> faults, string place, IReadOnlyList<string> patterns) =>
        faults.AddRange(patterns.Where(pattern => !IntentPattern.IsWellFormed(pattern))
            .Select(pattern => $"{place} names the intent {pattern}: billing/refund or billing/* is expected."));

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
