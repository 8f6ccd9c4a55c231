using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Finds what is old or contradicts itself in the team's knowledge.</summary>
public sealed class StaleKnowledge(KnowledgeReview review)
{
    public async Task<StaleReport> FindAsync(CancellationToken cancellationToken)
    {
        var passages = await review.ListValidAsync(cancellationToken);
        var products = passages.DistinctBy(passage => (passage.Passage.Source, passage.Passage.Article))
            .ToDictionary(passage => (passage.Passage.Source, passage.Passage.Article), passage => passage.Product);
        return new StaleReport(
            await review.ListOverdueAsync(cancellationToken),
            [.. Contradictions.In([.. passages.Select(passage => passage.Passage)]).Where(pair => MayBeAlike(ProductOf(pair.One), ProductOf(pair.Other)))]);

        string? ProductOf(Passage passage) => products.GetValueOrDefault((passage.Source, passage.Article));
    }

    // Two products may have two prices.
    private static bool MayBeAlike(string? one, string? other) => one is null || other is null || one == other;
}

/// <summary>What owners should look at.</summary>
public sealed record StaleReport(IReadOnlyList<OverdueArticle> Overdue, IReadOnlyList<Contradiction> Contradictions);
