using TicketTriage.Drafting.Style;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Policies;

/// <summary>
/// Which past tickets would get a draft under other words: greeting, closing, form of address, tone, replies of the guide, snippets and
/// what may not be promised, by the ticket's language and intent. Nothing is drafted: a model would be asked for each.
/// </summary>
internal static class StyleTrial
{
    private const string English = "en";

    public static TrialFigures Run(
        IReadOnlyList<PastDecision> past, StyleGuide inForce, StyleGuide candidate, Action<int> tell, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<string, (int Tickets, int Changes)>(StringComparer.Ordinal);
        var changes = new List<TrialChange>();
        var (done, changed) = (0, 0);
        foreach (var one in past)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var language = one.Facts.Language ?? English;
            var differing = FindDiffering(Describe(inForce, language, one.Facts.Intent), Describe(candidate, language, one.Facts.Intent));
            var part = parts.GetValueOrDefault(language);
            parts[language] = (part.Tickets + 1, part.Changes + (differing is null ? 0 : 1));
            if (differing is var (before, after))
            {
                changed++;
                changes.Add(new TrialChange(one.Ticket, before, after));
            }

            tell(++done);
        }

        return new TrialFigures(
            past.Count, changed, [.. parts.Select(part => new TrialPart(part.Key, part.Value.Tickets, part.Value.Changes))], changes);
    }

    /// <returns>The first thing that differs, as it was and as it would be.</returns>
    private static (string Before, string After)? FindDiffering(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach (var (was, would) in before.Zip(after))
        {
            if (was != would)
            {
                return (was, would);
            }
        }

        return null;
    }

    private static string[] Describe(StyleGuide guide, string language, string intent)
    {
        var style = guide.StyleOf(language);
        return
        [
            style.Greeting,
            style.Closing,
            style.Upset,
            style.Person,
            $"{style.Address}, {style.Tone}, {guide.MostWords}",
            string.Join("; ", guide.SnippetsFor(intent).Select(snippet => $"{snippet.Name}: {snippet.Text.GetValueOrDefault(language)}")),
            string.Join("; ", guide.ForbiddenFor(intent).Select(promise =>
                $"{promise.Name}: {string.Join(", ", promise.Phrases.Concat(promise.Kinds))}")),
            string.Join("; ", guide.Glossary.Select(term => $"{term.Term}: {string.Join(", ", term.Not)}")),
        ];
    }
}
