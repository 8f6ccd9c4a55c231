using Microsoft.Extensions.Options;

namespace TicketTriage.Knowledge;

/// <summary>Finds what the team's knowledge says of a ticket, and whether that is enough to answer from.</summary>
public sealed class AnswerFinder(KnowledgeSearch search, IOptions<KnowledgeOptions> options)
{
    private const int MostPassages = 4;

    /// <param name="question">The concern, redacted: the subject and what the ticket says in short.</param>
    /// <param name="wish">Of the customer's; what is for agents is looked for beside it.</param>
    public async Task<KnowledgeAnswer> FindAsync(string question, KnowledgeWish wish, CancellationToken cancellationToken)
    {
        var found = await search.FindForAnswerAsync(question, wish, MostPassages * 2, cancellationToken);
        if (found.Count == 0 && await search.IsEmptyAsync(cancellationToken))
        {
            return KnowledgeAnswer.Nothing;
        }

        var near = found
            .Where(passage => passage.Support >= options.Value.LeastSupport && passage.Cover >= options.Value.LeastCover)
            .ToList();
        return new KnowledgeAnswer(PassagesFor(KnowledgeAudience.Customers), PassagesFor(KnowledgeAudience.Agents))
        {
            Support = near.Count == 0 ? KnowledgeSupport.Nothing : KnowledgeSupport.Found,
        };

        IReadOnlyList<Passage> PassagesFor(KnowledgeAudience audience) =>
            [.. near.Select(passage => passage.Passage).Where(passage => passage.Audience == audience).Take(MostPassages)];
    }

    /// <returns>
    /// The ids of those passages that may still be quoted to customers as they were found: none whose article was deleted, changed,
    /// withdrawn or ran out since.
    /// </returns>
    public Task<IReadOnlySet<long>> FindStandingAsync(IReadOnlyList<Passage> passages, CancellationToken cancellationToken) =>
        search.FindStandingAsync(passages, new KnowledgeWish(null, ForCustomers: true), cancellationToken);
}

/// <summary>What the knowledge says.</summary>
/// <param name="ForCustomers">Passages that may be quoted to customers, nearest first; empty where nothing supports an answer.</param>
/// <param name="ForAgents">Passages that only agents may read.</param>
public sealed record KnowledgeAnswer(IReadOnlyList<Passage> ForCustomers, IReadOnlyList<Passage> ForAgents)
{
    /// <summary>Where there is no knowledge to look in.</summary>
    public static KnowledgeAnswer Nothing { get; } = new([], []);

    public KnowledgeSupport Support { get; init; }
}

/// <summary>What a search in the knowledge came to.</summary>
public enum KnowledgeSupport
{
    /// <summary>The team keeps no knowledge here, or it was not searched.</summary>
    NotSearched = 0,

    /// <summary>There is knowledge, and nothing of it answers.</summary>
    Nothing,

    /// <summary>Passages answer, or help the agent to.</summary>
    Found,
}
