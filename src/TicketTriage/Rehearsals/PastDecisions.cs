using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.History;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing.Rules;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Reads the tickets of the past: the last decision on each, and the imported ones that were never decided here, as far as their fields
/// say what they are about.
/// </summary>
public sealed class PastDecisions(NpgsqlDataSource database, PolicyDocument<PriorityPolicy> priorities, ServiceLevelsInForce serviceLevels)
{
    /// <summary>
    /// All of a conversation but its texts: rules can't ask for them, and ten thousand conversations are many megabytes.
    /// </summary>
    private const string WithoutTexts =
        """
        jsonb_build_object(
            'id', conversation -> 'id', 'language', conversation -> 'language', 'contentHash', conversation -> 'contentHash',
            'channel', conversation -> 'channel', 'createdAt', conversation -> 'createdAt', 'tags', conversation -> 'tags',
            'customFields', conversation -> 'customFields')
        """;

    /// <param name="helpdesk"><see langword="null"/> for all.</param>
    /// <param name="since">Of arrival.</param>
    /// <param name="at">The moment at which rules are asked whether they hold.</param>
    /// <param name="anew">
    /// Understands the tickets anew, for another taxonomy; <see langword="null"/> where what was understood, or people said, then counts.
    /// </param>
    /// <exception cref="InvalidOperationException">What is kept of a ticket can't be read.</exception>
    public async Task<IReadOnlyList<PastDecision>> ListAsync(
        string? helpdesk,
        DateTimeOffset since,
        DateTimeOffset at,
        UnderstoodTwice? anew,
        CancellationToken cancellationToken)
    {
        var past = await ListDecidedAsync(helpdesk, since, at, anew, cancellationToken);
        past.AddRange(await ListImportedAsync(helpdesk, since, at, anew, cancellationToken));
        return past;
    }

    private async Task<List<PastDecision>> ListDecidedAsync(
        string? helpdesk,
        DateTimeOffset since,
        DateTimeOffset at,
        UnderstoodTwice? anew,
        CancellationToken cancellationToken)
    {
        // Nothing is decided before it arrives: by its index the moment of the decision leaves out most of what came too early.
        await using var command = Command(
            $"""
            select distinct on (helpdesk, number)
                   helpdesk, number, understanding::text, route ->> 'group', ({(anew is null ? WithoutTexts : "conversation")})::text,
                   decided_at, (priority -> 'circumstances')::text
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
            var ticket = Kept(id, "conversation", () => JsonSerializer.Deserialize(reader.GetString(4), TriageJson.Default.CleanTicket));
            if (ticket.CreatedAt < since)
            {
                continue;
            }

            var decidedAt = await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken);
            var circumstances = reader[6] is string known
                ? Kept(id, "circumstances", () => JsonSerializer.Deserialize(known, TriageJson.Default.Circumstances))
                : null;
            RuleFacts FactsOf(TicketUnderstanding understood) => RuleFacts.Of(
                understood, PriorityScale.Rank(understood, ticket, priorities.Content, circumstances), ticket, at).During(serviceLevels.Hours, decidedAt);

            var understanding = anew is not null
                ? await anew.InForce(ticket)
                : Kept(id, "understanding", () => JsonSerializer.Deserialize(reader.GetString(2), TriageJson.Default.TicketUnderstanding));
            past.Add(new PastDecision(id, FactsOf(understanding), reader[3] as string, ticket.CreatedAt)
            {
                Anew = anew is null ? null : FactsOf(await anew.Candidate(ticket)),
            });
        }

        return past;
    }

    private async Task<List<PastDecision>> ListImportedAsync(
        string? helpdesk,
        DateTimeOffset since,
        DateTimeOffset at,
        UnderstoodTwice? anew,
        CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            select helpdesk, number, fields::text, priority, language, channel, tags, created_at, custom_fields::text,
                   subject, {(anew is null ? "'[]'" : "messages::text")}
            from past_tickets p
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
            var ticket = await ReadTicketAsync(reader, cancellationToken);
            RuleFacts FactsOf(TicketUnderstanding understood) => RuleFacts.Of(
                understood,
                Enum.TryParse<TicketPriority>(reader.GetString(3), ignoreCase: true, out var set) && set != TicketPriority.None
                    ? new PriorityChoice(set, 1, [])
                    : PriorityScale.Rank(understood, ticket, priorities.Content),
                ticket,
                at).During(serviceLevels.Hours, ticket.CreatedAt);

            var understanding = anew is not null
                ? await anew.InForce(ticket)
                : OfFields(ticket, Kept(ticket.Id, "fields", () => StoredPastTicket.ReadFields(reader.GetString(2))));
            past.Add(new PastDecision(ticket.Id, FactsOf(understanding), Group: null, ticket.CreatedAt)
            {
                Anew = anew is null ? null : FactsOf(await anew.Candidate(ticket)),
            });
        }

        return past;
    }

    private static async Task<CleanTicket> ReadTicketAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var id = new TicketId(reader.GetString(0), reader.GetString(1));
        return new CleanTicket
        {
            Id = id,
            Subject = reader.GetString(9),
            Messages = Kept(id, "messages", () => StoredPastTicket.ReadMessages(reader.GetString(10))),
            Language = new Finding(reader.GetString(4), 1, []),
            ContentHash = "",
            Channel = reader[5] as string,
            Tags = await reader.GetFieldValueAsync<string[]>(6, cancellationToken),
            CreatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(7, cancellationToken),
            CustomFields = Kept(id, "custom fields", () => StoredPastTicket.ReadFields(reader.GetString(8))),
        };
    }

    /// <summary>Reads a part of what is kept. A backtest that left damaged tickets out would tell of a past that was not.</summary>
    /// <exception cref="InvalidOperationException">It can't be read, or nothing is kept.</exception>
    private static T Kept<T>(TicketId id, string part, Func<T?> read)
        where T : class
    {
        try
        {
            return read() ?? throw new JsonException("Nothing is there.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidOperationException(
                $"What is kept of the ticket {id} can't be read (its {part}); have it triaged or imported again, or begin with a later day.",
                e);
        }
    }

    /// <summary>What people have set counts as sure.</summary>
    private static TicketUnderstanding OfFields(CleanTicket ticket, IReadOnlyDictionary<string, string> fields)
    {
        Finding Of(string name) => fields.TryGetValue(name, out var value) ? new Finding(value, 1, []) : Finding.Nothing("");

        return new TicketUnderstanding
        {
            Intent = Of("intent"),
            Product = Of("product"),
            Sentiment = Of("sentiment"),
            Language = ticket.Language,
            Summary = "",
            Provider = "people",
            ModelVersion = "",
        };
    }

    private NpgsqlCommand Command(string sql, string? helpdesk, DateTimeOffset since)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)helpdesk ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since.ToUniversalTime() });
        return command;
    }
}

/// <summary>How tickets are understood where taxonomies are compared: what was understood once can't be compared with what is now.</summary>
public sealed record UnderstoodTwice(
    Func<CleanTicket, Task<TicketUnderstanding>> InForce, Func<CleanTicket, Task<TicketUnderstanding>> Candidate);
