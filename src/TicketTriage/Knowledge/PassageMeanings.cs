using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Models;
using TicketTriage.Reading;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>
/// Passages as vectors of the configured model, the third witness of a search: it sees that two texts mean the same in other words, or in
/// another language. They are kept for each passage with the model's name, and compared by the database where it has pgvector, in memory where
/// it hasn't; where the model is away, or none is configured, the search goes without.
/// </summary>
/// <param name="model"><see langword="null"/> where none is configured.</param>
public sealed partial class PassageMeanings(
    NpgsqlDataSource database, EmbeddingModel? model, TimeProvider clock, ILogger<PassageMeanings> logger) : IDisposable
{
    private const int Batch = 64;
    private const int MostQuestionCharacters = 2_000;

    /// <summary>A search waits no longer: the other witnesses have spoken long since.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly MeaningsInDatabase inDatabase = new(database);
    private readonly MeaningsInMemory inMemory = new(database);
    private Place place = new(-1, HasAny: false, IsInDatabase: false);

    /// <summary>Makes the vectors that are missing. What fails is made at the next time.</summary>
    /// <returns>How many were made.</returns>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        try
        {
            while (model is not null && await ListMissingAsync(model.Name, cancellationToken) is { Count: > 0 } missing)
            {
                var vectors = await model.EmbedAsync([.. missing.Select(passage => passage.Text)], cancellationToken);
                made += await KeepAsync(model.Name, [.. missing.Select(passage => passage.Id)], vectors, cancellationToken);
            }

            if (model is not null && await inDatabase.IsInstalledAsync(cancellationToken))
            {
                await inDatabase.IndexAsync(model.Name, cancellationToken);
            }
        }
        catch (ModelFailedException exception)
        {
            Incomplete(model?.Name ?? "", exception.Message);
        }

        return made;
    }

    /// <param name="question">Redacted.</param>
    /// <param name="helpdesk">Whose tokens the question costs; <see langword="null"/> for nobody's.</param>
    /// <param name="version">Of the knowledge: vectors of another are read anew.</param>
    /// <returns>What the model makes of a question, asked once for all searches; <see langword="null"/> where it can't be asked.</returns>
    internal async Task<AskedMeaning?> AskAsync(string question, string? helpdesk, long version, CancellationToken cancellationToken) =>
        model is not null && await FindPlaceAsync(model.Name, version, cancellationToken) is { HasAny: true } found
        && await TryEmbedAsync(model, question, helpdesk, cancellationToken) is { } vector
            ? new AskedMeaning(model.Name, vector, version, found.IsInDatabase)
            : null;

    /// <param name="mayBeRead">Told the id of a passage, whether it may be read as wished now.</param>
    /// <returns>The ids of the nearest passages among those that may be read, nearest first.</returns>
    internal Task<IReadOnlyList<long>> RankAsync(
        AskedMeaning asked, KnowledgeWish wish, DateTimeOffset now, Func<long, bool> mayBeRead, int most, CancellationToken cancellationToken) =>
        asked.IsInDatabase
            ? inDatabase.RankAsync(asked.Model, asked.Vector, wish, now, most, cancellationToken)
            : inMemory.RankAsync(asked.Model, asked.Vector, asked.Version, mayBeRead, most, cancellationToken);

    public void Dispose() => inMemory.Dispose();

    private async Task<float[]?> TryEmbedAsync(
        EmbeddingModel asked, string question, string? helpdesk, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var alarm = clock.CreateTimer(_ => patience.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await asked.EmbedAsync(new Redactor().Redact(PlainText.Cut(question, MostQuestionCharacters)), helpdesk, patience.Token);
        }
        catch (ModelFailedException exception)
        {
            NotAsked(asked.Name, exception.Message);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotAsked(asked.Name, "It took too long.");
            return null;
        }
    }

    private async Task<Place> FindPlaceAsync(string name, long version, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref place) is { } known && known.Version == version)
        {
            return known;
        }

        await using var command = database.CreateCommand("select exists (select from knowledge_vectors where model = $1)");
        command.Parameters.Add(Text(name));
        var hasAny = await command.ExecuteScalarAsync(cancellationToken) is true;
        var found = new Place(version, hasAny, await inDatabase.IsInstalledAsync(cancellationToken));
        Volatile.Write(ref place, found);
        return found;
    }

    private async Task<IReadOnlyList<(long Id, string Text)>> ListMissingAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.id, concat_ws(E'\n', a.title, p.heading, p.text)
            from knowledge_passages p
            join knowledge_articles a on a.source = p.source and a.key = p.article
            where not exists (select from knowledge_vectors v where v.passage = p.id and v.model = $1)
            order by p.id
            limit $2
            """);
        command.Parameters.Add(Text(name));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        var missing = new List<(long Id, string Text)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            missing.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return missing;
    }

    // A passage may be gone by the time that its vector comes.
    private async Task<int> KeepAsync(string name, long[] ids, IReadOnlyList<float[]> vectors, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        foreach (var (id, vector) in ids.Zip(vectors))
        {
            var command = new NpgsqlBatchCommand(
                """
                insert into knowledge_vectors (passage, model, vector)
                select id, $2, $3 from knowledge_passages where id = $1
                on conflict do nothing
                """);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
            command.Parameters.Add(Text(name));
            command.Parameters.Add(new NpgsqlParameter<float[]> { TypedValue = vector });
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Place(long Version, bool HasAny, bool IsInDatabase);

    [LoggerMessage(LogLevel.Warning, "The embedding model {Model} has not seen all passages; they are found by words until the next time: {Reason}")]
    private partial void Incomplete(string model, string reason);

    [LoggerMessage(LogLevel.Warning, "The embedding model {Model} was not heard in a search: {Reason}")]
    private partial void NotAsked(string model, string reason);
}

/// <summary>A question, as a model sees it.</summary>
/// <param name="Version">Of the knowledge that it is compared with.</param>
/// <param name="IsInDatabase">The database compares vectors itself.</param>
internal sealed record AskedMeaning(string Model, float[] Vector, long Version, bool IsInDatabase);
