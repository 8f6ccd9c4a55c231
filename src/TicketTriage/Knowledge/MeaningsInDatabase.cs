using System.Globalization;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>
/// Has the database compare vectors, by its extension pgvector (https://github.com/pgvector/pgvector), so that no process keeps them in memory.
/// Only a database that has the extension can be asked.
/// </summary>
internal sealed class MeaningsInDatabase(NpgsqlDataSource database)
{
    /// <summary>As many coordinates an index takes at most; of half the precision, as many as <see cref="LongestHalved"/>.</summary>
    private const int LongestWhole = 2_000;

    private const int LongestHalved = 4_000;

    /// <summary>An index finds nearly all of the nearest, and more of them the wider it looks around.</summary>
    private const int LooksWiderBy = 4;

    /// <summary>What <see cref="ShelvedPassage.MayBeRead"/> says, of an article a.</summary>
    private const string Readable =
        """
        (a.audience = 'customers' or not $4) and (a.valid_from is null or a.valid_from <= $5) and (a.valid_until is null or a.valid_until > $5)
        and (a.product is null or not lower(a.product) = any($6))
        """;

    private static readonly TimeSpan MostBuilding = TimeSpan.FromHours(1);

    /// <returns>True where somebody has made the extension in this database.</returns>
    public async Task<bool> IsInstalledAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select to_regtype('vector') is not null and to_regtype('halfvec') is not null");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>
    /// Makes the index of a model's vectors where it is missing. Who doesn't own the table can't: the database then compares with all of them,
    /// and finds the same.
    /// </summary>
    public async Task IndexAsync(string model, CancellationToken cancellationToken)
    {
        foreach (var statement in await ListIndexesAsync(model, cancellationToken))
        {
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = (int)MostBuilding.TotalSeconds;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <param name="asked">The question's vector.</param>
    /// <returns>
    /// The ids of the nearest passages that may be read as wished, nearest first, among those whose vector has the same length.
    /// </returns>
    public async Task<IReadOnlyList<long>> RankAsync(
        string model, float[] asked, KnowledgeWish wish, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        // An index looks at those that are nearest, whoever may read them: where it comes back with too few, all that may be read are compared.
        var near = await RankAsync(model, asked, wish, now, most, isByIndex: true, cancellationToken);
        return near.Count == most ? near : await RankAsync(model, asked, wish, now, most, isByIndex: false, cancellationToken);
    }

    private async Task<IReadOnlyList<long>> RankAsync(
        string model, float[] asked, KnowledgeWish wish, DateTimeOffset now, int most, bool isByIndex, CancellationToken cancellationToken)
    {
        var length = asked.Length.ToString(CultureInfo.InvariantCulture);
        var type = $"{TypeOf(asked.Length)}({length})";
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('hnsw.ef_search', $1, true)")
        {
            Parameters = { Text((most * LooksWiderBy).ToString(CultureInfo.InvariantCulture)) },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            with readable as {(isByIndex ? "not materialized" : "materialized")} (
              select v.passage, v.vector
              from knowledge_vectors v
              join knowledge_passages p on p.id = v.passage
              join knowledge_articles a on a.source = p.source and a.key = p.article
              where v.model = $1 and cardinality(v.vector) = {length} and {Readable}
            )
            select passage from readable order by vector::{type} <#> $2::real[]::{type} limit $3
            """)
        {
            Parameters =
            {
                Text(model),
                new NpgsqlParameter<float[]> { TypedValue = asked },
                new NpgsqlParameter<int> { TypedValue = most },
                new NpgsqlParameter<bool> { TypedValue = wish.ForCustomers },
                Moment(now),
                new NpgsqlParameter<string[]> { TypedValue = [.. wish.OtherProducts.Select(product => product.ToLowerInvariant())] },
            },
        });
        var nearest = new List<long>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            nearest.Add(reader.GetInt64(0));
        }

        return nearest;
    }

    private async Task<IReadOnlyList<string>> ListIndexesAsync(string model, CancellationToken cancellationToken)
    {
        // The database quotes the name. An index is of one model and one length: a vector of another length would not go in.
        await using var command = database.CreateCommand(
            $"""
            select format(
              'create index if not exists %I on knowledge_vectors using hnsw ((vector::%s(%s)) %s_ip_ops) where model = %L and cardinality(vector) = %s',
              'knowledge_vectors_near_' || left(md5(model), 8) || '_' || length, kind, length, kind, model, length)
            from (
              select distinct model, cardinality(vector) as length,
                     case when cardinality(vector) <= {LongestWhole} then 'vector' else 'halfvec' end as kind
              from knowledge_vectors where model = $1) kept
            where length between 1 and {LongestHalved}
              and pg_has_role((select relowner from pg_class where oid = 'knowledge_vectors'::regclass), 'usage')
            """);
        command.Parameters.Add(Text(model));
        var statements = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            statements.Add(reader.GetString(0));
        }

        return statements;
    }

    private static string TypeOf(int dimensions) => dimensions is > LongestWhole and <= LongestHalved ? "halfvec" : "vector";
}
