using Npgsql;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>
/// The week's sample: tickets drawn by a hash of their decision, the same ones for everybody, which somebody judges before seeing what was
/// decided. What people correct by themselves is what they happen to see; this is the fair measure.
/// </summary>
public sealed class BlindSample(NpgsqlDataSource database)
{
    /// <summary>A quarter of an hour's work.</summary>
    public const int PerWeek = 20;

    /// <param name="monday">The first moment of the week that is looked at.</param>
    public async Task<IReadOnlyList<SampleTicket>> ListAsync(DateTimeOffset monday, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select l.triage_id, l.helpdesk, l.number, exists (
                select 1 from judgements j where j.triage_id = l.triage_id and j.how = 'blind' and j.field = 'intent')
            from decision_lines l where l.decided_at >= $1 and l.decided_at < $1 + interval '7 days'
            order by md5(l.triage_id::text) limit $2
            """);
        command.Parameters.Add(Moment(monday));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PerWeek });
        var sample = new List<SampleTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sample.Add(new SampleTicket(
                reader.GetGuid(0), new TicketId(reader.GetString(1), reader.GetString(2)), reader.GetBoolean(3)));
        }

        return sample;
    }

    /// <summary>Monday, by UTC, of the last week that is over.</summary>
    public static DateTimeOffset LastWeekOf(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - 7);
    }
}

/// <summary>A decision of the sample.</summary>
public sealed record SampleTicket(Guid TriageId, TicketId Ticket, bool IsJudged);
