using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Storage;

/// <summary>Values of statements that may be missing: the driver takes no <see langword="null"/> and asks for the type of what isn't there.</summary>
internal static class SqlValues
{
    public static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Moment(DateTimeOffset? moment) =>
        new() { Value = (object?)moment?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
