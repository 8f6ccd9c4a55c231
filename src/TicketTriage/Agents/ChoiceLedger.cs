using System.Text.Json;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Agents;

/// <summary>
/// Who was given which ticket and why. A row is written in the statement that confirms it (<see cref="CapacityLedger.ConfirmAsync"/>),
/// and stays when the ticket has ended.
/// </summary>
public sealed class ChoiceLedger(NpgsqlDataSource database)
{
    /// <summary>The agents who were given a ticket, the latest first.</summary>
    public async Task<IReadOnlyList<KeptChoice>> ListAsync(string helpdesk, string number, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select agent_id, given_at, reasons::text from agent_choices
            where helpdesk = $1 and number = $2 order by given_at desc, id desc limit $3
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(number));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var choices = new List<KeptChoice>();
        while (await reader.ReadAsync(cancellationToken))
        {
            choices.Add(new KeptChoice(
                reader.GetString(0),
                await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken),
                JsonSerializer.Deserialize(reader.GetString(2), AgentJson.Default.IReadOnlyListString) ?? []));
        }

        return choices;
    }

    /// <summary>How many minutes of expected work each agent was given since a moment; who was given nothing is missing.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ListMinutesAsync(
        string helpdesk, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select agent_id, sum(expected_minutes)::float8 from agent_choices where helpdesk = $1 and given_at >= $2 group by agent_id");
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Moment(since));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var minutes = new Dictionary<string, double>();
        while (await reader.ReadAsync(cancellationToken))
        {
            minutes[reader.GetString(0)] = reader.GetDouble(1);
        }

        return minutes;
    }
}

/// <summary>A ticket that an agent was given.</summary>
/// <param name="AgentId">The helpdesk's own id.</param>
/// <param name="Reasons">Who could have had it, who couldn't and why, and what the first three were worth.</param>
public sealed record KeptChoice(string AgentId, DateTimeOffset At, IReadOnlyList<string> Reasons);
