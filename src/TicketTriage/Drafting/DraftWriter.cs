using Microsoft.Extensions.Logging;
using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Drafting;

/// <summary>
/// Writes the reply that an agent begins from: by the model where passages of the team's knowledge support one, else from the taxonomy's
/// template, with those passages beside it. Where nothing supports an answer it says so, and hands over.
/// </summary>
/// <param name="model"><see langword="null"/> where none is configured.</param>
public sealed partial class DraftWriter(AnswerFinder answers, StyleGuides guides, ChatModel? model, ILogger<DraftWriter> logger)
{
    private const int MostOfPassage = 280;

    /// <summary>From then on articles on other products are no answer: whoever names two may need those on both.</summary>
    private const double SureOfProduct = 0.7;

    private readonly ModelDrafter? drafter = model is null ? null : new ModelDrafter(model);
    private readonly ConcernPhraser? phraser = model is null ? null : new ConcernPhraser(model);

    /// <inheritdoc cref="ReplyDrafter.Draft"/>
    public async Task<ReplyDraft> WriteAsync(
        CleanTicket ticket,
        TicketUnderstanding understanding,
        Taxonomy taxonomy,
        string teamLanguage,
        string? requesterName,
        CancellationToken cancellationToken)
    {
        var guide = await guides.FindCurrentAsync(cancellationToken);
        var question = new DraftQuestion(ticket, understanding, taxonomy, guide.Content, teamLanguage, requesterName);
        var frame = ReplyDrafter.Frame(question);
        var answer = frame is null && taxonomy.FindIntent(question.Intent) is not null
            ? KnowledgeAnswer.Nothing
            : await FindAnswerAsync(ticket, understanding, taxonomy, cancellationToken);
        var draft = new ReplyDraft(
            frame?.With(ReplyDrafter.WithoutConcern(frame.Body)) ?? "",
            frame?.Language ?? ReplyDrafter.LanguageOf(understanding, teamLanguage),
            frame is null ? [] : Cite(answer),
            ReplyDrafter.StepsFor(ticket, understanding, taxonomy, teamLanguage))
        {
            Support = answer.Support,
            StyleVersion = guide.Version,
        };

        // Words for somebody angry, or who asks for a person, rest on no article.
        if (frame is { Kind: ReplyKind.Answer or ReplyKind.Fixed } && PolicyConflicts.Find(question, answer.ForCustomers, frame.Language) is { } reason)
        {
            draft = draft with { Text = "", Blocked = reason };
        }
        else if (frame is not null)
        {
            draft = await FormulateAsync(question, frame, draft, answer, cancellationToken);
            if (draft.Origin == DraftOrigin.Template && StyleCheck.FindForbidden(frame.Body, guide.Content, question.Intent) is var (promise, wording))
            {
                draft = draft with { Text = "", Blocked = question.Words.ForbiddenInTemplate(wording, promise.Name) };
            }

            var stands = ReplyDrafter.FrameInLanguage(question, frame, draft.Language);
            draft = draft with { Remarks = [.. RemarksOnStyle(question, stands, draft), .. draft.Remarks] };
        }

        return draft with { HandOver = HandOverPacker.Pack(ticket, understanding, taxonomy, draft, teamLanguage) };
    }

    private async Task<KnowledgeAnswer> FindAnswerAsync(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var concern = understanding.OwnWords ?? understanding.Summary;
        var wish = new KnowledgeWish(understanding.Language.Known, ForCustomers: true)
        {
            Helpdesk = ticket.Id.Helpdesk,
            OtherProducts = OthersThan(understanding.Product, taxonomy),
        };
        return await answers.FindAsync($"{ticket.Subject}\n{concern}", wish, cancellationToken);
    }

    private static IReadOnlyList<string> OthersThan(Finding product, Taxonomy taxonomy) =>
        product.Known is { } about && product.Confidence >= SureOfProduct
            ? [.. taxonomy.Products.Select(one => one.Name).Where(name => name != about)]
            : [];

    private async Task<ReplyDraft> FormulateAsync(
        DraftQuestion question, ReplyFrame frame, ReplyDraft draft, KnowledgeAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return (frame.Kind, drafter, phraser) switch
            {
                (ReplyKind.Answer, { } writes, _) when answer.ForCustomers.Count > 0 =>
                    await AnswerAsync(writes, question, frame, draft, answer, cancellationToken),
                (ReplyKind.Upset, _, { } phrases) => await AcknowledgeAsync(phrases, question, frame, draft, cancellationToken),
                _ => draft,
            };
        }
        catch (ModelFailedException exception)
        {
            FromTemplate(question.Ticket.Id, exception.Message);
            return draft;
        }
    }

    private async Task<ReplyDraft> AnswerAsync(
        ModelDrafter writes, DraftQuestion question, ReplyFrame frame, ReplyDraft draft, KnowledgeAnswer answer,
        CancellationToken cancellationToken)
    {
        // A template has two languages; a model writes the customer's.
        var customers = ReplyDrafter.FrameInLanguage(question, frame, ReplyDrafter.LanguageOf(question.Understanding, question.TeamLanguage));
        var style = StyleForModel.Describe(question.Guide, customers.Language, question.Intent);
        var written = await writes.WriteAsync(question.Ticket, answer.ForCustomers, customers.Language, style, cancellationToken);
        var standing = await answers.FindStandingAsync(answer.ForCustomers, cancellationToken);
        return ModelReply.Join(question, customers, draft, written, answer.ForCustomers, standing);
    }

    private static async Task<ReplyDraft> AcknowledgeAsync(
        ConcernPhraser phrases, DraftQuestion question, ReplyFrame frame, ReplyDraft draft, CancellationToken cancellationToken)
    {
        var (sentence, removed) = await phrases.PhraseAsync(
            question.Ticket, frame.Language, question.Guide, question.Intent, cancellationToken);
        return sentence is not null && StyleCheck.RestoreTerms(sentence, question.Guide).Text is var said
            ? draft with
            {
                Text = frame.With(frame.Body.Replace(StyleGuideLint.Concern, said, StringComparison.Ordinal)),
                Remarks = [question.Words.OfModel(said)],
            }
            : removed is not null ? draft with { Remarks = [question.Words.Removed(removed)] }
            : draft;
    }

    private static IEnumerable<string> RemarksOnStyle(DraftQuestion question, ReplyFrame frame, ReplyDraft draft)
    {
        if (draft.Text.Length == 0)
        {
            yield break;
        }

        var customers = ReplyDrafter.LanguageOf(question.Understanding, question.TeamLanguage);
        if (draft.Language != customers)
        {
            yield return question.Words.OtherLanguage(customers, draft.Language);
        }

        if (!TaxonomyLint.Languages.Contains(frame.Language))
        {
            yield return question.Words.ForeignLanguage(frame.Language, isGreeted: question.Guide.Languages.ContainsKey(frame.Language));
        }

        if (StyleCheck.FindWrongAddress(draft.Text, frame.Language, question.Guide) is { Count: > 0 } wrong)
        {
            yield return question.Words.WrongAddress(wrong);
        }

        var words = StyleCheck.CountWords(draft.Text)
            - frame.Snippets.Append(frame.Greeting).Append(frame.Closing).Sum(StyleCheck.CountWords);
        if (words > question.Guide.MostWords)
        {
            yield return question.Words.TooLong(words, question.Guide.MostWords);
        }

        foreach (var snippet in question.Guide.SnippetsFor(question.Intent).Where(snippet => !snippet.Text.ContainsKey(frame.Language)))
        {
            yield return question.Words.SnippetMissing(snippet.Name, frame.Language);
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

    [LoggerMessage(LogLevel.Warning, "The draft for ticket {Ticket} is a template: {Reason}")]
    private partial void FromTemplate(TicketId ticket, string reason);
}

/// <summary>What a draft is written for.</summary>
/// <param name="TeamLanguage">ISO 639-1, for what agents read.</param>
/// <param name="RequesterName">As the helpdesk has it; <see langword="null"/> or no name for people: the greeting stands alone.</param>
internal sealed record DraftQuestion(
    CleanTicket Ticket, TicketUnderstanding Understanding, Taxonomy Taxonomy, StyleGuide Guide, string TeamLanguage, string? RequesterName)
{
    public string Intent => Understanding.Intent.Value;

    public DraftWords Words => DraftWords.Of(TeamLanguage);
}
