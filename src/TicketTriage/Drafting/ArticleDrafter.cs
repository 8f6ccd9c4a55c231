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
        var phrased = new List<PhrasedSentence>();
        var removed = new List<RemovedSentence>(draft.Removed);
        foreach (var (text, source) in draft.Sentences)
        {
            if (StyleCheck.FindForbidden(text, guide, gap.Intent) is var (promise, wording))
            {
                removed.Add(new RemovedSentence(text, RemovalReason.AgainstStyle, [new Fact(FactKind.Promise, promise.Name, wording)]));
            }
            else if (!standing.Contains(open[source - 1].Id))
            {
                removed.Add(new RemovedSentence(text, RemovalReason.SourceGone, []));
            }
            else
            {
                phrased.Add(new PhrasedSentence(text, source, draft.Doubtful.Contains(text)));
            }
        }

        return new PhrasedMaterial(material with { Phrased = phrased, Model = draft.Model }, removed);
    }
}

/// <summary>What a model made of the material.</summary>
/// <param name="Removed">Sentences that may not stand, and why.</param>
public sealed record PhrasedMaterial(GapMaterial Material, IReadOnlyList<RemovedSentence> Removed);
