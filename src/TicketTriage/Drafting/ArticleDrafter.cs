using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;
using TicketTriage.Models;

namespace TicketTriage.Drafting;

/// <summary>Brings together what there is to write a missing article from, and has a model phrase a beginning of it.</summary>
/// <param name="model"><see langword="null"/> where none is configured.</param>
public sealed class ArticleDrafter(KnowledgeSearch search, StyleGuides guides, ChatModel? model)
{
    private const int MostPassages = 4;

    private readonly ModelDrafter? drafter = model is null ? null : new ModelDrafter(model);

    public bool HasModel => drafter is not null;

    /// <returns>Passages that share a word with the question, though too little to answer from; those for customers first.</returns>
    public async Task<GapMaterial> GatherAsync(KnowledgeGap gap, IReadOnlyList<GivenAnswer> answers, CancellationToken cancellationToken)
    {
        var wish = new KnowledgeWish(gap.Language.Length == 2 ? gap.Language : null, ForCustomers: true)
        {
            Helpdesk = gap.Questions[0].Ticket.Helpdesk,
        };
        var near = await search.FindForAnswerAsync(gap.Questions[0].Text, wish, MostPassages, cancellationToken);
        return new GapMaterial(answers, [.. near.Where(found => found.Cover > 0).Select(found => found.Passage)]);
    }

    /// <summary>
    /// Has the model phrase an answer from the passages that customers may read, and from nothing else: what agents wrote to a customer, or
    /// have for themselves, it isn't shown. Each sentence is held against its passage and the style guide as those of replies are: an article
    /// with a promise that the guide forbids would block every draft.
    /// </summary>
    /// <returns>Nothing phrased where there is no model, no such passage, or nothing that may stand.</returns>
    /// <exception cref="ModelFailedException">No answer that can be read.</exception>
    public async Task<PhrasedMaterial> PhraseAsync(KnowledgeGap gap, GapMaterial material, CancellationToken cancellationToken)
    {
        var open = material.Passages.TakeWhile(passage => passage.Audience == KnowledgeAudience.Customers).ToList();
        if (drafter is null || open.Count == 0)
        {
            return new PhrasedMaterial(material, []);
        }

        var draft = await drafter.WriteArticleAsync(gap, open, gap.Language.Length == 2 ? gap.Language : "en", cancellationToken);
        var standing = await search.FindStandingAsync(open, new KnowledgeWish(null, ForCustomers: true), cancellationToken);
        var guide = (await guides.FindCurrentAsync(cancellationToken)).Content;
        bool Stands((string Text, int Source) sentence) =>
            standing.Contains(open[sentence.Source - 1].Id) && StyleCheck.FindForbidden(sentence.Text, guide, gap.Intent) is null;
        var gone = draft.Sentences.Where(sentence => !Stands(sentence))
            .Select(sentence => StyleCheck.FindForbidden(sentence.Text, guide, gap.Intent) is var (promise, wording)
                ? new RemovedSentence(sentence.Text, RemovalReason.AgainstStyle, [new Fact(FactKind.Promise, promise.Name, wording)])
                : new RemovedSentence(sentence.Text, RemovalReason.SourceGone, []));
        return new PhrasedMaterial(
            material with
            {
                Phrased =
                [
                    .. draft.Sentences.Where(Stands).Select(sentence => new PhrasedSentence(
                        sentence.Text, sentence.Source, draft.Doubtful.Contains(sentence.Text))),
                ],
                Model = draft.Model,
            },
            [.. draft.Removed, .. gone]);
    }
}

/// <summary>What a model made of the material.</summary>
/// <param name="Removed">Sentences that may not stand, and why.</param>
public sealed record PhrasedMaterial(GapMaterial Material, IReadOnlyList<RemovedSentence> Removed);
