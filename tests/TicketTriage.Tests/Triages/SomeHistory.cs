using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Triages;

/// <summary>Decisions, people's word on them, and imported tickets in a database.</summary>
internal static class SomeHistory
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static async Task<Guid> DecideAsync(
        TriageDatabase database,
        string number,
        string text = "Where is my parcel?",
        string? requester = "77",
        string helpdesk = "acme",
        string intent = "orders/late",
        double daysAgo = 1,
        params string[] warnings)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var ticket = ATicket.Saying(text) with { Id = new TicketId(helpdesk, number), Warnings = warnings };
        await using var command = database.Pool.CreateCommand(
            """
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions,
                                 requester_id)
            values ($1, $2, $3, $4, '', '', $5, $6, '{}', '{}', '{}', '{}', $7)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = Now.AddDays(-daysAgo) });
        command.Parameters.Add(Json(JsonSerializer.Serialize(ticket, TriageJson.Default.CleanTicket)));
        command.Parameters.Add(Json(JsonSerializer.Serialize(AnUnderstanding.Of(intent), TriageJson.Default.TicketUnderstanding)));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)requester ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
        return id;
    }

    public static Task JudgeAsync(
        TriageDatabase database, Guid triage, string number, string intent, bool isBlind = false, double daysAgo = 0, string helpdesk = "acme") =>
        new Judgements(database.Pool).AddAsync(
            new Judgement
            {
                Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                TriageId = triage,
                Ticket = new TicketId(helpdesk, number),
                Field = JudgedField.Intent,
                Decided = "orders/late",
                Said = intent,
                Confidence = 0.6,
                IsBlind = isBlind,
                By = "lea",
                At = Now.AddDays(-daysAgo),
            },
            CancellationToken.None);

    public static async Task ImportAsync(
        TriageDatabase database,
        string number,
        string text = "I want my money back.",
        string fields = "{}",
        string customFields = "{}",
        string[]? tags = null,
        string? requester = "77",
        double daysAgo = 1,
        params CleanMessage[] later)
    {
        CleanMessage[] messages = [ATicket.FromCustomer(text), .. later];
        await using var command = database.Pool.CreateCommand(
            """
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, custom_fields, language, subject, messages, created_at,
                                      updated_at, requester_id)
            values ('acme', $1, '', 'solved', 'normal', $2, $3, $4, 'en', '', $5, $6, $6, $7)
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = tags ?? [] });
        command.Parameters.Add(Json(fields));
        command.Parameters.Add(Json(customFields));
        command.Parameters.Add(Json(JsonSerializer.Serialize(messages, Web)));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = Now.AddDays(-daysAgo) });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)requester ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Json(string json) => new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web);
}
