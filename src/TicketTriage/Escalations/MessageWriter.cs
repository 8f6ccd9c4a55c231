using System.Globalization;
using System.Text;
using System.Text.Json;
using TicketTriage.Triages;

namespace TicketTriage.Escalations;

/// <summary>
/// Puts a message into words. Nothing in it was written by a customer: it leaves the helpdesk, and whoever gets it looks there. What has one
/// cause stands together. A long one begins with what there is to do and how much of what, and has a short line for each ticket.
/// </summary>
public static class MessageWriter
{
    /// <summary>Tickets of which each has its reasons told.</summary>
    private const int MostInFull = 20;

    /// <param name="link">Where the recipient says that they have it, and sees all of it.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    /// <param name="room">Bytes that the tickets' lines may take as JSON; what finds no room is counted. <see langword="null"/> for no end.</param>
    public static MessageText Write(EscalationMessage message, Uri? link, string language, int? room = null)
    {
        var words = language == "de" ? MessageWords.German : MessageWords.English;
        var body = new StringBuilder();
        var isLong = message.Lines.Count > MostInFull;
        if (isLong)
        {
            AppendSummary(body, message, words);
            AppendLink(body, link, words);
        }

        AppendTickets(body, message, link, isLong, room ?? int.MaxValue, words);
        if (!isLong)
        {
            AppendLink(body, link, words);
        }

        body.Append(words.Otherwise).Append('\n');
        return new MessageText(SubjectOf(message, words), body.ToString(), link, words.Take.TrimEnd(':'));
    }

    /// <summary>A message's name in its subject, by which an answer to it is recognised.</summary>
    public static string Reference(Guid message) => $"TT-{message:N}";

    private static string SubjectOf(EscalationMessage message, MessageWords words)
    {
        var tickets = message.Lines.Select(line => line.Ticket).Distinct().Count();
        var what = tickets == 1 ? $"{words.Ticket} {message.Lines[0].Ticket.Number}: {words.Cause(message.Lines[0].Cause)}"
            : string.Create(CultureInfo.InvariantCulture, $"{tickets} {words.Tickets}");
        var isOne = tickets > 1 && message.Lines.All(line => line.Bundle == message.Lines[0].Bundle);
        var bundle = isOne && message.Lines[0].Bundle is { } cause ? $"{words.OneCause}: {words.Say(cause)}. " : "";
        return $"{bundle}{what} [{Reference(message.Id)}]";
    }

    private static void AppendSummary(StringBuilder body, EscalationMessage message, MessageWords words)
    {
        foreach (var (what, count) in message.Lines.CountBy(line => What(line, words)).OrderByDescending(what => what.Value))
        {
            body.Append(CultureInfo.InvariantCulture, $"{count} × {what}\n");
        }

        body.Append('\n');
    }

    private static void AppendLink(StringBuilder body, Uri? link, MessageWords words)
    {
        if (link is not null)
        {
            body.Append(words.Take).Append('\n').Append(link).Append("\n\n");
        }
    }

    private static void AppendTickets(StringBuilder body, EscalationMessage message, Uri? link, bool isLong, int room, MessageWords words)
    {
        var left = message.Lines.Count;
        foreach (var bundle in message.Lines.GroupBy(line => line.Bundle).OrderBy(bundle => bundle.Key is null))
        {
            if (bundle.Key is not null && room > 0)
            {
                body.Append(CultureInfo.InvariantCulture, $"{words.OneCause}: {words.Say(bundle.Key)} ({bundle.Count()})\n");
            }

            foreach (var line in bundle)
            {
                var text = TextOf(line, isLong, words);
                room -= JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length + ChatSender.RoomOfLine;
                if (room > 0)
                {
                    body.Append(text).Append('\n');
                    left--;
                }
            }

            body.Append(room > 0 ? "\n" : "");
        }

        if (left > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"{words.And} {left} {words.More} {link?.ToString() ?? "/escalations"}\n\n");
        }
    }

    private static string TextOf(MessageLine line, bool isShort, MessageWords words)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- {line.Ticket.Number} ({line.Ticket.Helpdesk}), {words.Say(line.Priority.ToLowerInvariant())}");
        if (line.Intent is not null)
        {
            text.Append(", ").Append(line.Intent);
        }

        text.Append(": ").Append(What(line, words));
        if (line.DueAt is { } due)
        {
            text.Append(CultureInfo.InvariantCulture, $", {words.Due} {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        }

        text.Append(CultureInfo.InvariantCulture, $". {words.Level} {line.Level}.");
        return isShort ? text.ToString() : text.Append(' ').AppendJoin(' ', line.Reasons.Select(words.Say)).ToString();
    }

    private static string What(MessageLine line, MessageWords words) => line.IsUnanswered ? words.Unanswered : words.Cause(line.Cause);
}

/// <summary>The words of messages in the team's language.</summary>
internal sealed record MessageWords(
    string Ticket, string Tickets, string OneCause, string Due, string Level, string Unanswered, string And, string More, string Take,
    string Otherwise,
    IReadOnlyDictionary<string, string> Causes)
{
    public static MessageWords English { get; } = new(
        "Ticket", "tickets need somebody", "One cause", "due", "Level", "nobody has taken it", "and", "more; all of them:", "I have it:",
        "Taking the ticket or answering it in the helpdesk, or answering this message, says the same. Otherwise the next level is told.",
        new Dictionary<string, string>
        {
            ["first_reply"] = "the first reply is at risk",
            ["next_reply"] = "the next reply is at risk",
            ["periodic_update"] = "an update is owed",
            ["requester_wait"] = "the customer waits too long",
            ["agent_work"] = "the work takes too long",
            ["resolution"] = "the solution is at risk",
            ["wants_person"] = "the customer wants a person",
            ["may_leave"] = "the customer may leave",
            ["legal"] = "legal steps are mentioned",
            ["important_customer"] = "an important customer",
            ["payment_stop"] = "the customer stops payment",
        });

    public static MessageWords German { get; } = new(
        "Ticket", "Tickets brauchen jemanden", "Eine Ursache", "fällig", "Stufe", "niemand hat es übernommen", "und", "weitere; alle:", "Ich übernehme:",
        "Das Ticket im Helpdesk übernehmen oder beantworten oder auf diese Nachricht antworten sagt dasselbe. Sonst erfährt es die nächste Stufe.",
        new Dictionary<string, string>
        {
            ["first_reply"] = "die erste Antwort ist in Gefahr",
            ["next_reply"] = "die nächste Antwort ist in Gefahr",
            ["periodic_update"] = "ein Zwischenstand ist fällig",
            ["requester_wait"] = "der Kunde wartet zu lange",
            ["agent_work"] = "die Arbeit dauert zu lange",
            ["resolution"] = "die Lösung ist in Gefahr",
            ["wants_person"] = "der Kunde möchte einen Menschen sprechen",
            ["may_leave"] = "der Kunde will vielleicht gehen",
            ["legal"] = "rechtliche Schritte werden erwähnt",
            ["important_customer"] = "ein wichtiger Kunde",
            ["payment_stop"] = "der Kunde stellt die Zahlung ein",
        });

    /// <summary>A reason, or a word of a list, as it was made and kept in English.</summary>
    public string Say(string made) => ReasonsInGerman.Say(this == German ? "de" : "en", made);

    /// <returns>What it is called; a cause of a lead's own has its own name.</returns>
    public string Cause(string cause) => Causes.GetValueOrDefault(cause, cause.Replace('_', ' '));
}
