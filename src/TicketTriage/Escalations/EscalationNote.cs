using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using TicketTriage.Drafting;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// The note that goes with an escalation: why, until when, who was told, and what the next one has to know. Every text is encoded; the last
/// line carries the message's id, by which the note is found again, and stands whatever had to be left out.
/// </summary>
/// <param name="taxonomy">Knows what people call fields.</param>
public sealed class EscalationNote(NpgsqlDataSource database, TaxonomyInForce taxonomy)
{
    /// <summary>In UTF-8: helpdesks cut longer ones, and agents read them in a narrow column.</summary>
    public const int MostBytes = TriageNote.MostBytes;

    private const int MostItems = 6;
    private const int MostBytesOfItem = 400;
    private const int MostBytesOfSummary = 1_500;

    /// <summary>For tickets that escalate at once; what the next one has to know comes after them.</summary>
    private const int MostBytesOfLines = 5_000;

    /// <param name="message">All that there is to tell of one ticket.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    public async Task<string> WriteAsync(EscalationMessage message, string language, CancellationToken cancellationToken) =>
        Write(message, await PackAsync(message.Lines[0].Ticket, language, cancellationToken), language);

    /// <param name="package">What the next one has to know, as markup, the weightiest first; what doesn't fit is left out.</param>
    internal static string Write(EscalationMessage message, IReadOnlyList<string> package, string language)
    {
        var (isGerman, words) = (language == "de", language == "de" ? MessageWords.German : MessageWords.English);
        var lines = message.Lines.Select(line => LineOf(line, isGerman, words)).ToList();
        var end = "<p>" + (isGerman
                ? "Übernehmen Sie das Ticket oder antworten Sie dem Kunden; sonst erfährt es die nächste Stufe."
                : "Take the ticket or answer the customer; otherwise the next level is told.")
            + "</p>" + NoteMarkup.LastLine(message.Id);
        var head = TakeWhatFits(lines, MostBytesOfLines);
        return head + TakeWhatFits(package, MostBytes - NoteMarkup.BytesOf(head + end)) + end;
    }

    /// <summary>The hand-over package: the one place from which an escalation's note has it.</summary>
    private async Task<List<string>> PackAsync(TicketId ticket, string language, CancellationToken cancellationToken)
    {
        var known = await FindAsync(ticket, cancellationToken);
        return Pack(known?.Understanding, known?.Draft, language, taxonomy.Current.Content);
    }

    internal static List<string> Pack(TicketUnderstanding? understanding, ReplyDraft? draft, string language, Taxonomy taxonomy)
    {
        var isGerman = language == "de";
        var package = new List<string>();
        if (understanding is not null)
        {
            package.Add(NoteMarkup.Heading(isGerman ? "Worum es geht" : "What it is about")
                + $"<p>{NoteMarkup.Encoded(PlainText.OneLine(understanding.Summary, MostBytesOfSummary), MostBytesOfSummary)}</p>");
            // The record holds placeholders, and nobody here has the values behind them.
            package.Add(FieldParts.Known(understanding.Fields, text => text, language, taxonomy));
            package.Add(FieldParts.Missing(understanding.Missing, language, taxonomy));
        }

        if (draft?.HandOver is { } handOver)
        {
            package.Add(HandOverPart.Write(handOver, text => text, language, canFold: false));
        }

        package.Add(List(isGerman ? "Nächste Schritte" : "Next steps", draft?.NextSteps));
        return package;
    }

    private static string TakeWhatFits(IReadOnlyList<string> parts, int room)
    {
        var taken = new StringBuilder();
        foreach (var part in parts)
        {
            var bytes = NoteMarkup.BytesOf(part);
            if (bytes <= room)
            {
                taken.Append(part);
                room -= bytes;
            }
        }

        return taken.ToString();
    }

    private static string LineOf(MessageLine line, bool isGerman, MessageWords words)
    {
        var items = new List<string>(line.Reasons.Take(MostItems).Select(words.Say));
        if (line.DueAt is { } due)
        {
            items.Add(string.Create(CultureInfo.InvariantCulture, $"{words.Due}: {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        }

        if (line.Bundle is { } bundle)
        {
            items.Add($"{words.OneCause}: {words.Say(bundle)}");
        }

        if (line.People.Count > 0)
        {
            items.Add($"{(isGerman ? "Wer es erfährt" : "Who is told")}: {string.Join(", ", line.People)}");
        }

        var level = line.Level.ToString(CultureInfo.InvariantCulture);
        var heading = $"{(isGerman ? "Eskalation, Stufe" : "Escalation, level")} {level}: {(line.IsUnanswered ? words.Unanswered : words.Cause(line.Cause))}";
        return NoteMarkup.Heading(heading) + Items(items);
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

    private static string List(string heading, IReadOnlyList<string>? items) =>
        items is { Count: > 0 } ? NoteMarkup.Heading(heading) + Items(items.Take(MostItems)) : "";

    private static string Items(IEnumerable<string> items) =>
        $"<ul>{string.Concat(items.Select(item => $"<li>{NoteMarkup.Encoded(PlainText.OneLine(item, MostBytesOfItem), MostBytesOfItem)}</li>"))}</ul>";
}
