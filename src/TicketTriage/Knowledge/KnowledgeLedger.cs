using System.Security.Cryptography;
using System.Text;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Knowledge;

/// <summary>
/// Keeps articles and their passages. Guarantees: a reader finds an article's passages all old or all new; an article that is unchanged
/// keeps its passages and their ids; what its source no longer has, or no longer publishes, is gone before the sync ends; and each change
/// is told with itself, in one transaction, so that a process that dies leaves no reader with an old copy.
/// </summary>
public sealed class KnowledgeLedger(NpgsqlDataSource database)
{
    /// <summary>How the database cuts words of a language to their stems; of others it keeps them whole.</summary>
    private static readonly Dictionary<string, string> Configurations = new(StringComparer.Ordinal)
    {
        ["de"] = "german", ["en"] = "english", ["fr"] = "french", ["es"] = "spanish", ["it"] = "italian", ["nl"] = "dutch",
        ["pt"] = "portuguese", ["da"] = "danish", ["sv"] = "swedish", ["no"] = "norwegian", ["fi"] = "finnish", ["hu"] = "hungarian",
        ["ro"] = "romanian", ["tr"] = "turkish", ["ru"] = "russian",
    };

    private const string Tell = "update knowledge_version set version = version + 1";

    /// <summary>The database's word for a language.</summary>
    public static string ConfigurationOf(string language) => Configurations.GetValueOrDefault(language, "simple");

    /// <param name="language">ISO 639-1, told from the text where the article doesn't say.</param>
    /// <returns>False where nothing had changed.</returns>
    public async Task<bool> KeepAsync(
        KnowledgeArticle article, string language, IReadOnlyList<ArticleSection> passages, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await KeepArticleAsync(connection, article, language, DigestOf(article, language, passages), cancellationToken))
        {
            await KeepDaysAsync(connection, article, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return false;
        }

        await DropPassagesAsync(connection, article, cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            insert into knowledge_passages (source, article, place, heading, text, words)
            select $1, $2, piece.place, piece.heading, piece.text,
                   setweight(to_tsvector($3::regconfig, piece.head_words), 'A') || to_tsvector($3::regconfig, piece.text_words)
            from unnest($4, $5, $6, $7, $8) as piece (place, heading, text, head_words, text_words)
            """,
            connection);
        command.Parameters.Add(Text(article.Source));
        command.Parameters.Add(Text(article.Key));
        command.Parameters.Add(Text(ConfigurationOf(language)));
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. Enumerable.Range(0, passages.Count)] });
        command.Parameters.Add(Texts(passages.Select(passage => passage.Heading)));
        command.Parameters.Add(Texts(passages.Select(passage => passage.Text)));
        command.Parameters.Add(Texts(passages.Select(passage => SearchWords.Folded($"{article.Title} {passage.Heading}"))));
        command.Parameters.Add(Texts(passages.Select(passage => SearchWords.Folded(passage.Text))));
        await command.ExecuteNonQueryAsync(cancellationToken);

        // Last: whoever raises it waits for the others until they have committed.
        await using var told = new NpgsqlCommand(Tell, connection);
        await told.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Removes articles of a source.</summary>
    /// <param name="keys">Those that are gone.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> ForgetAsync(string source, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Told("delete from knowledge_articles where source = $1 and key = any($2)"));
        command.Parameters.Add(Text(source));
        command.Parameters.Add(Texts(keys));
        return await CountAsync(command, cancellationToken);
    }

    /// <summary>Removes everything of a source but what it has now.</summary>
    /// <returns>How many articles were removed.</returns>
    public async Task<int> ForgetOthersAsync(string source, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Told("delete from knowledge_articles where source = $1 and not key = any($2)"));
        command.Parameters.Add(Text(source));
        command.Parameters.Add(Texts(keys));
        return await CountAsync(command, cancellationToken);
    }

    /// <summary>Removes what came from sources that are configured no more.</summary>
    /// <returns>How many articles were removed.</returns>
    public async Task<int> ForgetOtherSourcesAsync(IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            Told("delete from knowledge_articles where not source = any($1)", "read as (delete from knowledge_sources where not source = any($1)), "));
        command.Parameters.Add(Texts(sources));
        return await CountAsync(command, cancellationToken);
    }

    /// <returns>Whether anything of a source is kept.</returns>
    public async Task<bool> HasAnyAsync(string source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from knowledge_articles where source = $1)");
        command.Parameters.Add(Text(source));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <returns>The moment up to which a source was read; <see langword="null"/> before the first time.</returns>
    public async Task<DateTimeOffset?> FindReadUntilAsync(string source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select read_until from knowledge_sources where source = $1");
        command.Parameters.Add(Text(source));
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until
            ? new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc))
            : null;
    }

    public async Task KeepReadUntilAsync(string source, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into knowledge_sources (source, read_until, read_at) values ($1, $2, now())
            on conflict (source) do update set read_until = excluded.read_until, read_at = excluded.read_at
            """);
        command.Parameters.Add(Text(source));
        command.Parameters.Add(Moment(until));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Empties the list of words, which only the version before this one reads. It goes on finding articles by what they mean; the next
    /// migration drops the table.
    /// </summary>
    public async Task ForgetWordsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from knowledge_words");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells whoever keeps a copy that it is old: of vectors, which are made after their passages.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Tell);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A deletion that is told where it finds anything, as one statement; its value is how many were deleted.</summary>
    /// <param name="before">Another part of the statement, ending with a comma.</param>
    private static string Told(string deletion, string before = "") =>
        $"with {before}gone as ({deletion} returning 1), told as ({Tell} where exists (select from gone)) select count(*) from gone";

    private static async Task<int> CountAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken) is long count ? (int)count : 0;

    private static async Task<bool> KeepArticleAsync(
        NpgsqlConnection connection, KnowledgeArticle article, string language, byte[] digest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into knowledge_articles (source, key, title, language, audience, product, owner, address, valid_from, valid_until,
                                            review_at, updated_at, digest)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (source, key) do update
            set title = excluded.title, language = excluded.language, audience = excluded.audience, product = excluded.product,
                owner = excluded.owner, address = excluded.address, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
                review_at = excluded.review_at, updated_at = excluded.updated_at, digest = excluded.digest, kept_at = now()
            where knowledge_articles.digest <> excluded.digest
            """,
            connection);
        command.Parameters.Add(Text(article.Source));
        command.Parameters.Add(Text(article.Key));
        command.Parameters.Add(Text(article.Title));
        command.Parameters.Add(Text(language));
        command.Parameters.Add(Text(article.Audience == KnowledgeAudience.Customers ? "customers" : "agents"));
        command.Parameters.Add(Text(article.Product));
        command.Parameters.Add(Text(article.Owner));
        command.Parameters.Add(Text(article.Address?.AbsoluteUri));
        command.Parameters.Add(Moment(article.ValidFrom));
        command.Parameters.Add(Moment(article.ValidUntil));
        command.Parameters.Add(Moment(article.ReviewAt));
        command.Parameters.Add(Moment(article.UpdatedAt));
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = digest });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Of an article that says the same as before: who saved it anew has looked at it.</summary>
    private static async Task KeepDaysAsync(NpgsqlConnection connection, KnowledgeArticle article, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update knowledge_articles set updated_at = $3, review_at = $4
            where source = $1 and key = $2 and (updated_at, review_at) is distinct from ($3, $4)
            """,
            connection);
        command.Parameters.Add(Text(article.Source));
        command.Parameters.Add(Text(article.Key));
        command.Parameters.Add(Moment(article.UpdatedAt));
        command.Parameters.Add(Moment(article.ReviewAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task DropPassagesAsync(NpgsqlConnection connection, KnowledgeArticle article, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("delete from knowledge_passages where source = $1 and article = $2", connection);
        command.Parameters.Add(Text(article.Source));
        command.Parameters.Add(Text(article.Key));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[] DigestOf(KnowledgeArticle article, string language, IReadOnlyList<ArticleSection> passages)
    {
        var all = new StringBuilder();
        foreach (var part in (string?[])
            [
                article.Title, language, article.Audience.ToString(), article.Product, article.Owner, article.Address?.ToString(),
                article.ValidFrom?.ToString("O"), article.ValidUntil?.ToString("O"),
                // Here stood the review date, which changes no passage.
                null,
                .. passages.SelectMany(passage => (string[])[passage.Heading, passage.Text]),
            ])
        {
            all.Append(part).Append('\0');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString()));
    }

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> values) => new() { TypedValue = [.. values] };
}
