using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Policies;

/// <summary>
/// Keeps every version of every policy document that was ever in force, so that a decision can be looked at, and made again, with
/// the documents that it names. Append-only: a version is stored once and never changed.
/// </summary>
public sealed class PolicyBook(NpgsqlDataSource database)
{
    /// <summary>Stores a version where it isn't yet.</summary>
    /// <param name="version">Follows from the text: the same text has the same version.</param>
    /// <param name="json">The document's text.</param>
    /// <param name="author">Who put it in force: <c>shipped</c>, <c>configuration</c>, or a person.</param>
    public async Task KeepAsync(string kind, string version, string json, string author, string note, CancellationToken cancellationToken)
    {
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
}
