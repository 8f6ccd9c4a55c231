using System.Numerics.Tensors;
using Npgsql;

namespace TicketTriage.Knowledge;

/// <summary>
/// All passages as vectors in memory: 2 kB each, so that 20,000 take 40 MB. Looks every few seconds whether the knowledge has changed and
/// then reads it anew, beside whoever searches.
/// </summary>
public sealed class PassageShelf(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private Copy? copy;
    private bool? forgivesTypingErrors;

    /// <param name="most">How many at most.</param>
    /// <returns>The nearest passages with the cosine of their vectors, nearest first; none with a cosine of 0 or less.</returns>
    internal async Task<IReadOnlyList<(long Id, float Likeness)>> RankAsync(string text, int most, CancellationToken cancellationToken)
    {
        var (ids, vectors, space) = await ReadAsync(cancellationToken);
        var asked = new float[PassageVector.Dimensions];
        space.Write(text, asked);
        var nearest = new PriorityQueue<long, float>();
        for (var place = 0; place < ids.Length; place++)
        {
            var likeness = TensorPrimitives.Dot<float>(asked, vectors.AsSpan(place * PassageVector.Dimensions, PassageVector.Dimensions));
            if (likeness > 0)
            {
                nearest.Enqueue(ids[place], likeness);
                if (nearest.Count > most)
                {
                    nearest.Dequeue();
                }
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element)];
    }

    /// <returns>Which state of the knowledge this process sees.</returns>
    internal async Task<long> FindSeenVersionAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Version;

    internal async Task<int> CountAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Ids.Length;

    /// <returns>True where no passage is kept.</returns>
    internal async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => await CountAsync(cancellationToken) == 0;

    /// <returns>True where the database can tell how alike two words are spelt.</returns>
    internal async Task<bool> ForgivesTypingErrorsAsync(CancellationToken cancellationToken)
    {
        if (forgivesTypingErrors is { } known)
        {
            return known;
        }

        await using var command = database.CreateCommand("select to_regproc('similarity') is not null");
        forgivesTypingErrors = await command.ExecuteScalarAsync(cancellationToken) is true;
        return forgivesTypingErrors.Value;
    }

    public void Dispose() => gate.Dispose();

    private async Task<Copy> ReadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref copy) is { } fresh && clock.GetElapsedTime(fresh.SeenAt) < Trust)
        {
            return fresh;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (copy is { } other && clock.GetElapsedTime(other.SeenAt) < Trust)
            {
                return other;
            }

            var seenAt = clock.GetTimestamp();
            var version = await FindVersionAsync(cancellationToken);
            var now = copy is { } old && old.Version == version
                ? old with { SeenAt = seenAt }
                : await LoadAsync(version, seenAt, cancellationToken);
            Volatile.Write(ref copy, now);
            return now;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<long> FindVersionAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select version from knowledge_version");
        return await command.ExecuteScalarAsync(cancellationToken) is long version ? version : 0;
    }

    private async Task<Copy> LoadAsync(long version, long seenAt, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var texts = new List<string>();
        await using var command = database.CreateCommand(
            """
            select p.id, a.title || ' ' || p.heading || ' ' || p.text
            from knowledge_passages p join knowledge_articles a on a.source = p.source and a.key = p.article
            order by p.id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt64(0));
            texts.Add(reader.GetString(1));
        }

        var space = PassageVector.Learn(texts);
        var vectors = new float[texts.Count * PassageVector.Dimensions];
        foreach (var (place, text) in texts.Index())
        {
            space.Write(text, vectors.AsSpan(place * PassageVector.Dimensions, PassageVector.Dimensions));
        }

        return new Copy(version, seenAt, [.. ids], vectors, space);
    }

    private sealed record Copy(long Version, long SeenAt, long[] Ids, float[] Vectors, PassageVector Space)
    {
        public void Deconstruct(out long[] ids, out float[] vectors, out PassageVector space) => (ids, vectors, space) = (Ids, Vectors, Space);
    }
}
