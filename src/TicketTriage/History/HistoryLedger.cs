using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.History;

/// <summary>
/// Keeps past tickets, and how far the past was read. Guarantees: a place moves on only after everything before it is kept, so that an
/// import that was cut off loses nothing; a ticket has one row whatever is read twice; and a newer version is never replaced by an older
/// one.
/// </summary>
public sealed class HistoryLedger(NpgsqlDataSource database)
{
    /// <returns>Where the last import ended or was cut off; <see langword="null"/> where there was none that began as early.</returns>
    public async Task<HistoryPlace?> FindPlaceAsync(string helpdesk, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select since, cursor, tickets from history_imports where helpdesk = $1 and since <= $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Moment(since));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new HistoryPlace(
                await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), reader[1] as string, reader.GetInt64(2))
            : null;
    }

    /// <param name="isEnd">Nothing newer is known to the helpdesk.</param>
    public async Task KeepPlaceAsync(string helpdesk, HistoryPlace place, bool isEnd, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into history_imports (helpdesk, since, cursor, tickets, ended_at)
            values ($1, $2, $3, $4, case when $5 then now() end)
            on conflict (helpdesk) do update
            set since = excluded.since, cursor = excluded.cursor, tickets = excluded.tickets, ended_at = excluded.ended_at,
                changed_at = now()
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Moment(place.Since));
        command.Parameters.Add(Text(place.Cursor));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = place.Tickets });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isEnd });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The numbers of those that are kept in just this version.</returns>
    public async Task<IReadOnlySet<string>> FindKeptAsync(
        string helpdesk, IReadOnlyList<HelpdeskTicket> tickets, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.number from past_tickets p
            join unnest($2, $3) as seen (number, stamp) on p.number = seen.number and p.stamp = seen.stamp
            where p.helpdesk = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Column([.. tickets.Select(ticket => ticket.Number)]));
        command.Parameters.Add(Column([.. tickets.Select(ticket => ticket.Stamp)]));
        var kept = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            kept.Add(reader.GetString(0));
        }

        return kept;
    }

    /// <param name="clean">What was said, already redacted.</param>
    public async Task KeepAsync(
        HelpdeskTicket ticket,
        CleanTicket clean,
        DateTimeOffset? firstReplyAt,
        DateTimeOffset? solvedAt,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into past_tickets (helpdesk, number, stamp, status, priority, group_id, assignee_id, channel, tags, fields,
                                      language, subject, messages, created_at, first_reply_at, solved_at, updated_at, custom_fields,
                                      requester_id, rating)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            on conflict (helpdesk, number) do update
            set stamp = excluded.stamp, status = excluded.status, priority = excluded.priority, group_id = excluded.group_id,
                assignee_id = excluded.assignee_id, channel = excluded.channel, tags = excluded.tags, fields = excluded.fields,
                language = excluded.language, subject = excluded.subject, messages = excluded.messages, created_at = excluded.created_at,
                first_reply_at = excluded.first_reply_at, solved_at = excluded.solved_at, updated_at = excluded.updated_at,
                custom_fields = excluded.custom_fields, requester_id = excluded.requester_id,
                rating = coalesce(excluded.rating, past_tickets.rating), imported_at = now()
            where past_tickets.updated_at <= excluded.updated_at
            """);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<string> { TypedValue = clean.Id.Helpdesk });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = clean.Id.Number });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Stamp });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Status.ToString().ToLowerInvariant() });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Priority.ToString().ToLowerInvariant() });
        parameters.Add(Text(ticket.GroupId));
        parameters.Add(Text(ticket.AssigneeId));
        parameters.Add(Text(ticket.Channel));
        parameters.Add(Column([.. ticket.Tags]));
        parameters.Add(Json(JsonSerializer.Serialize(FieldsToKeep(ticket), HistoryJson.Default.IReadOnlyDictionaryTriageFieldString)));
        parameters.Add(new NpgsqlParameter<string> { TypedValue = clean.Language.Value });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = clean.Subject });
        parameters.Add(Json(JsonSerializer.Serialize(clean.Messages, HistoryJson.Default.IReadOnlyListCleanMessage)));
        parameters.Add(Moment(ticket.CreatedAt));
        parameters.Add(Moment(firstReplyAt));
        parameters.Add(Moment(solvedAt));
        parameters.Add(Moment(ticket.UpdatedAt));
        parameters.Add(Json(JsonSerializer.Serialize(ticket.CustomFields, HistoryJson.Default.IReadOnlyDictionaryStringString)));
        parameters.Add(Text(ticket.RequesterId));
        parameters.Add(Text(WordOf(ticket.Rating)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps what customers said of tickets; of those that aren't kept nothing is.</summary>
    /// <param name="ratings">By the ticket's number.</param>
    public async Task RateAsync(string helpdesk, IReadOnlyDictionary<string, TicketRating> ratings, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update past_tickets p set rating = given.rating
            from unnest($2, $3) as given (number, rating)
            where p.helpdesk = $1 and p.number = given.number and p.rating is distinct from given.rating
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Column([.. ratings.Keys]));
        command.Parameters.Add(new NpgsqlParameter<string?[]>
        {
            TypedValue = [.. ratings.Values.Select(WordOf)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>How many tickets of a helpdesk are kept.</returns>
    public async Task<long> CountAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select count(*) from past_tickets where helpdesk = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        return await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0;
    }

    /// <param name="most">Of the latest.</param>
    /// <returns>Tickets that are solved or closed and rated as good by their customers, redacted as they are kept.</returns>
    public async Task<IReadOnlyList<SolvedTicket>> ListWellSolvedAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select helpdesk, number, language, subject, messages::text, updated_at
            from past_tickets where status in ('solved', 'closed') and rating = 'good'
            order by updated_at desc, helpdesk, number
            limit $1
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var solved = new List<SolvedTicket>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            solved.Add(new SolvedTicket(
                new TicketId(reader.GetString(0), reader.GetString(1)), reader.GetString(2), reader.GetString(3),
                JsonSerializer.Deserialize(reader.GetString(4), HistoryJson.Default.IReadOnlyListCleanMessage) ?? [],
                await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken)));
        }

        return solved;
    }

    /// <summary>Removes tickets that their helpdesk has deleted: what a customer had removed there is not kept here.</summary>
    public async Task ForgetAsync(string helpdesk, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from past_tickets where helpdesk = $1 and number = any($2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(Column([.. numbers]));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? WordOf(TicketRating rating) => rating switch
    {
        TicketRating.Good => "good",
        TicketRating.Bad => "bad",
        _ => null,
    };

    // The summary is free text that no redactor has seen; it is learned from the messages where anybody needs it.
    private static Dictionary<TriageField, string> FieldsToKeep(HelpdeskTicket ticket) =>
        ticket.Fields.Where(field => field.Key != TriageField.Summary).ToDictionary();

    private static NpgsqlParameter Json(string json) => new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter<string[]> Column(string[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>A past ticket that is over.</summary>
/// <param name="Messages">Oldest first, redacted.</param>
public sealed record SolvedTicket(
    TicketId Id, string Language, string Subject, IReadOnlyList<CleanMessage> Messages, DateTimeOffset UpdatedAt);

/// <summary>How far a helpdesk's past is known.</summary>
/// <param name="Since">Where the import began.</param>
/// <param name="Cursor">The helpdesk's own mark; <see langword="null"/> at the beginning.</param>
/// <param name="Tickets">How many of the helpdesk's tickets were kept then.</param>
public sealed record HistoryPlace(DateTimeOffset Since, string? Cursor, long Tickets);
