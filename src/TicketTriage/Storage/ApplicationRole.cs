using Npgsql;

namespace TicketTriage.Storage;

/// <summary>
/// What the service's own role may do where the tables belong to another: everything it needs, and nothing that would change or remove a
/// line of the audit. An owner could switch the triggers off that refuse it; this role can't.
/// </summary>
public static class ApplicationRole
{
    /// <summary>Gives the role what this version's tables need; to be called again after each upgrade.</summary>
    /// <param name="database">Connected as the tables' owner.</param>
    /// <param name="role">Has to be there already.</param>
    public static async Task GrantAsync(NpgsqlDataSource database, string role, CancellationToken cancellationToken)
    {
        var name = $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await using var command = database.CreateCommand(
            $"""
            grant usage on schema public to {name};
            grant select, insert, update, delete on all tables in schema public to {name};
            grant usage, select on all sequences in schema public to {name};
            revoke update, delete, truncate on audit_entries, audit_links from {name};
            revoke update, truncate on audit_people from {name};
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
