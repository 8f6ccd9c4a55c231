using TicketTriage.Reading;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Escalations;

/// <summary>Finds what escalates whatever the clock says. In doubt it does: too early costs a look, too late a customer.</summary>
public static class AtOnce
{
    /// <param name="signals">Of the whole conversation, by whoever understood it.</param>
    /// <param name="known">
    /// What was found before. Words count in each new message; a signal counts again where the newest message has it in its own words and the
    /// one before was answered: whoever asks for a person a second time has not got one.
    /// </param>
    public static IReadOnlyList<AtOnceCause> Find(
        EscalationMatrix matrix, CleanTicket ticket, IReadOnlyList<string> signals, string segment, IReadOnlyList<AtOnceCause> known)
    {
        var newest = ticket.Messages.LastOrDefault(message => message.IsFromCustomer);
        var since = newest?.At ?? ticket.CreatedAt;
        var text = Folded(newest is null || ticket.Messages.Count(message => message.IsFromCustomer) == 1
            ? $"{ticket.Subject}\n{newest?.Text}"
            : newest.Text);
        var saidNow = new Lazy<IReadOnlyList<string>>(() => newest is null ? [] : MoodReader.SignalsIn(newest.Text, ticket));
        var causes = new List<AtOnceCause>(known);
        foreach (var rule in matrix.AtOnce)
        {
            var last = causes.FindLast(cause => cause.Cause == rule.Cause);
            var isLasting = (rule.Signal is { } signal && signals.Contains(signal)) || (rule.Segment is { } its && its == segment);
            var isSaid = rule.Words.Any(word => Says(text, word))
                || (last is not null && rule.Signal is { } again && saidNow.Value.Contains(again) && IsAnswered(ticket, last.Since, since));
            if (last is null ? isLasting || isSaid : isSaid && last.Since != since)
            {
                causes.Add(new AtOnceCause(rule.Cause, since));
            }
        }

        return causes;
    }

    private static bool IsAnswered(CleanTicket ticket, DateTimeOffset from, DateTimeOffset until) =>
        ticket.Messages.Any(message => message is { IsFromCustomer: false, IsPublic: true } && message.At > from && message.At < until);

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
