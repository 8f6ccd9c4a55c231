using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Forgetting;

/// <summary>
/// Erases the name of somebody who has worked here, wherever the service has put it as that of whoever did something. A name may be short, so
/// it is replaced where it is all that stands there, and in no text that people wrote.
/// </summary>
internal static class StaffErasure
{
    /// <summary>Where the service writes such a name: a test looks for columns that are missing here.</summary>
    public static readonly (string Table, string Column)[] Columns =
    [
        ("api_keys", "made_by"), ("escalations", "acknowledged_by"), ("escalations", "outcome_by"), ("job_pauses", "paused_by"),
        ("judgements", "by_whom"), ("policies", "author"), ("policy_publications", "author"),
    ];

    private const string DraftsStatement = "delete from policy_drafts where author = $1";

    private const string ReplaysStatement =
        "update tickets set reason = 'Replayed by [ERASED].' where reason = 'Replayed by ' || $1 || '.'";

    /// <param name="by">Who erases: a key's row that changes has its line in the audit.</param>
    /// <param name="rows">Gets how many rows of each table were changed, added to what is there.</param>
    public static async Task RunAsync(
        NpgsqlDataSource database, string name, string by, Dictionary<string, long> rows, CancellationToken cancellationToken)
    {
        foreach (var (table, statement) in (IEnumerable<(string, string)>)
            [
                .. Columns.Select(place => (place.Table, $"update {place.Table} set {place.Column} = '[ERASED]' where {place.Column} = $1 and {AuditLedger.By("$2")}")),
                ("policy_drafts", $"{DraftsStatement} and {AuditLedger.By("$2")}"),
                ("tickets", $"{ReplaysStatement} and {AuditLedger.By("$2")}"),
            ])
        {
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = 0;
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
            if (await command.ExecuteNonQueryAsync(cancellationToken) is var changed and > 0)
            {
                rows[table] = rows.GetValueOrDefault(table) + changed;
            }
        }
    }
}
