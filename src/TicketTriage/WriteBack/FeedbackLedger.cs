using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.WriteBack;

/// <summary>
/// What agents said of notes. Guarantee: a note is counted once, however often and by however many its links are used; the key of the table
/// holds it, so that two at the same moment can't both count.
/// </summary>
public sealed class FeedbackLedger(NpgsqlDataSource database)
{
    /// <param name="triage">Of the note.</param>
    public async Task<FeedbackOutcome> GiveAsync(Guid triage, bool isUseful, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with known as (
                select id, coalesce(understanding #>> '{intent,value}', '') as intent from triages where id = $1
            ), given as (
                insert into note_feedback (triage, intent, is_useful, given_at) select id, intent, $2, $3 from known
                on conflict (triage) do nothing
                returning triage
            )
            select case when exists (select from given) then 1 when exists (select from known) then 2 else 0 end
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triage });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isUseful });
        command.Parameters.Add(Moment(at));
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            1 => FeedbackOutcome.Counted,
            2 => FeedbackOutcome.GivenBefore,
            _ => FeedbackOutcome.UnknownNote,
        };
    }

    /// <returns>True where somebody has said something of the note already.</returns>
    public async Task<bool> IsGivenAsync(Guid triage, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from note_feedback where triage = $1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = triage });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <returns>What was said since then, by intent; the intents with most words first.</returns>
    public async Task<IReadOnlyList<IntentFeedback>> CountAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select intent, count(*) filter (where is_useful), count(*) filter (where not is_useful)
            from note_feedback where given_at >= $1
            group by intent order by count(*) desc, intent
            """);
        command.Parameters.Add(Moment(since));
        var counts = new List<IntentFeedback>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new IntentFeedback(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return counts;
    }
}

/// <summary>What became of a word on a note.</summary>
public enum FeedbackOutcome
{
    /// <summary>No such note was ever written.</summary>
    UnknownNote = 0,

    Counted,

    /// <summary>Somebody has said something of it before, and that stands.</summary>
    GivenBefore,
}

/// <summary>How useful the notes of an intent were.</summary>
/// <param name="Intent">As the decision had it; empty where it had none.</param>
public sealed record IntentFeedback(string Intent, long Useful, long NotUseful);
