using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.ServiceLevels;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Routing;

/// <summary>
/// The tickets of a helpdesk that wait for an agent: late binding means that they are bound when somebody is free, not before.
/// </summary>
public sealed class AssignmentPool(NpgsqlDataSource database)
{
    /// <summary>Everything that a priority can be, the lowest first: by the place one is told to be below another.</summary>
    private static readonly string[] Priorities = [.. Enum.GetValues<TicketPriority>().Order().Select(Word)];

    /// <summary>
    /// Puts a ticket into the pool, or changes what is known of it there. Whoever has it keeps it. Where its priority rises, what was
    /// promised before is kept beside what it asks for, until the priority falls again: raising a ticket must not delay it.
    /// </summary>
    /// <param name="requesterId">The helpdesk's id of who asked; <see langword="null"/> where it doesn't say.</param>
    public async Task PutAsync(
        string helpdesk, string number, PoolTicket ticket, string? requesterId, TicketDue due, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into assignments (helpdesk, number, units, channel, group_name, priority, demand, expected_minutes, requester_id, due_at,
                                     target_minutes, calendar)
            values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (helpdesk, number) do update
            set channel = excluded.channel, group_name = excluded.group_name, priority = excluded.priority,
                demand = excluded.demand || jsonb_build_object('raisedFrom', (
                    select coalesce(jsonb_agg(standing), '[]')
                    from jsonb_array_elements(coalesce(assignments.demand->'raisedFrom', '[]') || jsonb_build_object(
                        'priority', assignments.priority, 'dueAt', assignments.due_at, 'calendar', assignments.calendar,
                        'expectedMinutes', assignments.expected_minutes)) standing
                    where array_position($12, standing->>'priority') < array_position($12, excluded.priority))),
                expected_minutes = excluded.expected_minutes, due_at = excluded.due_at, target_minutes = excluded.target_minutes,
                calendar = excluded.calendar
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(number));
        command.Parameters.Add(Text(ticket.Channel));
        command.Parameters.Add(Text(ticket.Demand.Group ?? ""));
        command.Parameters.Add(Text(Word(ticket.Priority)));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(ticket.Demand, PoolJson.Default.TicketDemand),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)ticket.ExpectedMinutes });
        command.Parameters.Add(Text(requesterId));
        command.Parameters.Add(Moment(due.At));
        command.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)due.TargetMinutes });
        command.Parameters.Add(Text(due.Calendar));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Priorities });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What waits, the most pressing first where there is more than <paramref name="most"/>.</summary>
    /// <param name="now">From which the time left is counted.</param>
    /// <param name="hours">Has the calendars by which it is counted.</param>
    public async Task<IReadOnlyList<PoolTicket>> ListWaitingAsync(
        string helpdesk, DateTimeOffset now, ServiceLevelHours hours, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select a.number, a.demand::text, a.priority, a.due_at, a.waiting_since, a.expected_minutes, a.channel,
                   (select c.agent_id from agent_choices c
                    where c.helpdesk = a.helpdesk and c.requester_id = a.requester_id and c.number <> a.number
                    order by c.given_at desc limit 1),
                   a.calendar, a.target_minutes, a.not_again, a.demand->>'raisedFrom'
            from assignments a where a.helpdesk = $1 and a.agent_id is null
            order by a.due_at nulls last, a.number limit $2
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<(PoolTicket Ticket, KeptStanding[] Standings)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            DateTimeOffset? due = await reader.IsDBNullAsync(3, cancellationToken)
                ? null
                : await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken);
            var since = await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken);
            var ticket = new PoolTicket
            {
                Id = reader.GetString(0),
                Demand = JsonSerializer.Deserialize(reader.GetString(1), PoolJson.Default.TicketDemand) ?? new TicketDemand(),
                Priority = Enum.Parse<TicketPriority>(reader.GetString(2), ignoreCase: true),
                TargetMinutes = reader[9] is float target ? target : (due - since)?.TotalMinutes is { } whole and > 0 ? whole : null,
                ExpectedMinutes = reader.GetFloat(5),
                Channel = reader[6] as string,
                LastAgent = reader[7] as string,
                NotAgain = await reader.GetFieldValueAsync<string[]>(10, cancellationToken),
            };
            var current = new KeptStanding(ticket.Priority, due, reader[8] as string, ticket.ExpectedMinutes);
            var before = reader[11] is string kept ? JsonSerializer.Deserialize(kept, PoolJson.Default.KeptStandingArray) ?? [] : [];
            waiting.Add((ticket, [current, .. before]));
        }

        return Counted(waiting, now, hours);
    }

    /// <summary>With the minutes left of each promise, each calendar walked through once.</summary>
    private static List<PoolTicket> Counted(
        List<(PoolTicket Ticket, KeptStanding[] Standings)> waiting, DateTimeOffset now, ServiceLevelHours hours)
    {
        var standings = waiting.SelectMany(one => one.Standings).ToArray();
        var left = standings.Select(standing => (standing.DueAt - now)?.TotalMinutes).ToArray();
        var counting = standings.Index().Where(one => one.Item is { DueAt: not null, Calendar: not null });
        foreach (var own in counting.GroupBy(one => one.Item.Calendar))
        {
            if (own.Key is { } name && hours.FindCalendar(name) is { } calendar)
            {
                var moments = own.Select(one => Instant.FromDateTimeOffset(one.Item.DueAt ?? now)).ToList();
                foreach (var ((place, _), minutes) in own.Zip(BusinessTime.MeasureAll(calendar, Instant.FromDateTimeOffset(now), moments)))
                {
                    left[place] = minutes.TotalMinutes;
                }
            }
        }

        var counted = new List<PoolTicket>(waiting.Count);
        var first = 0;
        foreach (var (ticket, own) in waiting)
        {
            var minutes = left.AsSpan(first, own.Length);
            var raisedFrom = new LowerStanding[own.Length - 1];
            for (var i = 0; i < raisedFrom.Length; i++)
            {
                raisedFrom[i] = new LowerStanding(own[i + 1].Priority, minutes[i + 1], own[i + 1].ExpectedMinutes);
            }

            counted.Add(ticket with { MinutesLeft = minutes[0], RaisedFrom = raisedFrom });
            first += own.Length;
        }

        return counted;
    }

    private static string Word(TicketPriority priority) => priority.ToString().ToLowerInvariant();
}

/// <summary>A ticket's priority with what was promised at it: as it is now, or, kept with it, as it was before it was raised.</summary>
/// <param name="Calendar">By which the minutes until it is due are counted; <see langword="null"/> for the clock on the wall.</param>
internal sealed record KeptStanding(TicketPriority Priority, DateTimeOffset? DueAt, string? Calendar, double ExpectedMinutes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TicketDemand))]
[JsonSerializable(typeof(KeptStanding[]))]
internal sealed partial class PoolJson : JsonSerializerContext;
