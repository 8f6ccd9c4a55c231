namespace TicketTriage.Knowledge;

/// <summary>A place where the team keeps what it knows.</summary>
public interface IKnowledgeSource
{
    /// <summary>Names the source in passages and faults; two sources never share one.</summary>
    string Name { get; }

    /// <summary>
    /// Reads what is there. With a moment given, a source that knows what has changed since reads only that; a source that doesn't reads
    /// everything.
    /// </summary>
    /// <exception cref="KnowledgeAwayException">The source can't be read now; nothing of it is forgotten.</exception>
    Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken);
}

/// <summary>What a source had.</summary>
/// <param name="Articles">With those that are published no more: their audience is <see cref="KnowledgeAudience.Nobody"/>.</param>
/// <param name="IsWhole">What isn't among them is gone.</param>
/// <param name="Faults">A sentence for each piece that could not be read: where it is, and what to do.</param>
public sealed record KnowledgeReading(IReadOnlyList<KnowledgeArticle> Articles, bool IsWhole, IReadOnlyList<string> Faults)
{
    /// <summary>Having nothing at all may be a fault of the source: what was kept of it stays.</summary>
    public bool MayLackAll { get; init; }
}

/// <summary>A source can't be read now.</summary>
public sealed class KnowledgeAwayException(string message, Exception? innerException = null) : Exception(message, innerException);
