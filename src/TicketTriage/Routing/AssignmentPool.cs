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
    /// <summary>Puts a ticket into the pool, or changes what is known of it there. Whoever has it keeps it.</summary>
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
            set channel = excluded.channel, group_name = excluded.group_name, priority = excluded.priority, demand = excluded.demand,
                expected_minutes = excluded.expected_minutes, due_at = excluded.due_at, target_minutes = excluded.target_minutes,
                calendar = excluded.calendar
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(number));
        command.Parameters.Add(Text(ticket.Channel));
        command.Parameters.Add(Text(ticket.Demand.Group ?? ""));
        command.Parameters.Add(Text(ticket.Priority.ToString().ToLowerInvariant()));
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
                   a.calendar, a.target_minutes, a.not_again
            from assignments a where a.helpdesk = $1 and a.agent_id is null
            order by a.due_at nulls last, a.number limit $2
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<(PoolTicket Ticket, DateTimeOffset? Due, BusinessCalendar? Calendar)>();
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
            waiting.Add((ticket, due, reader[8] is string name ? hours.FindCalendar(name) : null));
        }

        return Counted(waiting, now);
    }

    /// <summary>With the minutes left, each calendar walked through once.</summary>
    private static PoolTicket[] Counted(
        List<(PoolTicket Ticket, DateTimeOffset? Due, BusinessCalendar? Calendar)> waiting, DateTimeOffset now)
    {
        var counted = waiting.Select(one => one.Ticket with { MinutesLeft = (one.Due - now)?.TotalMinutes }).ToArray();
        foreach (var calendar in waiting.Select(one => one.Calendar).OfType<BusinessCalendar>().Distinct())
        {
            var own = waiting.Index().Where(one => one.Item.Calendar == calendar && one.Item.Due is not null).ToList();
            var moments = own.Select(one => Instant.FromDateTimeOffset(one.Item.Due ?? now)).ToList();
            foreach (var ((place, _), left) in own.Zip(BusinessTime.MeasureAll(calendar, Instant.FromDateTimeOffset(now), moments)))
            {
                counted[place] = counted[place] with { MinutesLeft = left.TotalMinutes };
            }
        }

        return counted;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketDemand))]
internal sealed partial class PoolJson : JsonSerializerContext;
