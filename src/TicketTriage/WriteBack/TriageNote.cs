using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using TicketTriage.Drafting;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>
/// The private note: concern, why, what is missing, next steps, draft. Every text is encoded; the only markup is what stands here.
/// The last line carries the triage's id, by which the note is found again.
/// </summary>
public static class TriageNote
{
    /// <summary>Agents read it in a narrow column, and helpdesks cut long ones.</summary>
    public const int MostCharacters = 10_000;

    private const int FooterCharacters = 200;
    private const int MostItems = 6;
    private const int MostOfSummary = 1_500;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="kept">What was left as a person wanted it.</param>
    /// <param name="restore">Puts the values back where the record has placeholders.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    public static string Write(Triage triage, IReadOnlyList<string> kept, Func<string, string> restore, string language)
    {
        var words = language == "de" ? NoteWords.German : NoteWords.English;
        var understanding = triage.Understanding;
        var note = new StringBuilder();

        Heading(note, words.Summary);
        note.Append(SummaryHtml(triage, restore));

        Heading(note, words.Why);
        note.Append("<ul>");
        Found(note, words.Intent, understanding.Intent);
        Item(note, $"{words.Priority}: {triage.Priority.Value} — {Joined(triage.Priority.Reasons)}");
        Item(note, $"{words.Group}: {triage.Route.Group} — {Joined(triage.Route.Reasons)}");
        Found(note, words.Sentiment, understanding.Sentiment);
        Found(note, words.Language, understanding.Language);
        if (understanding.Product.Value != Finding.Unclear)
        {
            Found(note, words.Product, understanding.Product);
        }

        note.Append("</ul>");
        List(note, words.Warnings, [.. triage.Conversation.Warnings.Select(words.Warn)]);
        List(note, words.Kept, kept);
        List(note, words.Details, [.. understanding.Fields.Select(field => $"{field.Key}: {restore(field.Value)}")]);
        List(note, words.Missing, understanding.Missing);
        List(note, words.NextSteps, triage.Draft.NextSteps);
        Sources(note, words, triage.Draft.Citations);
        Draft(note, words, triage, restore);

        note.Append("<p><em>TicketTriage · ").Append(Encoded(triage.Versions.Provider)).Append(" · ")
            .Append(triage.Id.ToString("N", CultureInfo.InvariantCulture)).Append("</em></p>");
        return note.ToString();
    }

    /// <summary>The summary for a field of plain text.</summary>
    public static string SummaryText(Triage triage, Func<string, string> restore) =>
        Cut(restore(triage.Understanding.Summary), MostOfSummary);

    /// <summary>The summary for where a helpdesk shows one.</summary>
    public static string SummaryHtml(Triage triage, Func<string, string> restore) => $"<p>{Encoded(SummaryText(triage, restore))}</p>";

    private static void Draft(StringBuilder note, NoteWords words, Triage triage, Func<string, string> restore)
    {
        if (triage.Draft.Text.Length == 0)
        {
            return;
        }

        Heading(note, words.Draft);
        var text = restore(triage.Draft.Text);
        var encoded = AsLines(text);
        var room = Math.Max(0, MostCharacters - FooterCharacters - note.Length);
        while (encoded.Length > room && text.Length > 0)
        {
            text = text[..(text.Length * 4 / 5)];
            encoded = AsLines(text) + " […]";
        }

        note.Append("<blockquote>").Append(encoded).Append("</blockquote>");
        List(note, words.Remarks, triage.Draft.Remarks);
    }

    private static void Sources(StringBuilder note, NoteWords words, IReadOnlyList<Citation> citations)
    {
        if (citations.Count == 0)
        {
            return;
        }

        Heading(note, words.Sources);
        note.Append("<ul>");
        foreach (var citation in citations.Take(MostItems))
        {
            note.Append("<li>[").Append(citation.Number).Append("] ").Append(Title(citation));
            note.Append(citation.IsForAgents ? $" ({words.ForAgents})" : "").Append(": ").Append(Encoded(Cut(citation.Text, 280))).Append("</li>");
        }

        note.Append("</ul>");
    }

    // Addresses come from the team's own articles; only web addresses become links.
    private static string Title(Citation citation) =>
        Uri.TryCreate(citation.Address, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? $"<a href=\"{Encoder.Encode(address.AbsoluteUri)}\">{Encoded(Cut(citation.Title, 120))}</a>"
            : Encoded(Cut(citation.Title, 120));

    private static string AsLines(string text) => Encoded(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static void Found(StringBuilder note, string word, Finding finding) =>
        Item(note, $"{word}: {finding.Value} ({finding.Confidence.ToString("P0", CultureInfo.InvariantCulture)}) — {Joined(finding.Reasons)}");

    private static string Joined(IReadOnlyList<string> reasons) => string.Join(" ", reasons.Take(3));

    private static void List(StringBuilder note, string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        Heading(note, heading);
        note.Append("<ul>");
        foreach (var item in items.Take(MostItems))
        {
            Item(note, item);
        }

        note.Append("</ul>");
    }

    private static void Heading(StringBuilder note, string heading) => note.Append("<h4>").Append(heading).Append("</h4>");

    private static void Item(StringBuilder note, string text) =>
        note.Append("<li>").Append(Encoded(Cut(text, 300))).Append("</li>");

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    private static string Encoded(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);
}

/// <summary>The note's own words in the team's language.</summary>
internal sealed record NoteWords(
    string Summary, string Why, string Intent, string Priority, string Group, string Sentiment, string Language,
    string Product, string Warnings, string Kept, string Details, string Missing, string NextSteps, string Draft, string Sources,
    string ForAgents, string Remarks)
{
    public static NoteWords English { get; } = new(
        "Summary", "Why", "Intent", "Priority", "Group", "Sentiment", "Language",
        "Product", "Careful", "Left as it was", "Details", "Missing", "Next steps", "Draft reply, not sent", "From your knowledge",
        "for agents only", "Check");

    public static NoteWords German { get; } = new(
        "Zusammenfassung", "Warum", "Anliegen", "Priorität", "Gruppe", "Stimmung", "Sprache",
        "Produkt", "Vorsicht", "So belassen", "Angaben", "Fehlende Angaben", "Nächste Schritte", "Antwortentwurf, nicht gesendet",
        "Aus Ihrem Wissen", "nur für Agenten", "Bitte prüfen");

    /// <param name="warning">One of <see cref="TicketWarnings"/>.</param>
    public string Warn(string warning) => (warning, this == German) switch
    {
        (TicketWarnings.Instructions, true) =>
            "Das Ticket gibt der Software Anweisungen. Sie wurden nicht befolgt; bitte selbst lesen und entscheiden.",
        (TicketWarnings.Instructions, false) => "The ticket gives orders to software. They were not followed; please read and decide yourself.",
        (TicketWarnings.HiddenText, true) => "Das Ticket enthält Text, den man nicht sieht. Er wurde nicht berücksichtigt.",
        (TicketWarnings.HiddenText, false) => "The ticket holds text that cannot be seen. It was left out.",
        (TicketWarnings.ProgramAttached, true) => "Eine Datei am Ticket ist ein Programm. Nicht öffnen.",
        (TicketWarnings.ProgramAttached, false) => "A file on the ticket is a program. Do not open it.",
        _ => warning,
    };
}
