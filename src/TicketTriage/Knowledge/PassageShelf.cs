using Npgsql;

namespace TicketTriage.Knowledge;

/// <summary>
/// All passages in memory, as words and as points. Looks every few seconds whether the knowledge has changed; one of the searches then reads
/// it anew, while the others go on with what was there.
/// </summary>
public sealed class PassageShelf(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private Seen? seen;

    /// <returns>What is kept, as it was a few seconds ago at most; longer ago while a change of it is being read.</returns>
    internal async Task<ShelfCopy> ReadAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref seen);
        if (last is not null && IsFresh(last))
        {
            return last.Copy;
        }

        if (last is null)
        {
            await gate.WaitAsync(cancellationToken);
        }
        else if (!await gate.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return last.Copy;
        }

        try
        {
            if (seen is { } other && IsFresh(other))
            {
                return other.Copy;
            }

            var at = clock.GetTimestamp();
            var version = await FindVersionAsync(cancellationToken);
            var copy = seen is { } old && old.Copy.Version == version ? old.Copy : await LoadAsync(version, cancellationToken);
            Volatile.Write(ref seen, new Seen(copy, at));
            return copy;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private bool IsFresh(Seen one) => clock.GetElapsedTime(one.At) < Trust;

    private async Task<long> FindVersionAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select version from knowledge_version");
        return await command.ExecuteScalarAsync(cancellationToken) is long version ? version : 0;
    }

    private async Task<ShelfCopy> LoadAsync(long version, CancellationToken cancellationToken)
    {
        // One string for each word, however many passages have it.
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var passages = new List<ShelvedPassage>();
        var texts = new List<(long Id, string Text)>();
        await using var command = database.CreateCommand(
            """
            select p.id, a.title || ' ' || p.heading || ' ' || p.text, tsvector_to_array(p.words), tsvector_to_array(ts_filter(p.words, '{a}')),
                   a.audience = 'customers', a.valid_from, a.valid_until, a.product
            from knowledge_passages p join knowledge_articles a on a.source = p.source and a.key = p.article
            order by p.id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt64(0);
            texts.Add((id, reader.GetString(1)));
            passages.Add(new ShelvedPassage(
                id, await WordsAsync(2), await WordsAsync(3), reader.GetBoolean(4), await MomentAsync(5), await MomentAsync(6),
                reader[7] as string));
        }

        return new ShelfCopy(version, passages, new WordIndex(passages), new PassagePoints(texts));

        async Task<string[]> WordsAsync(int column)
        {
            var own = await reader.GetFieldValueAsync<string[]>(column, cancellationToken);
            for (var place = 0; place < own.Length; place++)
            {
                if (!words.TryAdd(own[place], own[place]))
                {
                    own[place] = words[own[place]];
                }
            }

            return own;
        }

        async Task<DateTimeOffset?> MomentAsync(int column) =>
            await reader.IsDBNullAsync(column, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(column, cancellationToken);
    }

    private sealed record Seen(ShelfCopy Copy, long At);
}

/// <summary>What a search compares of all passages.</summary>
/// <param name="Version">The state of the knowledge.</param>
/// <param name="Passages">In the order of their ids.</param>
internal sealed record ShelfCopy(long Version, IReadOnlyList<ShelvedPassage> Passages, WordIndex Words, PassagePoints Points)
{
    private readonly Dictionary<long, ShelvedPassage> byId = Passages.ToDictionary(passage => passage.Id);

    public int Count => Passages.Count;

    /// <returns>False too for a passage that came after this copy was made.</returns>
    public bool MayBeRead(long id, KnowledgeWish wish, DateTimeOffset now) => byId.TryGetValue(id, out var found) && found.MayBeRead(wish, now);
}
