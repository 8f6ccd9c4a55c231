using System.Text;
using TicketTriage.Models;
using TicketTriage.Reading;

namespace TicketTriage.Understanding;

/// <summary>
/// What of a ticket a model gets to read: the subject, then the customer's messages with what their files say, from the newest back, as
/// long as they fit as a whole. Of a message whose files don't fit, the words come first.
/// </summary>
internal static class TicketExcerpt
{
    private const string OlderLeftOut = "[older messages left out]";
    private const string RestLeftOut = "[rest of this message left out]";

    /// <param name="most">Tokens, by <see cref="TokenCount"/>.</param>
    public static string Take(CleanTicket ticket, int most)
    {
        var text = new StringBuilder(ticket.Subject);
        var left = most - TokenCount.Of(ticket.Subject);
        var isFirst = true;
        foreach (var message in ticket.Messages.Where(message => message.IsFromCustomer).Reverse())
        {
            var said = message.TextWithFiles();
            var needed = TokenCount.Of(said) + 1;
            if (needed > left)
            {
                // Of an older message its files alone may be too much.
                var isBegun = isFirst || TokenCount.Of(message.Text) + TokenCount.Of(RestLeftOut) + 2 <= left;
                text.Append('\n').Append(isBegun ? Beginning(said, left - 1) : OlderLeftOut);
                break;
            }

            text.Append('\n').Append(said);
            left -= needed;
            isFirst = false;
        }

        return text.ToString().Trim('\n');
    }

    // The newest message is the concern: of one that is too long by itself, whole lines, then whole sentences, are better than nothing.
    private static string Beginning(string message, int most)
    {
        var left = most - TokenCount.Of(RestLeftOut) - 1;
        var end = 0;
        for (var start = 0; start < message.Length;)
        {
            var next = EndOfSentence(message, start);
            left -= TokenCount.Of(message.AsSpan(start, next - start));
            if (left < 0)
            {
                break;
            }

            end = next;
            start = next;
        }

        return end == 0 ? RestLeftOut : $"{message.AsSpan(0, end).TrimEnd()}\n{RestLeftOut}";
    }

    private static int EndOfSentence(string text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            var isEnd = text[at] == '\n' || (text[at] is '.' or '!' or '?' && (at + 1 == text.Length || text[at + 1] is ' ' or '\n'));
            if (isEnd)
            {
                return at + 1;
            }
        }

        return text.Length;
    }
}
