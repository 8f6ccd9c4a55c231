using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Finds what is old or contradicts itself in the team's knowledge.</summary>
public sealed class StaleKnowledge(KnowledgeReview review)
{
    public async Task<StaleReport> FindAsync(CancellationToken cancellationToken)
    {
        var passages = await review.ListValidAsync(cancellationToken);
        return new StaleReport(await review.ListOverdueAsync(cancellationToken), [.. Contradictions.In(passages), .. Contradictions.BetweenTranslations(passages)]);
    }
}

/// <summary>What owners should look at.</summary>
public sealed record StaleReport(IReadOnlyList<OverdueArticle> Overdue, IReadOnlyList<Contradiction> Contradictions);
