using TicketTriage.Drafting;
using TicketTriage.Reading;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.WriteBack;

/// <summary>The note's own words in the team's language.</summary>
internal sealed record NoteWords(
    string Summary, string Why, string Intent, string Priority, string Group, string Sentiment, string Language,
    string Product, string Warnings, string Kept, string Details, string Missing, string NextSteps, string Sources,
    string ForAgents, string Remarks, string HandOver, string Suggestion, string Tried, string History, string Question, string Useful,
    string NotUseful)
{
    public static NoteWords English { get; } = new(
        "Summary", "Why", "Intent", "Priority", "Group", "Sentiment", "Language",
        "Product", "Careful", "Left as it was", "Details", "Missing", "Next steps", "From your knowledge",
        "for agents only", "Check", "For a person", "Suggestion", "Done so far", "What was written", "Was this note useful?", "useful", "not useful");

    public static NoteWords German { get; } = new(
        "Zusammenfassung", "Warum", "Anliegen", "Priorität", "Gruppe", "Stimmung", "Sprache",
        "Produkt", "Vorsicht", "So belassen", "Angaben", "Fehlende Angaben", "Nächste Schritte",
        "Aus Ihrem Wissen", "nur für Agenten", "Bitte prüfen", "Für eine Person", "Vorschlag", "Bisher getan", "Bisher geschrieben",
        "War diese Notiz nützlich?", "nützlich", "nicht nützlich");

    /// <param name="language"><c>de</c>; any other gets English.</param>
    public static NoteWords Of(string language) => language == "de" ? German : English;

    /// <summary>A reason, or a word of a list, as it was made and kept in English.</summary>
    public string Say(string made) => ReasonsInGerman.Say(this == German ? "de" : "en", made);

    /// <summary>Above a draft: who wrote it, and that it went nowhere.</summary>
    public string Draft(DraftOrigin origin) => (origin, this == German) switch
    {
        (DraftOrigin.Model, true) => "Antwortentwurf des Modells, nicht gesendet",
        (DraftOrigin.Model, false) => "Draft reply by the model, not sent",
        (DraftOrigin.Template, true) => "Antwortentwurf aus der Vorlage, nicht gesendet",
        (DraftOrigin.Template, false) => "Draft reply from the template, not sent",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Nobody known wrote the draft."),
    };

    /// <summary>Ends a list that is longer than a note has room for.</summary>
    public string More(int items) => this == German ? $"… und {items} weitere, auf der Seite des Tickets in TicketTriage" : $"… and {items} more, on the ticket's page in TicketTriage";

    /// <param name="parts">Of the note, as it calls them.</param>
    public string LeftOut(IEnumerable<string> parts) => this == German
        ? $"Aus Platz nur auf der Seite des Tickets in TicketTriage: {string.Join(", ", parts)}."
        : $"For want of room only on the ticket's page in TicketTriage: {string.Join(", ", parts)}.";

    /// <summary>Stands where a draft was shortened.</summary>
    public string Gap => this == German
        ? "[… hier gekürzt; der ganze Entwurf steht in TicketTriage auf der Seite des Tickets …]"
        : "[… shortened here; the whole draft stands on the ticket's page in TicketTriage …]";

    /// <summary>Above a summary that nobody wrote: sentences of the ticket, in its language.</summary>
    public string SummaryInOwnWords => this == German ? "Zusammenfassung, in den Worten des Kunden" : "Summary, in the customer's words";

    /// <param name="intent">As people call it.</param>
    public string HighRisk(string intent) => this == German
        ? $"Nicht automatisieren: „{intent}“ gehört zur höchsten Risikoklasse, hier entscheidet ein Mensch."
        : $"Not to be automated: “{intent}” is in the highest risk class, and a person decides.";

    /// <returns>How strongly the customer feels and where that goes; <see langword="null"/> where there is nothing to tell.</returns>
    public string? Feeling(TicketUnderstanding understanding)
    {
        var isGerman = this == German;
        var strength = understanding.Sentiment.Value == "neutral" ? null : MoodStrengths.Of(understanding.Mood?.Strength ?? 0) switch
        {
            MoodStrengths.Mild => isGerman ? "leicht" : "mild",
            MoodStrengths.Clear => isGerman ? "deutlich" : "clear",
            MoodStrengths.Strong => isGerman ? "stark" : "strong",
            _ => null,
        };
        var trend = understanding.Mood?.Trend switch
        {
            MoodTrends.Rising => isGerman ? "wird besser" : "getting better",
            MoodTrends.Falling => isGerman ? "wird schlechter" : "getting worse",
            MoodTrends.Steady => isGerman ? "unverändert" : "unchanged",
            _ => null,
        };
        return strength is null ? trend : trend is null ? strength : $"{strength}, {trend}";
    }

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
