using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>Escalations in a database, as the watch would have left them.</summary>
internal static class SomeEscalations
{
    /// <summary>Nobody has taken it.</summary>
    public static readonly Guid Open = new("0198f000-0000-7000-8000-000000000001");

    /// <summary>Taken after four minutes, missed all the same, and over; raised from another that nobody took.</summary>
    public static readonly Guid Over = new("0198f000-0000-7000-8000-000000000003");

    public static Task AddAsync(TriageDatabase database) => database.AskAsync<object>(
        $$"""
        insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, raised_from, state, people, reasons, opened_at,
                                 acknowledge_by, acknowledged_at, acknowledged_by, acknowledged_how, ended_at, outcome, outcome_by,
                                 lower_level_could, product, group_id, matrix_version, service_version)
        values
            ('{{Open}}', 'acme', '1', 'a', 'legal', 2, 'r', 'hierarchical', null, 'open', '{lead}', '{"At once: legal steps are mentioned."}', now(),
             now() + interval '1 hour', null, null, null, null, null, null, null, 'web-shop', '7', 'm', 's'),
            ('0198f000-0000-7000-8000-000000000002', 'acme', '2', 'b', 'first_reply', 1, 'r', 'functional', null, 'raised', '{group}', '{Late.}',
             now() - interval '3 hours', now() - interval '2 hours', null, null, null, now() - interval '2 hours', 'missed', 'rule', null, 'app',
             '8', 'm', 's'),
            ('{{Over}}', 'acme', '2', 'b', 'first_reply', 2, 'r', 'hierarchical', '0198f000-0000-7000-8000-000000000002', 'closed', '{lead}',
             '{Late.}', now() - interval '2 hours', now() - interval '1 hour', now() - interval '116 minutes', 'lead', 'link',
             now() - interval '1 hour', 'missed', 'rule', false, 'app', '8', 'm', 's')
        """);
}
