using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Policies;

/// <summary>
/// Where leads put a version of a policy document in force, and what they are still working on. A published version counts for all
/// processes, and before whatever the configuration says. Guarantee: no two publications of a kind are made from the same one, so that of
/// two leads who began with the same version one is told of the other; a unique key holds it, not a look beforehand.
/// </summary>
public sealed class PolicyDesk(NpgsqlDataSource database, PolicyBook book)
{
    /// <summary>What the first publication of a kind is made from.</summary>
    public const long Beginning = 0;

    private const string Columns = "p.id, p.kind, p.version, b.body::text, p.author, p.note, p.published_at";

    private const string IsBeginning = "kind = $1 and author in ('configuration', 'shipped')";

    private const string BeginningStatement =
        $"""
        select 0::bigint, kind, version, body::text, author, note, valid_from from policies
        where {IsBeginning} order by valid_from desc limit 1
        """;

    /// <summary>Puts a version in force.</summary>
    /// <param name="basedOn">The publication that the author had before their eyes; <see cref="Beginning"/> where there was none.</param>
    /// <returns><see langword="null"/> where somebody else has published meanwhile: nothing was changed.</returns>
    public async Task<PolicyPublication?> PublishAsync(
        string kind, string version, string json, string author, string note, long basedOn, CancellationToken cancellationToken)
    {
        await book.KeepAsync(kind, version, json, author, note, cancellationToken);
        await using var command = database.CreateCommand(
            """
            with latest as (select coalesce(max(id), 0) as id from policy_publications where kind = $1)
            insert into policy_publications (kind, version, author, note, based_on)
            select $1, $2, $3, $4, $5 from latest where id = $5
            on conflict (kind, based_on) do nothing
            returning id
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = basedOn });
        return await command.ExecuteScalarAsync(cancellationToken) is long ? await FindLatestAsync(kind, cancellationToken) : null;
    }

    /// <returns><see langword="null"/> where nobody has published this kind, and the configuration counts.</returns>
    public async Task<PolicyPublication?> FindLatestAsync(string kind, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Selecting("true"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        return await ReadAsync(command, cancellationToken) is [var latest] ? latest : null;
    }

    /// <summary>The publications of a kind, the latest first; after the last of them what was in force before anybody published.</summary>
    /// <param name="before">Those that came before this one; <see langword="null"/> for the latest.</param>
    /// <returns>At most so many, and whether there are more.</returns>
    public async Task<(IReadOnlyList<PublicationLine> Lines, bool HasMore)> ListAsync(
        string kind, long? before, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            (select id, version, author, note, published_at from policy_publications
             where kind = $1 and ($2::bigint is null or id < $2) order by id desc limit $3)
            union all
            (select 0::bigint, version, author, note, valid_from from policies where {IsBeginning} order by valid_from desc limit 1)
            order by 1 desc
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most + 1 });
        var lines = new List<PublicationLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new PublicationLine(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken)));
        }

        return (lines.Count > most ? lines[..most] : lines, lines.Count > most);
    }

    /// <param name="id"><see cref="Beginning"/> for what was in force before anybody published.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public async Task<PolicyPublication?> FindAsync(string kind, long id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(id == Beginning ? BeginningStatement : Selecting("p.id = $2"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        if (id != Beginning)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        }

        return await ReadAsync(command, cancellationToken) is [var found] ? found : null;
    }

    /// <returns>What was in force before that one came; <see langword="null"/> where nobody has kept it.</returns>
    public async Task<PolicyPublication?> FindBeforeAsync(string kind, long id, CancellationToken cancellationToken)
    {
        if (id == Beginning)
        {
            return null;
        }

        await using var command = database.CreateCommand(Selecting("p.id < $2"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        return await ReadAsync(command, cancellationToken) is [var before] ? before : await FindAsync(kind, Beginning, cancellationToken);
    }

    /// <summary>The newest of each kind, without those that are known: the texts are long, and every process asks every other second.</summary>
    public async Task<IReadOnlyList<PolicyPublication>> ListNewestAsync(IReadOnlyCollection<long> known, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from policy_publications p join policies b using (kind, version)
            where p.id in (select max(id) from policy_publications group by kind) and not p.id = any($1) order by p.id
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. known] });
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<PolicyDraft?> FindDraftAsync(string kind, string author, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select body, based_on, revision, changed_at from policy_drafts where kind = $1 and author = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new PolicyDraft(
                kind, author, reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2),
                await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken))
            : null;
    }

    /// <summary>Keeps what somebody is working on.</summary>
    /// <param name="revision">Of the draft that the change was made to; 0 where there was none.</param>
    /// <param name="basedOn">The publication that it was begun with.</param>
    /// <returns>False where the draft has been changed from another window: nothing was kept.</returns>
    public async Task<bool> SaveDraftAsync(
        string kind, string author, string body, int revision, long basedOn, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(revision == 0
            ? """
              insert into policy_drafts (kind, author, body, based_on) select $1, $2, $3, $5 where $4 = 0 on conflict do nothing
              """
            : """
              update policy_drafts set body = $3, revision = revision + 1, based_on = $5, changed_at = now()
              where kind = $1 and author = $2 and revision = $4
              """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = revision });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = basedOn });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task DiscardDraftAsync(string kind, string author, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from policy_drafts where kind = $1 and author = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The latest of a kind that is like that.</summary>
    private static string Selecting(string which) =>
        $"""
        select {Columns} from policy_publications p join policies b using (kind, version)
        where kind = $1 and {which} order by p.id desc limit 1
        """;

    private static async Task<IReadOnlyList<PolicyPublication>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var publications = new List<PolicyPublication>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            publications.Add(new PolicyPublication(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                await reader.GetFieldValueAsync<DateTimeOffset>(6, cancellationToken)));
        }

        return publications;
    }
}

/// <summary>A version that a lead has put in force.</summary>
/// <param name="Id">Higher ones came later.</param>
/// <param name="Version">The document's, as decisions name it.</param>
/// <param name="Json">As the database writes it; <paramref name="Version"/> is not that of these bytes.</param>
public sealed record PolicyPublication(
    long Id, string Kind, string Version, string Json, string Author, string Note, DateTimeOffset PublishedAt);

/// <summary>The same without its text, for lists.</summary>
public sealed record PublicationLine(long Id, string Version, string Author, string Note, DateTimeOffset PublishedAt);

/// <summary>What somebody is working on.</summary>
/// <param name="Body">The document's text; it may have faults.</param>
/// <param name="BasedOn">The publication that it was begun with.</param>
/// <param name="Revision">Grows with every change.</param>
public sealed record PolicyDraft(string Kind, string Author, string Body, long BasedOn, int Revision, DateTimeOffset ChangedAt);
