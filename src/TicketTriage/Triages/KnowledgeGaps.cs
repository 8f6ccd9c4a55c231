using System.Text.Json;
using Npgsql;
using TicketTriage.Knowledge;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Triages;

/// <summary>Collects the questions that the team's knowledge did not answer, out of the decision records: redacted as they are.</summary>
public sealed class KnowledgeGaps(NpgsqlDataSource database)
{
    /// <summary>More than anybody will write articles for, and little enough to group at once.</summary>
    public const int MostQuestions = 2_000;

    /// <param name="since">Of the decisions.</param>
    /// <param name="most">Of the latest questions; grouping takes four times as long for twice as many.</param>
    /// <returns>The largest gap first; a ticket counts once, as it was decided last.</returns>
    public async Task<IReadOnlyList<KnowledgeGap>> ListAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        KnowledgeGap.Group(await ListQuestionsAsync(since, most, cancellationToken));

    /// <returns>The gap with this ticket's question; <see langword="null"/> where that has an answer by now, or is too old.</returns>
    /// <inheritdoc cref="ListAsync"/>
    public async Task<KnowledgeGap?> FindAsync(TicketId ticket, DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        (await ListAsync(since, most, cancellationToken)).FirstOrDefault(gap => gap.Questions.Any(question => question.Ticket == ticket));

    /// <summary>
    /// What agents have answered on a gap's tickets, as far as it is kept: in tickets that were imported once they were solved, else before
    /// the customer wrote last. Redacted, latest first; never where the customer rated the help as bad.
    /// </summary>
    public async Task<IReadOnlyList<GivenAnswer>> ListAnswersAsync(KnowledgeGap gap, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select asked.helpdesk, asked.number, coalesce(p.messages, t.conversation -> 'messages', '[]')::text
            from unnest($1, $2) as asked (helpdesk, number)
            left join past_tickets p on (p.helpdesk, p.number) = (asked.helpdesk, asked.number) and p.status in ('solved', 'closed')
            left join lateral (
                select t.conversation from triages t join decision_lines l on l.triage_id = t.id and l.is_last
                where (t.helpdesk, t.number) = (asked.helpdesk, asked.number) limit 1) t on true
            where not exists (
                select from past_tickets bad where (bad.helpdesk, bad.number) = (asked.helpdesk, asked.number) and bad.rating = 'bad')
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. gap.Questions.Select(question => question.Ticket.Helpdesk)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. gap.Questions.Select(question => question.Ticket.Number)] });
        var answers = new List<GivenAnswer>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var messages = JsonSerializer.Deserialize(reader.GetString(2), TriageJson.Default.IReadOnlyListCleanMessage) ?? [];
            if (messages.LastOrDefault(message => message is { IsPublic: true, IsFromCustomer: false, Text.Length: > 0 }) is { } answer)
            {
                answers.Add(new GivenAnswer(new TicketId(reader.GetString(0), reader.GetString(1)), answer.At, answer.Text));
            }
        }

        return [.. answers.OrderByDescending(answer => answer.At)];
    }

    private async Task<IReadOnlyList<UnansweredQuestion>> ListQuestionsAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select t.helpdesk, t.number, t.decided_at, coalesce(t.understanding #>> '{language,value}', ''),
                   coalesce(t.understanding #>> '{intent,value}', ''), coalesce(t.conversation ->> 'subject', ''),
                   coalesce(t.understanding ->> 'ownWords', t.understanding ->> 'summary', '')
            from triages t
            where t.decided_at >= $1 and t.draft ->> 'support' = 'Nothing'
              and exists (select from decision_lines l where l.triage_id = t.id and l.is_last)
            order by t.decided_at desc
            limit $2
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var questions = new List<UnansweredQuestion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            questions.Add(new UnansweredQuestion(
                new TicketId(reader.GetString(0), reader.GetString(1)),
                await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)));
        }

        return questions;
    }
}
