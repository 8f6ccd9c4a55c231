using System.Text.Json;
using Npgsql;
using TicketTriage.Reading;
using TicketTriage.Understanding;

namespace TicketTriage.Triages;

/// <summary>
/// Reads what people have corrected from the rows themselves. Guarantee: nothing is copied, so that erasing a ticket, or its age, takes it
/// from every question that is asked from then on; and a ticket that gave orders to software in any of its decisions is never among them.
/// </summary>
public sealed class CorrectedTickets(NpgsqlDataSource database) : ICorrectedTickets
{
    /// <summary>Of the newest: enough to find some that are alike, and few enough to read for each question.</summary>
    private const int Most = 200;

    /// <summary>For a <c>where</c>: a ticket that ever carried one of these may have been written for the software, and teaches nobody.</summary>
    /// <param name="ticket">The row with its helpdesk and number.</param>
    internal static string NeverSuspicious(string ticket) =>
        $"""
        not exists (
            select from triages o
            where o.helpdesk = {ticket}.helpdesk and o.number = {ticket}.number
              and jsonb_exists_any(o.conversation -> 'warnings', array['{TicketWarnings.Instructions}', '{TicketWarnings.HiddenText}']))
        """;

    public async Task<IReadOnlyList<CorrectedTicket>> ListAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with latest as (
                select distinct on (number) number, triage_id, said, how, at from judgements
                where helpdesk = $1 and field = 'intent'
                order by number, at desc, id desc
            ), newest as materialized (
                select * from latest where how = 'correction' order by at desc limit $2
            )
            select t.id, t.conversation::text, n.said
            from newest n join triages t on t.id = n.triage_id
            where {NeverSuspicious("t")}
            order by n.at desc
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        var corrected = new List<CorrectedTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            var conversation = JsonSerializer.Deserialize(reader.GetString(1), TriageJson.Default.CleanTicket)
                ?? throw new InvalidOperationException($"Triage {id} is stored without its conversation.");
            corrected.Add(new CorrectedTicket(id, conversation, reader.GetString(2)));
        }

        return corrected;
    }
}
