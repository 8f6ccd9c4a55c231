using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>What the team's knowledge consists of, for people to look through.</summary>
public sealed class KnowledgeOverview(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<SourceState>> ListSourcesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(s.source, a.source), coalesce(a.articles, 0), coalesce(a.stale, 0), s.read_at, coalesce(s.read_at < now() - interval '1 hour', true)
            from knowledge_sources s
            full join (
                select source, count(*) as articles,
                       count(*) filter (where valid_until <= now() or review_at <= now()) as stale
                from knowledge_articles group by source) a using (source)
            order by 1
            """);
        var sources = new List<SourceState>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sources.Add(new SourceState(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken))
            {
                IsLate = reader.GetBoolean(4),
            });
        }

        return sources;
    }

    /// <summary>Articles by title; those that somebody should look at come first.</summary>
    /// <param name="words">A part of the title, in any case; <see langword="null"/> for all.</param>
    public async Task<IReadOnlyList<ArticleLine>> ListArticlesAsync(
        string? source, string? words, bool onlyStale, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select source, key, title, language, audience, coalesce(owner, ''), coalesce(address, ''), updated_at, review_at, valid_until,
                   coalesce(valid_until <= now() or review_at <= now(), false) as stale
            from knowledge_articles
            where ($1::text is null or source = $1) and ($2::text is null or strpos(lower(title), lower($2)) > 0)
              and (not $3 or valid_until <= now() or review_at <= now())
            order by stale desc, title, source, key limit $4
            """);
        command.Parameters.Add(Text(source));
        command.Parameters.Add(Text(words));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = onlyStale });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var articles = new List<ArticleLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            articles.Add(new ArticleLine
            {
                Source = reader.GetString(0),
                Key = reader.GetString(1),
                Title = reader.GetString(2),
                Language = reader.GetString(3),
                Audience = reader.GetString(4),
                Owner = reader.GetString(5),
                Address = Uri.TryCreate(reader.GetString(6), UriKind.Absolute, out var address) ? address : null,
                UpdatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(7, cancellationToken),
                IsStale = reader.GetBoolean(10),
            });
        }

        return articles;
    }
}

/// <param name="Stale">Articles that are no longer true, or that their owner wanted to look at again by now.</param>
/// <param name="ReadAt">When it was last read; <see langword="null"/> where never to the end.</param>
public sealed record SourceState(string Source, long Articles, long Stale, DateTimeOffset? ReadAt)
{
    /// <summary>Not read for an hour, though it should be every quarter: what is kept of it may be old.</summary>
    public bool IsLate { get; init; }
}

/// <summary>An article in the list.</summary>
public sealed record ArticleLine
{
    public required string Source { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string Language { get; init; }

    /// <summary><c>customers</c> or <c>agents</c>.</summary>
    public required string Audience { get; init; }

    public string Owner { get; init; } = "";

    public Uri? Address { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IsStale { get; init; }
}
