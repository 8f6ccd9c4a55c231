using Npgsql;

namespace TicketTriage.Audits;

/// <summary>Entries as statements name their columns, and as they are read.</summary>
internal static class AuditRows
{
    /// <summary>Of <c>audit_entries e</c>, in the order that <see cref="Read"/> expects.</summary>
    public const string Columns = "e.id, e.helpdesk, e.at, e.action, e.person, e.subject, e.details";

    /// <param name="first">The place of <c>e.id</c> in the row.</param>
    public static AuditEntry Read(NpgsqlDataReader reader, int first) => new()
    {
        Id = reader.GetInt64(first),
        Helpdesk = reader.GetString(first + 1),
        At = reader.GetFieldValue<DateTimeOffset>(first + 2),
        Action = reader.GetString(first + 3),
        Person = reader.IsDBNull(first + 4) ? null : reader.GetFieldValue<byte[]>(first + 4),
        Subject = reader.GetString(first + 5),
        Details = reader.GetString(first + 6),
    };
}
