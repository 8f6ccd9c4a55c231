using System.Globalization;
using System.Text;

namespace TicketTriage.Escalations;

/// <summary>
/// Puts a message into words. Nothing in it was written by a customer: it leaves the helpdesk, and whoever gets it looks there. What has one
/// cause stands together.
/// </summary>
public static class MessageWriter
{
    /// <param name="link">Where the recipient says that they have it.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    public static MessageText Write(EscalationMessage message, Uri? link, string language)
    {
        var words = language == "de" ? MessageWords.German : MessageWords.English;
        var tickets = message.Lines.Select(line => line.Ticket).Distinct().Count();
        var body = new StringBuilder();
        foreach (var bundle in message.Lines.GroupBy(line => line.Bundle).OrderBy(bundle => bundle.Key is null))
        {
            if (bundle.Key is not null)
            {
                body.Append(CultureInfo.InvariantCulture, $"{words.OneCause}: {bundle.Key} ({bundle.Count()})\n");
            }

            foreach (var line in bundle)
            {
                Append(body, line, words);
            }

            body.Append('\n');
        }

        if (link is not null)
        {
            body.Append(words.Take).Append('\n').Append(link).Append("\n\n");
        }

        body.Append(words.Otherwise).Append('\n');
        var reference = Reference(message.Id);
        var subject = tickets == 1
            ? $"{words.Ticket} {message.Lines[0].Ticket.Number}: {words.Cause(message.Lines[0].Cause)} [{reference}]"
            : string.Create(CultureInfo.InvariantCulture, $"{tickets} {words.Tickets} [{reference}]");
        return new MessageText(subject, body.ToString(), link);
    }

    /// <summary>A message's name in its subject, by which an answer to it is recognised.</summary>
    public static string Reference(Guid message) => $"TT-{message:N}";

    private static void Append(StringBuilder body, MessageLine line, MessageWords words)
    {
        body.Append(CultureInfo.InvariantCulture, $"- {line.Ticket.Number} ({line.Ticket.Helpdesk}), {line.Priority.ToLowerInvariant()}");
        if (line.Intent is not null)
        {
            body.Append(", ").Append(line.Intent);
        }

        body.Append(": ").Append(line.IsUnanswered ? words.Unanswered : words.Cause(line.Cause));
        if (line.DueAt is { } due)
        {
            body.Append(CultureInfo.InvariantCulture, $", {words.Due} {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        }

        body.Append(CultureInfo.InvariantCulture, $". {words.Level} {line.Level}. ").Append(string.Join(' ', line.Reasons)).Append('\n');
    }
}

/// <summary>The words of messages in the team's language.</summary>
internal sealed record MessageWords(
    string Ticket, string Tickets, string OneCause, string Due, string Level, string Unanswered, string Take, string Otherwise,
    IReadOnlyDictionary<string, string> Causes)
{
    public static MessageWords English { get; } = new(
        "Ticket", "tickets need somebody", "One cause", "due", "Level", "nobody has taken it", "I have it:",
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
        "Ticket", "Tickets brauchen jemanden", "Eine Ursache", "fällig", "Stufe", "niemand hat es übernommen", "Ich übernehme:",
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

    /// <returns>What it is called; a cause of a lead's own has its own name.</returns>
    public string Cause(string cause) => Causes.GetValueOrDefault(cause, cause.Replace('_', ' '));
}
