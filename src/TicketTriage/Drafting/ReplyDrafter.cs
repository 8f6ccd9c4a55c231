using System.Text.RegularExpressions;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Drafting;

/// <summary>Writes a reply to begin from, out of the taxonomy's templates.</summary>
public static partial class ReplyDrafter
{
    private const string English = "en";
    private const int LongestName = 60;

    /// <param name="ticket">What the customer wrote: nothing is asked for that stands there.</param>
    /// <param name="understanding">Says what it is about and what is missing.</param>
    /// <param name="taxonomy">Holds the templates.</param>
    /// <param name="teamLanguage">ISO 639-1, for the next steps.</param>
    /// <param name="requesterName">As the helpdesk has it; <see langword="null"/> or no name for people: the greeting stands alone.</param>
    /// <returns>An empty text where nobody should be answered from a template: the intent is unclear, or has no reply, as spam.</returns>
    public static ReplyDraft Draft(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, string teamLanguage, string? requesterName)
    {
        var intent = taxonomy.FindIntent(understanding.Intent.Value);
        var language = understanding.Language.Value == Finding.Unclear ? teamLanguage : understanding.Language.Value;
        if (intent is null)
        {
            return new ReplyDraft("", language, [], StepsWithoutIntent(teamLanguage));
        }

        if (ticket.Warnings.Contains(TicketWarnings.Instructions))
        {
            return new ReplyDraft("", language, [], StepsOfSuspicion(teamLanguage));
        }

        var steps = Pick(intent.NextSteps, teamLanguage)?.Text ?? [];
        if (Pick(intent.Reply, language) is not { } template)
        {
            return new ReplyDraft("", language, [], steps);
        }

        var text = Greet(template.Text, requesterName);
        text = AskFor(FindStillMissing(ticket, understanding, taxonomy), text, template.Language);
        return new ReplyDraft(text, template.Language, [], steps);
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

    private static Field[] FindStillMissing(CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy)
    {
        var text = string.Join('\n', ticket.Messages.Select(message => message.Text).Prepend(ticket.Subject));
        return [.. taxonomy.Fields.Where(field => understanding.Missing.Contains(field.Name) && !field.IsIn(text))];
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
        name is { Length: > 0 and <= LongestName } && NameForm().IsMatch(name);

    private static string AskFor(Field[] missing, string text, string language)
    {
        if (missing.Length == 0)
        {
            return text.Replace($"{TaxonomyLint.AskMissing}\n\n", "", StringComparison.Ordinal)
                .Replace(TaxonomyLint.AskMissing, "", StringComparison.Ordinal);
        }

        var titles = string.Join(", ", missing.Select(field => Pick(field.Title, language)?.Text ?? field.Name));
        var request = language == "de" ? $"Bitte nennen Sie uns dafür noch: {titles}." : $"For this we still need from you: {titles}.";
        return text.Replace(TaxonomyLint.AskMissing, request, StringComparison.Ordinal);
    }

    private static string[] StepsWithoutIntent(string teamLanguage) => teamLanguage == "de"
        ? ["Anliegen ist unklar: Ticket lesen und von Hand einordnen", "Es gibt keinen Entwurf, weil keine Vorlage passt"]
        : ["The concern is unclear: read the ticket and sort it by hand", "There is no draft because no template fits"];

    private static string[] StepsOfSuspicion(string teamLanguage) => teamLanguage == "de"
        ? ["Ticket selbst lesen: es gibt der Software Anweisungen", "Es gibt keinen Entwurf, weil der Verdacht erst zu klären ist"]
        : ["Read the ticket yourself: it gives orders to software", "There is no draft because the suspicion has to be settled first"];

    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}]*(?:(?:\. |[ '’-])[\p{L}\p{M}]+)*\.?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();
}
