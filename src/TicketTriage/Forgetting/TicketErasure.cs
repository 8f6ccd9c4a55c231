using Npgsql;

namespace TicketTriage.Forgetting;

/// <summary>
/// Erases all that is kept of one ticket, in one transaction. Guarantee: nobody who had read it before writes it back. The ticket's row is
/// locked first and its fence raised, so that a claim in flight records nothing any more; what is written without a claim is refused by
/// triggers while the row is as it was left here.
/// </summary>
internal static class TicketErasure
{
    private static readonly (string Table, string Statement)[] Statements =
    [
        ("tickets",
            """
            update tickets
            set fence = fence + 1, done = wanted, outcome = 'skipped', reason = 'What was kept of it was erased.', content_hash = null,
                next_at = null, lease_until = null, claimed_at = null, decided_from = null, last_read = null, last_read_of = null,
                failing_since = null, attempts = 0, tries = 0, failures = 0, awaits_helpdesk = false, changed_at = now(), erased_at = now()
            where helpdesk = $1 and number = $2
            """),
        ("note_feedback", "delete from note_feedback where triage in (select id from triages where helpdesk = $1 and number = $2)"),
        ("judgements", "delete from judgements where helpdesk = $1 and number = $2"),
        ("decision_lines", "delete from decision_lines where helpdesk = $1 and number = $2"),
        ("write_backs", "delete from write_backs where helpdesk = $1 and number = $2"),
        ("triages", "delete from triages where helpdesk = $1 and number = $2"),
        ("agents",
            """
            update agents set active_units = greatest(active_units - s.units, 0)
            from assignments s where s.helpdesk = $1 and s.number = $2 and agents.helpdesk = $1 and agents.id = s.agent_id
            """),
        ("assignments", "delete from assignments where helpdesk = $1 and number = $2"),
        // After the assignment: a choice is confirmed while it stands, and seen here then.
        ("agent_choices", "delete from agent_choices where helpdesk = $1 and number = $2"),
        ("watched_tickets", "delete from watched_tickets where helpdesk = $1 and number = $2"),
        ("notices", "delete from notices where escalation_id in (select id from escalations where helpdesk = $1 and number = $2)"),
        ("escalations", "delete from escalations where helpdesk = $1 and number = $2"),
        ("past_tickets", "delete from past_tickets where helpdesk = $1 and number = $2"),
        ("knowledge_articles", "delete from knowledge_articles where source = 'tickets' and key = $1 || '/' || $2"),
        ("deliveries", "delete from deliveries where helpdesk = $1 and number = $2"),
    ];

    /// <param name="rows">Gets how many rows of each table went, added to what is there.</param>
    public static async Task RunAsync(
        NpgsqlDataSource database, string helpdesk, string number, Dictionary<string, long> rows, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var gone = new Dictionary<string, long>();
        foreach (var (table, statement) in Statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
            gone[table] = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var (table, count) in gone.Where(table => table.Value > 0))
        {
            rows[table] = rows.GetValueOrDefault(table) + count;
        }
    }
}
