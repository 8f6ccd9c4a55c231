using System.Text.Json;
using Npgsql;
using TicketTriage.History;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local.Learning;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Triages;

/// <summary>
/// Tickets whose intent people have told, for the classifier in this process: by a correction here, else by the field in the helpdesk, else
/// by a map of the team's own fields and tags. A person's word outranks all others. What the blind sample holds is left for measuring, and a
/// ticket that gave orders to software teaches nobody.
/// </summary>
public sealed class TaughtTickets(NpgsqlDataSource database)
{
    /// <summary>Of the newest imported ones: more than learning gains from, and few enough for memory.</summary>
    private const int MostPast = 50_000;

    /// <summary>The triage's own field, beside which the account's may stand.</summary>
    private const string Intent = "intent";

    /// <param name="helpdesk"><see langword="null"/> for all.</param>
    /// <param name="since">Of a judgement, or of an imported ticket's arrival.</param>
    public async Task<TaughtHistory> ListAsync(
        string? helpdesk, DateTimeOffset since, Taxonomy taxonomy, IntentMap map, CancellationToken cancellationToken)
    {
        var history = new TaughtHistory();
        foreach (var (ticket, intent) in await ListJudgedAsync(helpdesk, since, isBlind: false, cancellationToken))
        {
            history.Add(ticket, intent, TaughtBy.Correction, taxonomy);
        }

        await AddPastAsync(history, helpdesk, since, taxonomy, map, cancellationToken);
        return history;
    }

    /// <summary>Tickets that somebody judged before seeing the decision, drawn by lot: the fair measure.</summary>
    public async Task<IReadOnlyList<TicketRow>> ListBlindAsync(
        string? helpdesk, DateTimeOffset since, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        var history = new TaughtHistory();
        foreach (var (ticket, intent) in await ListJudgedAsync(helpdesk, since, isBlind: true, cancellationToken))
        {
            history.Add(ticket, intent, TaughtBy.Correction, taxonomy);
        }

        return history.Rows;
    }

    /// <summary>Each judged ticket once, by the latest word on its intent. One that was ever judged blind belongs to the measure.</summary>
    private async Task<IReadOnlyList<(CleanTicket Ticket, string Intent)>> ListJudgedAsync(
        string? helpdesk, DateTimeOffset since, bool isBlind, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with latest as (
                select distinct on (helpdesk, number) helpdesk, number, triage_id, said,
                       bool_or(how = 'blind') over (partition by helpdesk, number) as is_blind
                from judgements where ($1::text is null or helpdesk = $1) and at >= $2 and field = 'intent'
                order by helpdesk, number, at desc, id desc
            )
            select t.conversation::text, x.said from latest x join triages t on t.id = x.triage_id
            where x.is_blind = $3 and {CorrectedTickets.NeverSuspicious("x")}
            order by x.helpdesk, x.number
            """,
            helpdesk,
            since);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isBlind });
        var judged = new List<(CleanTicket, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var ticket = JsonSerializer.Deserialize(reader.GetString(0), TriageJson.Default.CleanTicket)
                ?? throw new InvalidOperationException("A judged triage is stored without its conversation.");
            judged.Add((ticket, reader.GetString(1)));
        }

        return judged;
    }

    private async Task AddPastAsync(
        TaughtHistory history, string? helpdesk, DateTimeOffset since, Taxonomy taxonomy, IntentMap map, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            select x.helpdesk, x.number, x.subject, x.messages::text, x.language, x.tags, x.custom_fields::text, x.fields::text,
                   l.intent
            from past_tickets x
            left join decision_lines l on l.helpdesk = x.helpdesk and l.number = x.number and l.is_last
            where ($1::text is null or x.helpdesk = $1) and x.created_at >= $2 and {CorrectedTickets.NeverSuspicious("x")}
              and not exists (
                  select from judgements j where j.helpdesk = x.helpdesk and j.number = x.number and j.field = 'intent')
            order by x.created_at desc, x.helpdesk, x.number
            limit $3
            """,
            helpdesk,
            since);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostPast });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var ticket = new CleanTicket
            {
                Id = new TicketId(reader.GetString(0), reader.GetString(1)),
                Subject = reader.GetString(2),
                Messages = BeforeAnyAnswer(StoredPastTicket.ReadMessages(reader.GetString(3))),
                Language = new Finding(reader.GetString(4), 1, []),
                ContentHash = "",
            };
            var tags = await reader.GetFieldValueAsync<string[]>(5, cancellationToken);
            var fields = new Dictionary<string, string>(StoredPastTicket.ReadFields(reader.GetString(6)));

            // A field that still says what this service decided says nothing of people.
            if (StoredPastTicket.ReadFields(reader.GetString(7)).GetValueOrDefault(Intent) is { } told && told != reader[8] as string)
            {
                fields[Intent] = told;
            }

            AddPast(history, ticket, tags, fields, taxonomy, map);
        }
    }

    private static void AddPast(
        TaughtHistory history,
        CleanTicket ticket,
        IReadOnlyList<string> tags,
        Dictionary<string, string> fields,
        Taxonomy taxonomy,
        IntentMap map)
    {
        if (fields.GetValueOrDefault(Intent) is { } told && taxonomy.FindIntent(told) is not null)
        {
            history.Add(ticket, told, TaughtBy.Field, taxonomy);
            return;
        }

        var mapped = map.Find(tags, fields);
        if (mapped is [var only])
        {
            history.Add(ticket, only, TaughtBy.Map, taxonomy);
        }
        else
        {
            history.LeaveOut(isContradictory: mapped.Count > 1);
        }
    }

    /// <summary>What a new ticket has when it is decided: the rest of the thread may be about anything.</summary>
    private static IReadOnlyList<CleanMessage> BeforeAnyAnswer(IReadOnlyList<CleanMessage> messages)
    {
        IReadOnlyList<CleanMessage> first = [.. messages.TakeWhile(message => message.IsFromCustomer || !message.IsPublic)];
        return first.Any(message => message.IsFromCustomer) ? first : messages;
    }

    private NpgsqlCommand Command(string sql, string? helpdesk, DateTimeOffset since)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Moment(since));
        return command;
    }
}
