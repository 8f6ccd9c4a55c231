using TicketTriage.Reading;

namespace TicketTriage.Understanding.Local;

/// <summary>Finds what speaks for haste by phrases.</summary>
internal sealed class SignalReader(IReadOnlyDictionary<string, string[]> phrases, IReadOnlySet<string> negators)
{
    private const int MessagesWithoutAnswer = 3;

    private readonly PhraseList<string>[] lists =
        [.. phrases.Select(signal => new PhraseList<string>(signal.Value.Select(phrase => KeyValuePair.Create(phrase, signal.Key))))];

    /// <param name="words">What the customer wrote, folded, with breaks.</param>
    /// <param name="ticket">Shows who wrote last.</param>
    /// <returns>Names from <see cref="UrgencySignals"/>, each once.</returns>
    public IReadOnlyList<string> Read(IReadOnlyList<string> words, CleanTicket ticket)
    {
        var signals = new List<string>();
        foreach (var list in lists)
        {
            // A phrase that begins with a negation means itself: "no answer", "kein bot".
            var hit = list.FindIn(words)
                .Find(found => negators.Contains(words[found.At]) || !TicketWords.IsNegated(words, found.At, negators));
            if (hit.Length > 0)
            {
                signals.Add(hit.Meaning);
            }
        }

        if (!signals.Contains(UrgencySignals.RepeatContact) && WroteInVain(ticket))
        {
            signals.Add(UrgencySignals.RepeatContact);
        }

        return signals;
    }

    private static bool WroteInVain(CleanTicket ticket) =>
        ticket.Messages.Where(message => message.IsPublic).Reverse().TakeWhile(message => message.IsFromCustomer).Count()
            >= MessagesWithoutAnswer;
}
