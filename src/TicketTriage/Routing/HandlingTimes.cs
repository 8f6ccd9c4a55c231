using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Routing;

/// <summary>
/// Learns once a day from the imported history how long tickets keep an agent busy. No helpdesk says it, but nobody begins a ticket before
/// it is there, nor, with one at a time, before the one solved before it: the working time from the later of the two to its solution is
/// the most that it can have taken.
/// </summary>
public sealed class HandlingTimes(
    NpgsqlDataSource database, ServiceLevelsInForce serviceLevels, IOptions<RoutingOptions> options, TimeProvider clock)
{
    /// <summary>What took longer, a working day, was left lying and not worked on.</summary>
    private const double MostMinutes = 480;

    private static readonly TimeSpan LearnEvery = TimeSpan.FromDays(1);

    private HandlingTable table = HandlingTable.Learn([]);
    private DateTimeOffset? learnedAt;
    private int isLearning;

    /// <summary>What is expected of a ticket, by what was learned last, else by the setting.</summary>
    /// <param name="intent"><see langword="null"/> where it isn't known.</param>
    public ExpectedHandling Find(string? intent, TicketPriority priority) =>
        table.Find(intent, priority) ?? ExpectedHandling.BySetting(options.Value.ExpectedMinutes);

    /// <summary>Learns anew where it is time to. While somebody else is at it, what was learned last counts.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if ((learnedAt is { } last && now - last < LearnEvery && now >= last) || Interlocked.Exchange(ref isLearning, 1) == 1)
        {
            return;
        }

        try
        {
            table = HandlingTable.Learn(await ListPastAsync(serviceLevels.Hours, cancellationToken));
            learnedAt = now;
        }
        finally
        {
            Volatile.Write(ref isLearning, 0);
        }
    }

    private async Task<IReadOnlyList<PastHandling>> ListPastAsync(ServiceLevelHours hours, CancellationToken cancellationToken)
    {
        // The office's hours are those by which a usual ticket counts; the promises to special ones may run at night.
        var usual = new TicketKind(TicketPriority.Normal, CustomerSegment.Standard, Intent: null);
        var calendar = hours.CalendarOf(hours.Policy.FindRule(usual) ?? hours.Policy.Rules[0]);
        await using var command = database.CreateCommand(
            """
            select p.priority, greatest(p.created_at, p.solved_before), p.solved_at,
                   coalesce(p.fields ->> 'intent', p.fields ->> 'Intent', (
                       select t.understanding -> 'intent' ->> 'value' from triages t
                       where t.helpdesk = p.helpdesk and t.number = p.number order by t.decided_at desc limit 1))
            from (
                select helpdesk, number, priority, fields, created_at, solved_at,
                       lag(solved_at) over (partition by helpdesk, assignee_id order by solved_at) as solved_before
                from past_tickets
                where solved_at is not null and assignee_id is not null
                    and solved_at > (select max(solved_at) from past_tickets) - interval '180 days') p
            where p.solved_before is not null
            """);
        var past = new List<PastHandling>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var began = Instant.FromDateTimeOffset(await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken));
            var solved = Instant.FromDateTimeOffset(await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken));
            var minutes = BusinessTime.Measure(calendar, began, solved, []).TotalMinutes;
            if (minutes is > 0 and <= MostMinutes)
            {
                var isSet = Enum.TryParse<TicketPriority>(reader.GetString(0), ignoreCase: true, out var priority)
                    && priority != TicketPriority.None;
                past.Add(new PastHandling(
                    reader[3] is string intent and not Finding.Unclear ? intent : null,
                    isSet ? priority : TicketPriority.Normal,
                    minutes));
            }
        }

        return past;
    }
}
