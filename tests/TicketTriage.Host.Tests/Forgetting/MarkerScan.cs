using Npgsql;

namespace TicketTriage.Host.Tests.Forgetting;

/// <summary>Looks for a text in every column of every table that the database has, whichever they are.</summary>
internal static class MarkerScan
{
    /// <returns>The tables that hold it, in the order of letters.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlDataSource database, string marker, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var table in await ListTablesAsync(database, cancellationToken))
        {
            // A row as text shows its bytes as hexadecimal digits.
            await using var command = database.CreateCommand(
                $"""
                select exists (
                    select from {table} t
                    where strpos(lower(t::text), lower($1)) > 0 or strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0)
                """);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = marker });
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                found.Add(table);
            }
        }

        return found;
    }

    public static async Task<IReadOnlyList<string>> ListTablesAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select case table_schema when 'public' then quote_ident(table_name) else format('%I.%I', table_schema, table_name) end
            from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
