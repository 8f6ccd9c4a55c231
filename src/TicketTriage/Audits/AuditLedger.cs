using Npgsql;
using NpgsqlTypes;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Audits;

/// <summary>Writes what no trigger sees, since it changes no row, and shows what was written.</summary>
public sealed class AuditLedger(NpgsqlDataSource database)
{
    /// <summary>
    /// Who does what a statement does, for the trigger that writes its entry; to be joined to a condition with <c>and</c>. It counts to the
    /// end of the transaction.
    /// </summary>
    /// <param name="parameter">The statement's parameter with the name, such as <c>$2</c>.</param>
    public static string By(string parameter) => $"set_config('tickettriage.person', {parameter}, true) is not null";

    /// <param name="helpdesk">Empty where no single one is concerned.</param>
    /// <param name="by">Who did it; <see langword="null"/> for the service itself.</param>
    /// <param name="subject">To what: a thing and its id, nothing personal.</param>
    /// <param name="details">JSON; nothing personal.</param>
    public async Task AddAsync(
        string helpdesk, string action, string? by, string subject, string details, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "insert into audit_entries (helpdesk, action, person, subject, details) values ($1, $2, audit_person($3), $4, $5)");
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(action));
        command.Parameters.Add(Text(by));
        command.Parameters.Add(Text(subject));
        command.Parameters.Add(Text(details));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The latest first.</summary>
    /// <param name="most">One more is asked for, to know whether there is another page.</param>
    public async Task<AuditSlice> ListAsync(AuditFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {AuditRows.Columns}, p.name, l.position
            from audit_entries e left join audit_people p on p.id = e.person left join audit_links l on l.entry = e.id
            where ($1::text is null or e.helpdesk = $1) and ($2::text is null or e.action = $2) and ($3::text is null or e.subject = $3)
              and ($4::bigint is null or e.id < $4){(filter.IsByPeople ? " and e.person is not null" : "")}
            order by e.id desc limit $5
            """);
        command.Parameters.Add(Text(filter.Helpdesk));
        command.Parameters.Add(Text(filter.Action));
        command.Parameters.Add(Text(filter.Subject));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<AuditLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new AuditLine(
                AuditRows.Read(reader, first: 0),
                reader[7] as string,
                await reader.IsDBNullAsync(8, cancellationToken) ? null : reader.GetInt64(8)));
        }

        return lines.Count > most ? new AuditSlice(lines[..most], lines[most - 1].Entry.Id) : new AuditSlice(lines, Next: null);
    }

    /// <summary>The actions that there are, in the order of letters: found by one step in the index for each.</summary>
    public async Task<IReadOnlyList<string>> ListActionsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with recursive actions as (
                (select action from audit_entries order by action limit 1)
                union all
                select (select e.action from audit_entries e where e.action > actions.action order by e.action limit 1)
                from actions where actions.action is not null
            )
            select action from actions where action is not null
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var actions = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            actions.Add(reader.GetString(0));
        }

        return actions;
    }
}

/// <summary>What to look for; what is <see langword="null"/> is not looked at.</summary>
public sealed record AuditFilter
{
    /// <summary>Empty for what concerns no single one.</summary>
    public string? Helpdesk { get; init; }

    public string? Action { get; init; }

    /// <summary>The whole subject: <c>ticket 4711</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>Leaves out what the service did by itself.</summary>
    public bool IsByPeople { get; init; }

    /// <summary>The last entry of the page before.</summary>
    public long? Before { get; init; }
}

/// <param name="Next">Where the next page begins; <see langword="null"/> at the end.</param>
public sealed record AuditSlice(IReadOnlyList<AuditLine> Lines, long? Next);

/// <param name="By"><see langword="null"/> for the service itself, and for a person whose name was erased.</param>
/// <param name="Position">In its chain; <see langword="null"/> in the seconds before it is linked.</param>
public sealed record AuditLine(AuditEntry Entry, string? By, long? Position);
