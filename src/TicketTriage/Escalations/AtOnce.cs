using TicketTriage.Reading;

namespace TicketTriage.Escalations;

/// <summary>Finds what escalates whatever the clock says. In doubt it does: too early costs a look, too late a customer.</summary>
public static class AtOnce
{
    /// <param name="known">What was found before. A signal of the whole conversation counts once; words count in each new message.</param>
    public static IReadOnlyList<AtOnceCause> Find(
        EscalationMatrix matrix, CleanTicket ticket, IReadOnlyList<string> signals, string segment, IReadOnlyList<AtOnceCause> known)
    {
        var newest = ticket.Messages.LastOrDefault(message => message.IsFromCustomer);
        var since = newest?.At ?? ticket.CreatedAt;
        var text = Folded(newest is null || ticket.Messages.Count(message => message.IsFromCustomer) == 1
            ? $"{ticket.Subject}\n{newest?.Text}"
            : newest.Text);
        var causes = new List<AtOnceCause>(known);
        foreach (var rule in matrix.AtOnce)
        {
            var isKnown = causes.Exists(cause => cause.Cause == rule.Cause);
            var isLasting = (rule.Signal is { } signal && signals.Contains(signal)) || (rule.Segment is { } its && its == segment);
            var isSaid = rule.Words.Any(word => Says(text, word)) && !causes.Contains(new AtOnceCause(rule.Cause, since));
            if (isSaid || (isLasting && !isKnown))
            {
                causes.Add(new AtOnceCause(rule.Cause, since));
            }
        }

        return causes;
    }

    private static bool Says(string text, string word)
    {
        var phrase = Folded(word);
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            // Endings differ; a phrase inside of another word is another word.
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Folded(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
