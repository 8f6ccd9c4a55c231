using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>What owners should look at in what is kept.</summary>
public sealed class KnowledgeReview(NpgsqlDataSource database, TimeProvider clock)
{
    /// <returns>Articles past their review date, or past the day until which they are true; the longest overdue first.</returns>
    public async Task<IReadOnlyList<OverdueArticle>> ListOverdueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select source, key, title, owner, address, review_at, valid_until
            from knowledge_articles
            where least(review_at, valid_until) <= $1
            order by least(review_at, valid_until), source, key
            """);
        command.Parameters.Add(Moment(clock.GetUtcNow()));
        var overdue = new List<OverdueArticle>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            overdue.Add(new OverdueArticle(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader[3] as string,
                Uri.TryCreate(reader[4] as string, UriKind.Absolute, out var address) ? address : null,
                await MomentAsync(reader, 5, cancellationToken), await MomentAsync(reader, 6, cancellationToken)));
        }

        return overdue;
    }

    /// <returns>All passages that hold today.</returns>
    public async Task<IReadOnlyList<Passage>> ListValidAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.id, p.source, p.article, a.title, p.heading, p.text, a.language, a.audience, a.address, a.product
            from knowledge_passages p
            join knowledge_articles a on a.source = p.source and a.key = p.article
            where (a.valid_from is null or a.valid_from <= $1) and (a.valid_until is null or a.valid_until > $1)
            order by p.id
            """);
        command.Parameters.Add(Moment(clock.GetUtcNow()));
        var passages = new List<Passage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            passages.Add(KnowledgeSearch.Read(reader));
        }

        return passages;
    }

    private static async Task<DateTimeOffset?> MomentAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(column, cancellationToken);
}

/// <summary>An article that its owner wanted to look at again.</summary>
/// <param name="Owner"><see langword="null"/> where nobody is named.</param>
/// <param name="ValidUntil">Where that day is past, the article is not found any more.</param>
public sealed record OverdueArticle(
    string Source, string Key, string Title, string? Owner, Uri? Address, DateTimeOffset? ReviewAt, DateTimeOffset? ValidUntil)
{
    /// <summary>Whether it is no longer true, and not only to be looked at.</summary>
    public bool IsOver => ReviewAt is null || ValidUntil <= ReviewAt;

    /// <summary>The earlier of both days: since then somebody should have looked at it.</summary>
    public DateTimeOffset? Since => IsOver ? ValidUntil : ReviewAt;
}
