using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Npgsql;
using TicketTriage.Drafting;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// The note that goes with an escalation: why, until when, who was told, and what the next one has to know. Every text is encoded; the last
/// line carries the message's id, by which the note is found again.
/// </summary>
public sealed class EscalationNote(NpgsqlDataSource database)
{
    private const int MostItems = 6;
    private const int MostCharacters = 1_500;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="message">All that there is to tell of one ticket.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    public async Task<string> WriteAsync(EscalationMessage message, string language, CancellationToken cancellationToken) =>
        Write(message, await PackAsync(message.Lines[0].Ticket, language, cancellationToken), language);

    /// <param name="package">What the next one has to know, as markup; empty where nothing is known.</param>
    internal static string Write(EscalationMessage message, string package, string language)
    {
        var (isGerman, words) = (language == "de", language == "de" ? MessageWords.German : MessageWords.English);
        var note = new StringBuilder();
        foreach (var line in message.Lines)
        {
            Append(note, line, isGerman, words);
        }

        note.Append(package).Append("<p>").Append(isGerman
            ? "Übernehmen Sie das Ticket oder antworten Sie dem Kunden; sonst erfährt es die nächste Stufe."
            : "Take the ticket or answer the customer; otherwise the next level is told.");
        note.Append("</p><p><em>TicketTriage · ").Append(message.Id.ToString("N", CultureInfo.InvariantCulture)).Append("</em></p>");
        return note.ToString();
    }

    /// <summary>The hand-over package: the one place from which an escalation's note has it.</summary>
    private async Task<string> PackAsync(TicketId ticket, string language, CancellationToken cancellationToken)
    {
        var known = await FindAsync(ticket, cancellationToken);
        return Pack(known?.Understanding, known?.Draft, language);
    }

    internal static string Pack(TicketUnderstanding? understanding, ReplyDraft? draft, string language)
    {
        var isGerman = language == "de";
        var package = new StringBuilder();
        if (understanding is not null)
        {
            package.Append("<h4>").Append(isGerman ? "Worum es geht" : "What it is about").Append("</h4><p>")
                .Append(Encoded(Cut(understanding.Summary))).Append("</p>");
            List(package, isGerman ? "Fehlende Angaben" : "Missing", understanding.Missing);
        }

        if (draft?.HandOver is { } handOver)
        {
            // The record holds placeholders, and nobody here has the values behind them.
            package.Append(HandOverPart.Write(handOver, text => text, language, canFold: false));
        }

        List(package, isGerman ? "Nächste Schritte" : "Next steps", draft?.NextSteps ?? []);
        return package.ToString();
    }

    private static void Append(StringBuilder note, MessageLine line, bool isGerman, MessageWords words)
    {
        note.Append("<h4>").Append(isGerman ? "Eskalation, Stufe " : "Escalation, level ")
            .Append(line.Level.ToString(CultureInfo.InvariantCulture)).Append(": ")
            .Append(Encoded(line.IsUnanswered ? words.Unanswered : words.Cause(line.Cause))).Append("</h4><ul>");
        foreach (var reason in line.Reasons)
        {
            Item(note, reason);
        }

        if (line.DueAt is { } due)
        {
            Item(note, string.Create(CultureInfo.InvariantCulture, $"{words.Due}: {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        }

        if (line.Bundle is { } bundle)
        {
            Item(note, $"{words.OneCause}: {bundle}");
        }

        if (line.People.Count > 0)
        {
            Item(note, $"{(isGerman ? "Wer es erfährt" : "Who is told")}: {string.Join(", ", line.People)}");
        }

        note.Append("</ul>");
    }

    private async Task<(TicketUnderstanding? Understanding, ReplyDraft? Draft)?> FindAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select understanding, draft from triages where helpdesk = $1 and number = $2 order by decided_at desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (JsonSerializer.Deserialize(reader.GetString(0), TriageJson.Default.TicketUnderstanding),
                JsonSerializer.Deserialize(reader.GetString(1), TriageJson.Default.ReplyDraft))
            : null;
    }

    private static void List(StringBuilder note, string heading, IReadOnlyList<string>? items)
    {
        if (items is not { Count: > 0 })
        {
            return;
        }

        note.Append("<h4>").Append(heading).Append("</h4><ul>");
        foreach (var item in items.Take(MostItems))
        {
            Item(note, item);
        }

        note.Append("</ul>");
    }

    private static void Item(StringBuilder note, string text) => note.Append("<li>").Append(Encoded(Cut(text))).Append("</li>");

    private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";

    private static string Encoded(string text) => Encoder.Encode(text);
}
