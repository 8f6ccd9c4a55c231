using System.Text;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Forgetting;

/// <summary>
/// Replaces a word wherever it stands in a column with text, of whatever table: the columns are asked of the database, so that none is
/// forgotten. The audit is left out: nobody's words come into it.
/// </summary>
internal static class WordErasure
{
    private const string Replacement = "[ERASED]";

    private const string ColumnsStatement =
        """
        select format('%I.%I', c.table_schema, c.table_name), c.table_name::text, quote_ident(c.column_name), c.udt_name::text
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema') and c.is_generated = 'NEVER'
          -- What is in a part of a table is in the table.
          and not (select relispartition from pg_class where oid = format('%I.%I', c.table_schema, c.table_name)::regclass)
          and c.udt_name in ('text', 'varchar', 'jsonb', 'json', '_text')
          and c.table_name not in ('audit_entries', 'audit_links', 'audit_people', '__EFMigrationsHistory')
        order by 1, 3
        """;

    /// <param name="rows">Gets how many rows of each table were changed, added to what is there.</param>
    public static async Task RunAsync(
        NpgsqlDataSource database, string word, Dictionary<string, long> rows, CancellationToken cancellationToken)
    {
        foreach (var table in (await ListColumnsAsync(database, cancellationToken)).GroupBy(column => (column.Table, column.Name)))
        {
            var changes = table.Select(column => $"{column.Column} = {Replaced(column.Column, column.Type)}");
            var hits = table.Select(column => $"{column.Column}::text ~* $1");
            await using var command = database.CreateCommand(
                $"update {table.Key.Table} set {string.Join(", ", changes)} where {string.Join(" or ", hits)}");
            command.CommandTimeout = 0;
            command.Parameters.Add(Text(Escape(word)));
            if (await command.ExecuteNonQueryAsync(cancellationToken) is var changed and > 0)
            {
                rows[table.Key.Name] = rows.GetValueOrDefault(table.Key.Name) + changed;
            }
        }
    }

    private static string Replaced(string column, string type)
    {
        var text = $"regexp_replace({column}::text, $1, '{Replacement}', 'gi')";
        return type switch
        {
            "jsonb" or "json" => $"{text}::{type}",
            "_text" => $"{text}::text[]",
            _ => text,
        };
    }

    private static async Task<IReadOnlyList<(string Table, string Name, string Column, string Type)>> ListColumnsAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ColumnsStatement);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<(string, string, string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return columns;
    }

    /// <summary>Every character for itself: a dot of an address stands for no other.</summary>
    private static string Escape(string word)
    {
        var escaped = new StringBuilder();
        foreach (var letter in word)
        {
            if (!char.IsLetterOrDigit(letter) && !char.IsWhiteSpace(letter))
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
