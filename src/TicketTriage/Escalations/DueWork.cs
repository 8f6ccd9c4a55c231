using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Escalations;

/// <summary>
/// What of the escalations has work now: one question for all who would else ask each their own, every second and mostly in vain. Guarantee:
/// whatever a claim of the ledgers would take at the same moment is named here, by the same conditions. It takes nothing itself.
/// </summary>
/// <param name="HasLooks">Whether tickets are due of which no helpdesk has to be asked first.</param>
/// <param name="ToAsk">The helpdesks that have to be asked of tickets that are due.</param>
/// <param name="Messages">The channels by which people are to be told.</param>
/// <param name="Notes">The helpdesks into which something is to be written.</param>
public sealed record DueWork(
    bool HasLooks, IReadOnlyList<string> ToAsk, IReadOnlyList<NoticeChannel> Messages, IReadOnlyList<string> Notes)
{
    // Each part in the order of an index and cut after its first entry: a plan made for any moment would else read the whole table, in
    // the belief that a third of it is due.
    internal static readonly string Statement =
        $"""
        select
            (select true from watched_tickets where {WatchLedger.IsReady("$2")} order by next_look_at limit 1) is not null,
            array(select h from unnest($2) as h, lateral (
                select from watched_tickets where {WatchLedger.IsToAsk("h")} order by next_look_at limit 1) as due),
            array(select c from unnest($3) as c, lateral (
                select from notices where {NoticeLedger.IsWaiting("c")} order by channel, recipient, not_before limit 1) as due),
            array(select distinct e.helpdesk from notices n join escalations e on e.id = n.escalation_id
                where {NoticeLedger.IsWaitingNote("$4")} and e.helpdesk = any($2))
        """;

    private static readonly string[] ChannelWords = [.. NoticeCourier.Messages.Select(channel => channel.Word())];

    public static async Task<DueWork> ReadAsync(
        NpgsqlDataSource database, IReadOnlyList<string> helpdesks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Statement);
        AddTo(command.Parameters, helpdesks, now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var words = await reader.GetFieldValueAsync<string[]>(2, cancellationToken);
        return new DueWork(
            reader.GetBoolean(0),
            await reader.GetFieldValueAsync<string[]>(1, cancellationToken),
            [.. NoticeCourier.Messages.Where(channel => words.Contains(channel.Word()))],
            await reader.GetFieldValueAsync<string[]>(3, cancellationToken));
    }

    /// <summary>The statement's parameters.</summary>
    internal static void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<string> helpdesks, DateTimeOffset now)
    {
        parameters.Add(Moment(now));
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. helpdesks] });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ChannelWords });
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = NoticeLedger.NoteRecipients });
    }
}
