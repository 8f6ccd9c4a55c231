using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Intake;

/// <summary>
/// Stores deliveries and raises their tickets in one statement. Guarantees:
/// <list type="bullet">
/// <item>a delivery counts once: its key is unique within its helpdesk, and a repeat raises nothing;</item>
/// <item>no delivery is stored without its ticket being due, and none is due without a delivery: one statement, one commit;</item>
/// <item>two batches can't deadlock: both take the keys in order, then the tickets in order;</item>
/// <item>a ticket that rests becomes due; one that waits or is worked on keeps its time, and is due again after;</item>
/// <item>a change of our own raises only a ticket that was never seen: nothing goes in circles, nothing is missed;</item>
/// <item>where a change of our own has moved the helpdesk's service level clocks, the ticket is looked at, by the watch's own clock.</item>
/// </list>
/// </summary>
public sealed class IntakeLedger(NpgsqlDataSource database)
{
    /// <returns>How many tickets were raised.</returns>
    public async Task<int> StoreAsync(IReadOnlyList<AcceptedDelivery> deliveries, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with arrived as (
                select distinct on (helpdesk, key) * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
                    as a (helpdesk, key, number, event_type, actor_id, is_own, tells_of_levels, trace)
                order by helpdesk, key
            ), stored as (
                insert into deliveries (helpdesk, key, number, event_type, actor_id)
                select helpdesk, key, number, event_type, actor_id from arrived
                on conflict (helpdesk, key) do nothing
                returning helpdesk, key, number
            ), wanted as (
                select s.helpdesk, s.number, count(*) filter (where not a.is_own) as raises, max(a.trace) as trace
                from stored s join arrived a on a.helpdesk = s.helpdesk and a.key = s.key
                group by s.helpdesk, s.number
            ), raised as (
                insert into tickets as t (helpdesk, number, wanted, next_at, trace)
                select w.helpdesk, w.number, greatest(w.raises, 1), now(), w.trace
                from wanted w
                where w.raises > 0 or not exists (select 1 from tickets k where k.helpdesk = w.helpdesk and k.number = w.number)
                order by w.helpdesk, w.number
                on conflict (helpdesk, number) do update
                set wanted = t.wanted + excluded.wanted, next_at = coalesce(t.next_at, excluded.next_at),
                    trace = coalesce(excluded.trace, t.trace)
                returning 1
            ), moved as (
                select w.helpdesk, w.number from watched_tickets w
                where (w.helpdesk, w.number) in (
                    select s.helpdesk, s.number from stored s join arrived a on a.helpdesk = s.helpdesk and a.key = s.key
                    where a.is_own and a.tells_of_levels)
                order by w.helpdesk, w.number
                for update
            ), watched as (
                update watched_tickets w
                set ask_at = w.observed_at, next_look_at = least(w.next_look_at, w.observed_at), looks = w.looks + 1
                from moved where w.helpdesk = moved.helpdesk and w.number = moved.number
            )
            select count(*)::int from raised
            """);
        command.Parameters.Add(Column(deliveries, d => d.Helpdesk));
        command.Parameters.Add(Column(deliveries, d => d.Delivery.Key));
        command.Parameters.Add(Column(deliveries, d => d.Delivery.TicketNumber));
        command.Parameters.Add(Column(deliveries, d => d.Delivery.EventType));
        command.Parameters.Add(Column(deliveries, d => d.Delivery.ActorId));
        command.Parameters.Add(Column(deliveries, d => d.IsOwn));
        command.Parameters.Add(Column(deliveries, d => d.Delivery.TellsOfServiceLevels));
        command.Parameters.Add(Column(deliveries, d => d.Trace));

        return (int)(await command.ExecuteScalarAsync(cancellationToken) ?? 0);
    }

    private static NpgsqlParameter<bool[]> Column(IReadOnlyList<AcceptedDelivery> deliveries, Func<AcceptedDelivery, bool> value) =>
        new() { TypedValue = [.. deliveries.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean };

    private static NpgsqlParameter<string?[]> Column(IReadOnlyList<AcceptedDelivery> deliveries, Func<AcceptedDelivery, string?> value)
    {
        var column = new string?[deliveries.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(deliveries[i]);
        }

        return new NpgsqlParameter<string?[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }
}
