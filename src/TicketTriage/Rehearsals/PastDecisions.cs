using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Reads the tickets of the past: the last decision on each, and the imported ones that were never decided here, as far as their fields
/// say what they are about.
/// </summary>
public sealed class PastDecisions(NpgsqlDataSource database, PolicyDocument<PriorityPolicy> priorities)
{
    /// <param name="helpdesk"><see langword="null"/> for all.</param>
    /// <param name="since">Of arrival.</param>
    /// <param name="at">The moment at which rules are asked whether they hold.</param>
    public async Task<IReadOnlyList<PastDecision>> ListAsync(
        string? helpdesk, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var past = await ListDecidedAsync(helpdesk, since, at, cancellationToken);
        past.AddRange(await ListImportedAsync(helpdesk, since, at, cancellationToken));
        return past;
    }

    private async Task<List<PastDecision>> ListDecidedAsync(
        string? helpdesk, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select distinct on (helpdesk, number)
                   helpdesk, number, understanding::text, route ->> 'group', jsonb_build_object(
                       'id', conversation -> 'id', 'language', conversation -> 'language', 'contentHash', conversation -> 'contentHash',
                       'channel', conversation -> 'channel', 'createdAt', conversation -> 'createdAt', 'tags', conversation -> 'tags')::text
            from triages
            where ($1::text is null or helpdesk = $1) and decided_at >= $2
            order by helpdesk, number, decided_at desc
            """,
            helpdesk,
            since);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var past = new List<PastDecision>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = new TicketId(reader.GetString(0), reader.GetString(1));
            var understanding = JsonSerializer.Deserialize(reader.GetString(2), TriageJson.Default.TicketUnderstanding)
                ?? throw new InvalidOperationException($"The last triage of {id} has no understanding.");

            // Texts stay where they are: rules can't ask for them, and ten thousand conversations are many megabytes.
            var ticket = JsonSerializer.Deserialize(reader.GetString(4), TriageJson.Default.CleanTicket)
                ?? throw new InvalidOperationException($"The last triage of {id} has no conversation.");
            var priority = PriorityScale.Rank(understanding, ticket, priorities.Content);
            past.Add(new PastDecision(id, RuleFacts.Of(understanding, priority, ticket, at), reader[3] as string, ticket.CreatedAt));
        }

        return past;
    }

    private async Task<List<PastDecision>> ListImportedAsync(
        string? helpdesk, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select helpdesk, number, fields::text, priority, language, channel, tags, created_at from past_tickets p
            where ($1::text is null or helpdesk = $1) and created_at >= $2
              and not exists (select 1 from triages t where t.helpdesk = p.helpdesk and t.number = p.number)
            order by helpdesk, number
            """,
            helpdesk,
            since);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var past = new List<PastDecision>();
        while (await reader.ReadAsync(cancellationToken))
        {
            using var fields = JsonDocument.Parse(reader.GetString(2));
            var known = fields.RootElement.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(field => field.Name.ToLowerInvariant(), field => field.Value.GetString() ?? "");
            var tags = await reader.GetFieldValueAsync<string[]>(6, cancellationToken);
            var intent = known.GetValueOrDefault("intent");
            past.Add(new PastDecision(
                new TicketId(reader.GetString(0), reader.GetString(1)),
                new RuleFacts
                {
                    // People set the field, so that it counts as sure.
                    Intent = intent ?? Finding.Unclear,
                    IntentConfidence = intent is null ? 0 : 1,
                    Product = known.GetValueOrDefault("product"),
                    Sentiment = known.GetValueOrDefault("sentiment"),
                    Language = reader.GetString(4),
                    Channel = reader[5] as string,
                    Tags = tags,
                    CustomFields = known,
                    Priority = Enum.TryParse<TicketPriority>(reader.GetString(3), ignoreCase: true, out var priority)
                        ? priority
                        : TicketPriority.None,
                    At = at,
                },
                Group: null,
                await reader.GetFieldValueAsync<DateTimeOffset>(7, cancellationToken)));
        }

        return past;
    }

    private NpgsqlCommand Command(string sql, string? helpdesk, DateTimeOffset since)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)helpdesk ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since.ToUniversalTime() });
        return command;
    }
}
