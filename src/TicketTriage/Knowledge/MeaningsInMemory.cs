using System.Numerics.Tensors;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>Compares vectors in memory: all of one model, read anew when the knowledge has changed.</summary>
internal sealed class MeaningsInMemory(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private Copy copy = new(-1, 0, [], []);

    /// <param name="asked">The question's vector.</param>
    /// <param name="version">Of the knowledge: vectors of another are read anew.</param>
    /// <param name="mayBeRead">Told the id of a passage, whether it may be among them.</param>
    /// <returns>The ids of the nearest passages that may be read, nearest first; empty where the vectors kept are of another length.</returns>
    public async Task<IReadOnlyList<long>> RankAsync(
        string model, float[] asked, long version, Func<long, bool> mayBeRead, int most, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(model, version, cancellationToken);
        if (kept.Dimensions != asked.Length)
        {
            return [];
        }

        var nearest = new PriorityQueue<long, float>();
        for (var place = 0; place < kept.Ids.Length; place++)
        {
            var likeness = TensorPrimitives.Dot<float>(asked, kept.Vectors.AsSpan(place * kept.Dimensions, kept.Dimensions));
            if (nearest.Count == most && nearest.TryPeek(out _, out var least) && likeness <= least)
            {
                continue;
            }

            // Before the places are given away: a crowd that may not be read would take all of them.
            if (mayBeRead(kept.Ids[place]))
            {
                nearest.Enqueue(kept.Ids[place], likeness);
                if (nearest.Count > most)
                {
                    nearest.Dequeue();
                }
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).Select(item => item.Element)];
    }

    public void Dispose() => gate.Dispose();

    private async Task<Copy> ReadAsync(string model, long version, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref copy) is { } fresh && fresh.Version == version)
        {
            return fresh;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (copy.Version != version)
            {
                Volatile.Write(ref copy, await LoadAsync(model, version, cancellationToken));
            }

            return copy;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Copy> LoadAsync(string model, long version, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var vectors = new List<float[]>();
        await using var command = database.CreateCommand("select passage, vector from knowledge_vectors where model = $1 order by passage");
        command.Parameters.Add(Text(model));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var vector = await reader.GetFieldValueAsync<float[]>(1, cancellationToken);

            // A model that was renamed to an old name may give another length.
            if (vectors.Count == 0 || vector.Length == vectors[0].Length)
            {
                ids.Add(reader.GetInt64(0));
                vectors.Add(vector);
            }
        }

        return new Copy(version, vectors.Count == 0 ? 0 : vectors[0].Length, [.. ids], [.. vectors.SelectMany(vector => vector)]);
    }

    private sealed record Copy(long Version, int Dimensions, long[] Ids, float[] Vectors);
}
