using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Policies;

/// <summary>
/// Keeps every version of every policy document that was ever in force, so that a decision can be looked at, and made again, with
/// the documents that it names. Append-only: a version is stored once and never changed.
/// </summary>
/// <param name="isForReading">True for a command that has to leave the database as it is: then nothing is kept.</param>
public sealed class PolicyBook(NpgsqlDataSource database, bool isForReading = false)
{
    /// <summary>Stores a version where it isn't yet.</summary>
    /// <param name="version">Follows from the text: the same text has the same version.</param>
    /// <param name="json">The document's text.</param>
    /// <param name="author">Who put it in force: <c>shipped</c>, <c>configuration</c>, or a person.</param>
    public async Task KeepAsync(string kind, string version, string json, string author, string note, CancellationToken cancellationToken)
    {
        if (isForReading)
        {
            return;
        }

        await using var command = database.CreateCommand(
            "insert into policies (kind, version, body, author, note) values ($1, $2, $3, $4, $5) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = json, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The text of a version, or <see langword="null"/> where it was never kept.</returns>
    public async Task<string?> FindAsync(string kind, string version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select body::text from policies where kind = $1 and version = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = version });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <returns>The version of a kind that an author put in force last, with its text; <see langword="null"/> where there is none.</returns>
    public async Task<(string Version, string Json)?> FindLatestAsync(string kind, string author, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select version, body::text from policies where kind = $1 and author = $2 order by valid_from desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = author });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1)) : null;
    }
}
