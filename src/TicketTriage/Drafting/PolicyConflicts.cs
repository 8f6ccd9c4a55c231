using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Finds why no reply may be drafted from what was found, whoever would write it.</summary>
internal static class PolicyConflicts
{
    /// <param name="found">All that may be quoted, and not only what a model would cite: it would pick one of two that can't both be right.</param>
    /// <param name="language">ISO 639-1 of the reply.</param>
    /// <returns>For the agent; <see langword="null"/> where the articles agree with each other and with the texts that stand verbatim.</returns>
    public static string? Find(DraftQuestion question, IReadOnlyList<Passage> found, string language)
    {
        if (Contradictions.In(found) is [var conflict, ..])
        {
            return question.Words.Contradiction(conflict);
        }

        foreach (var snippet in question.Guide.SnippetsFor(question.Intent))
        {
            if (!snippet.Text.TryGetValue(language, out var text))
            {
                continue;
            }

            var stands = new Passage(
                0, StyleGuide.Kind, snippet.Name, snippet.Name, "", text, language, KnowledgeAudience.Customers, Address: null);
            if (Contradictions.In([.. found, stands]) is [var clash, ..])
            {
                return question.Words.AgainstSnippet(clash.One.Title, clash.InOne.Wording, snippet.Name, clash.InOther.Wording);
            }
        }

        return null;
    }
}
