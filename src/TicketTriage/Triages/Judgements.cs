using Npgsql;
using NpgsqlTypes;
using TicketTriage.Tickets;

namespace TicketTriage.Triages;

/// <summary>
/// Keeps people's word on decisions: corrections, and blind looks at a sample. Appended only; of several on the same decision and field the
/// latest counts. Learning may take a correction for the truth, and a blind look for a fair measure.
/// </summary>
public sealed class Judgements(NpgsqlDataSource database)
{
    public async Task AddAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = judgement.Id });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = judgement.TriageId });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.Ticket.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.Ticket.Number });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.Field.Word() });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.Decided });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.Said });
        parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)judgement.Confidence });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.IsBlind ? "blind" : "correction" });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = judgement.By });
        parameters.Add(new NpgsqlParameter { Value = judgement.At.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All that was said of a ticket, the latest first.</summary>
    public async Task<IReadOnlyList<Judgement>> ListAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select id, triage_id, field, decided, said, confidence, how = 'blind', by_whom, at from judgements
            where triage_id in (select id from triages where helpdesk = $1 and number = $2)
            order by at desc
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        var said = new List<Judgement>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            said.Add(new Judgement
            {
                Id = reader.GetGuid(0),
                TriageId = reader.GetGuid(1),
                Ticket = ticket,
                Field = JudgedFields.Read(reader.GetString(2)),
                Decided = reader.GetString(3),
                Said = reader.GetString(4),
                Confidence = reader.GetFloat(5),
                IsBlind = reader.GetBoolean(6),
                By = reader.GetString(7),
                At = await reader.GetFieldValueAsync<DateTimeOffset>(8, cancellationToken),
            });
        }

        return said;
    }
}

/// <summary>What somebody says that a decision should have been.</summary>
public sealed record Judgement
{
    public required Guid Id { get; init; }

    public required Guid TriageId { get; init; }

    public required TicketId Ticket { get; init; }

    public required JudgedField Field { get; init; }

    public required string Decided { get; init; }

    /// <summary>The same as <see cref="Decided"/> where the decision was right.</summary>
    public required string Said { get; init; }

    /// <summary>How sure the decision was, in [0, 1].</summary>
    public required double Confidence { get; init; }

    /// <summary>True where the person had not seen the decision.</summary>
    public bool IsBlind { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What of a decision can be judged.</summary>
public enum JudgedField
{
    Intent = 0,
    Priority,
    Group,
}

public static class JudgedFields
{
    /// <summary>The word in tables and forms.</summary>
    public static string Word(this JudgedField field) => field switch
    {
        JudgedField.Intent => "intent",
        JudgedField.Priority => "priority",
        JudgedField.Group => "group",
    };

    /// <exception cref="FormatException">There is no such field.</exception>
    public static JudgedField Read(string word) => word switch
    {
        "intent" => JudgedField.Intent,
        "priority" => JudgedField.Priority,
        "group" => JudgedField.Group,
        _ => throw new FormatException($"There is no field {word} to judge; known are intent, priority and group."),
    };
}
