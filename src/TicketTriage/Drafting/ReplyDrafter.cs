using System.Text.RegularExpressions;
using TicketTriage.Drafting.Style;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Drafting;

/// <summary>Writes a reply to begin from, out of the taxonomy's templates and the style guide's words.</summary>
public static partial class ReplyDrafter
{
    private const string English = "en";
    private const int LongestValue = 60;

    /// <param name="ticket">What the customer wrote: nothing is asked for that stands there.</param>
    /// <param name="understanding">Says what it is about and what is missing.</param>
    /// <param name="taxonomy">Holds the templates.</param>
    /// <param name="guide">Holds greeting, closing, snippets, and the words for somebody who is angry or asks for a person.</param>
    /// <param name="teamLanguage">ISO 639-1, for the next steps.</param>
    /// <param name="requesterName">As the helpdesk has it; <see langword="null"/> or no name for people: the greeting stands alone.</param>
    /// <returns>An empty text where nobody should be answered from a template: the intent is unclear, or has no reply, as spam.</returns>
    public static ReplyDraft Draft(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, StyleGuide guide, string teamLanguage,
        string? requesterName)
    {
        var steps = StepsFor(ticket, understanding, taxonomy, teamLanguage);
        var question = new DraftQuestion(ticket, understanding, taxonomy, guide, teamLanguage, requesterName);
        return Frame(question) is { } frame
            ? new ReplyDraft(frame.With(WithoutConcern(frame.Body)), frame.Language, [], steps)
            : new ReplyDraft("", LanguageOf(understanding, teamLanguage), [], steps);
    }

    /// <returns><see langword="null"/> where nobody should be answered from a template.</returns>
    internal static ReplyFrame? Frame(DraftQuestion question)
    {
        var intent = question.Taxonomy.FindIntent(question.Intent);
        if (question.Ticket.Warnings.Contains(TicketWarnings.Instructions) || (intent is not null && intent.Reply.Count == 0))
        {
            return null;
        }

        var kind = KindFor(question.Understanding);
        var wanted = LanguageOf(question.Understanding, question.TeamLanguage);
        var (language, text) = kind is ReplyKind.Upset or ReplyKind.Person
            ? FromGuide(kind, question.Guide, wanted)
            : intent is not null && Pick(intent.Reply, wanted) is var (own, template) ? (own, BodyOf(template)) : ("", "");
        return language.Length == 0 ? null : Frame(question, kind, text, language);
    }

    /// <summary>The same reply around what is written in another language; what the style guide and the taxonomy lack in it is English.</summary>
    internal static ReplyFrame FrameInLanguage(DraftQuestion question, ReplyFrame frame, string language) =>
        frame.Language == language ? frame : Frame(question, frame.Kind, frame.Body, language);

    private static ReplyFrame Frame(DraftQuestion question, ReplyKind kind, string text, string language)
    {
        var style = question.Guide.StyleOf(language);
        var request = RequestFor(FindStillMissing(question), language);
        return new ReplyFrame(
            kind,
            Greet(style.Greeting, question.RequesterName),
            Ask(request, Fill(text, question.Understanding.Fields)),
            request,
            [
                .. question.Guide.SnippetsFor(question.Intent)
                    .Select(snippet => snippet.Text.GetValueOrDefault(language, "")).Where(snippet => snippet.Length > 0),
            ],
            style.Closing,
            language);
    }

    /// <summary>The body where nobody has formulated the concern.</summary>
    internal static string WithoutConcern(string body) => body
        .Replace($" {StyleGuideLint.Concern}", "", StringComparison.Ordinal)
        .Replace(StyleGuideLint.Concern, "", StringComparison.Ordinal).Trim();

    internal static IReadOnlyList<string> StepsFor(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, string teamLanguage)
    {
        if (taxonomy.FindIntent(understanding.Intent.Value) is not { } intent)
        {
            return StepsWithoutIntent(teamLanguage);
        }

        return ticket.Warnings.Contains(TicketWarnings.Instructions)
            ? StepsOfSuspicion(teamLanguage)
            : Pick(intent.NextSteps, teamLanguage)?.Text ?? [];
    }

    internal static string LanguageOf(TicketUnderstanding understanding, string teamLanguage) =>
        understanding.Language.Value == Finding.Unclear ? teamLanguage : understanding.Language.Value;

    // Whoever asks for a person gets one, also where they are angry too.
    private static ReplyKind KindFor(TicketUnderstanding understanding) =>
        understanding.Signals.Contains(UrgencySignals.WantsPerson) ? ReplyKind.Person
        : understanding.Signals.Any(signal => signal is UrgencySignals.Legal or UrgencySignals.Fraud or UrgencySignals.Security)
            ? ReplyKind.Fixed
        : understanding.Signals.Contains(UrgencySignals.Frustration) ? ReplyKind.Upset
        : ReplyKind.Answer;

    private static (string Language, string Text) FromGuide(ReplyKind kind, StyleGuide guide, string wanted)
    {
        var language = guide.Languages.ContainsKey(wanted) ? wanted : English;
        var style = guide.StyleOf(language);
        return (language, kind == ReplyKind.Upset ? style.Upset : style.Person);
    }

    /// <summary>A template's first and last paragraph greet and close; the style guide has its own words for both.</summary>
    private static string BodyOf(string template)
    {
        var paragraphs = template.Split("\n\n");
        return paragraphs.Length < 3 ? template : string.Join("\n\n", paragraphs[1..^1]);
    }

    private static (string Language, T Text)? Pick<T>(IReadOnlyDictionary<string, T> texts, string language)
    {
        foreach (var candidate in (ReadOnlySpan<string>)[language, English])
        {
            if (texts.TryGetValue(candidate, out var text))
            {
                return (candidate, text);
            }
        }

        return null;
    }

    private static Field[] FindStillMissing(DraftQuestion question)
    {
        var text = string.Join('\n', question.Ticket.Messages.Select(message => message.Text).Prepend(question.Ticket.Subject));
        return [.. question.Taxonomy.Fields.Where(field => question.Understanding.Missing.Contains(field.Name) && !field.IsIn(text))];
    }

    private static string Greet(string template, string? requesterName)
    {
        var name = requesterName?.Trim();
        return IsFitForGreeting(name)
            ? template.Replace(TaxonomyLint.RequesterName, name, StringComparison.Ordinal)
            : template.Replace($" {TaxonomyLint.RequesterName}", "", StringComparison.Ordinal)
                .Replace(TaxonomyLint.RequesterName, "", StringComparison.Ordinal);
    }

    // Requesters choose their names themselves: an address, a link or a line of text has no place in our greeting.
    private static bool IsFitForGreeting(string? name) =>
        name is { Length: > 0 and <= LongestValue } && NameForm().IsMatch(name);

    /// <summary>A line whose field isn't known is left out, and a paragraph of such lines with it.</summary>
    private static string Fill(string text, IReadOnlyDictionary<string, string> fields)
    {
        if (!text.Contains(TaxonomyLint.FieldBegin, StringComparison.Ordinal))
        {
            return text;
        }

        var paragraphs = text.Split("\n\n")
            .Select(paragraph => string.Join('\n', paragraph.Split('\n').Select(line => FillLine(line, fields)).OfType<string>()));
        return string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0));
    }

    private static string? FillLine(string line, IReadOnlyDictionary<string, string> fields)
    {
        var isWhole = true;
        var filled = FieldInReply().Replace(line, field =>
        {
            var value = fields.GetValueOrDefault(field.Groups["name"].Value);
            isWhole &= IsFitForReply(value);
            return value ?? "";
        });
        return isWhole ? filled : null;
    }

    // The customer wrote it: a text of many words or of placeholders is no value.
    private static bool IsFitForReply(string? value) =>
        value is { Length: > 0 and <= LongestValue } && !value.Any(letter => char.IsControl(letter) || letter is '{' or '}');

    private static string RequestFor(Field[] missing, string language)
    {
        var titles = string.Join(", ", missing.Select(field => Pick(field.Title, language)?.Text ?? field.Name));
        return missing.Length == 0 ? ""
            : language == "de" ? $"Bitte nennen Sie uns dafür noch: {titles}."
            : $"For this we still need from you: {titles}.";
    }

    private static string Ask(string request, string text) => request.Length > 0
        ? text.Replace(TaxonomyLint.AskMissing, request, StringComparison.Ordinal)
        : text.Replace($"{TaxonomyLint.AskMissing}\n\n", "", StringComparison.Ordinal)
            .Replace(TaxonomyLint.AskMissing, "", StringComparison.Ordinal).TrimEnd();

    private static string[] StepsWithoutIntent(string teamLanguage) => teamLanguage == "de"
        ? ["Anliegen ist unklar: Ticket lesen und von Hand einordnen", "Es gibt keinen Entwurf, weil keine Vorlage passt"]
        : ["The concern is unclear: read the ticket and sort it by hand", "There is no draft because no template fits"];

    private static string[] StepsOfSuspicion(string teamLanguage) => teamLanguage == "de"
        ? ["Ticket selbst lesen: es gibt der Software Anweisungen", "Es gibt keinen Entwurf, weil der Verdacht erst zu klären ist"]
        : ["Read the ticket yourself: it gives orders to software", "There is no draft because the suspicion has to be settled first"];

    [GeneratedRegex(@"\{field:(?<name>[^{}]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FieldInReply();

    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}]*(?:(?:\. |[ '’-])[\p{L}\p{M}]+)*\.?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();
}
