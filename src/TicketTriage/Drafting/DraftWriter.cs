using Microsoft.Extensions.Logging;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Drafting;

/// <summary>
/// Writes the reply that an agent begins from: by the model where passages of the team's knowledge support one, else from the taxonomy's
/// template, with those passages beside it. Where nothing supports an answer it says so.
/// </summary>
/// <param name="model"><see langword="null"/> where none is configured.</param>
public sealed partial class DraftWriter(AnswerFinder answers, ModelDrafter? model, ILogger<DraftWriter> logger)
{
    private const int MostOfPassage = 280;

    /// <inheritdoc cref="ReplyDrafter.Draft"/>
    public async Task<ReplyDraft> WriteAsync(
        CleanTicket ticket,
        TicketUnderstanding understanding,
        Taxonomy taxonomy,
        string teamLanguage,
        string? requesterName,
        CancellationToken cancellationToken)
    {
        var template = ReplyDrafter.Draft(ticket, understanding, taxonomy, teamLanguage, requesterName);
        if (template.Text.Length == 0)
        {
            return template;
        }

        var language = understanding.Language.Value == Finding.Unclear ? null : understanding.Language.Value;
        var answer = await answers.FindAsync($"{ticket.Subject}\n{understanding.Summary}", language, cancellationToken);
        var grounded = template with { Citations = Cite(answer) };
        return MayBeAnswered(understanding) && await AskAsync(ticket, answer, template.Language, cancellationToken) is { } written
            ? Join(grounded, written, answer, teamLanguage)
            : grounded;
    }

    /// <summary>Whoever is angry, threatens with the law or asks for a person gets words that a person has chosen.</summary>
    private static bool MayBeAnswered(TicketUnderstanding understanding) => !understanding.Signals.Any(signal =>
        signal is UrgencySignals.WantsPerson or UrgencySignals.Legal or UrgencySignals.Fraud or UrgencySignals.Security or UrgencySignals.Frustration);

    private async Task<ModelDraft?> AskAsync(CleanTicket ticket, KnowledgeAnswer answer, string language, CancellationToken cancellationToken)
    {
        if (model is null || answer.ForCustomers.Count == 0)
        {
            return null;
        }

        try
        {
            return await model.WriteAsync(ticket, answer.ForCustomers, language, style: "", cancellationToken);
        }
        catch (ModelFailedException exception)
        {
            FromTemplate(ticket.Id, exception.Message);
            return null;
        }
    }

    private static Citation[] Cite(KnowledgeAnswer answer) =>
    [
        .. answer.ForCustomers.Concat(answer.ForAgents).Select((passage, place) => new Citation(
            place + 1,
            passage.Heading.Length == 0 || passage.Heading == passage.Title ? passage.Title : $"{passage.Title} — {passage.Heading}",
            passage.Address?.ToString(),
            PlainText.OneLine(passage.Text, MostOfPassage),
            passage.Audience == KnowledgeAudience.Agents)),
    ];

    /// <summary>The template's first and last paragraph are greeting and closing; the model's sentences stand in their midst.</summary>
    private static ReplyDraft Join(ReplyDraft template, ModelDraft written, KnowledgeAnswer answer, string teamLanguage)
    {
        var paragraphs = template.Text.Split("\n\n");
        var body = string.Join(' ', written.Sentences.Select(sentence => sentence.Source == 0 ? sentence.Text : $"{sentence.Text} [{sentence.Source}]"));
        var cited = written.Sentences.Select(sentence => sentence.Source).ToHashSet();
        return template with
        {
            Text = $"{paragraphs[0]}\n\n{body}\n\n{paragraphs[^1]}",
            Origin = DraftOrigin.Model,
            Citations = [.. template.Citations.Where(citation => cited.Contains(citation.Number) || citation.Number > answer.ForCustomers.Count)],
            Remarks = [.. written.Removed.Select(removed => Remark(removed, teamLanguage))],
        };
    }

    private static string Remark(RemovedSentence removed, string teamLanguage)
    {
        var what = string.Join(", ", removed.Unsupported.Select(fact => fact.Wording).Distinct());
        return teamLanguage == "de"
            ? $"Herausgenommen, weil {what} in keiner Quelle steht: {removed.Text}"
            : $"Taken out because no source has {what}: {removed.Text}";
    }

    [LoggerMessage(LogLevel.Warning, "The draft for ticket {Ticket} is a template: {Reason}")]
    private partial void FromTemplate(TicketId ticket, string reason);
}
