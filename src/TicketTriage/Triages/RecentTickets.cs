using Npgsql;
using TicketTriage.Prioritisation;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Triages;

/// <summary>Counts on how many tickets a customer has written of late: of decisions, and of what was imported from before these.</summary>
public sealed class RecentTickets(NpgsqlDataSource database)
{
    /// <summary>A form has thousands of them; no customer has more.</summary>
    private const int MostRows = 200;

    /// <param name="ticket">Counted whether or not it is kept yet.</param>
    /// <param name="requesterId">The helpdesk's id of who asks; <see langword="null"/> where it doesn't say.</param>
    /// <returns>At least 1; 0 where nobody knows, or the requester can't be a single person.</returns>
    public async Task<int> CountAsync(
        TicketId ticket, string? requesterId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (requesterId is null)
        {
            return 0;
        }

        await using var command = database.CreateCommand(
            """
            select least(count(*), $5)::int from (
                (select number from triages
                 where helpdesk = $1 and requester_id = $2 and number <> $3 and decided_at > $4 order by decided_at desc limit $6)
                union
                (select number from past_tickets
                 where helpdesk = $1 and requester_id = $2 and number <> $3 and created_at > $4 order by created_at desc limit $6)) others
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = requesterId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Circumstances.MostTicketsOfOne });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostRows });
        var others = await command.ExecuteScalarAsync(cancellationToken) is int count ? count : 0;
        return others < Circumstances.MostTicketsOfOne ? others + 1 : 0;
    }
}
