using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// Where a lead has switched it on, drafts a reminder for a customer who has not answered for long: a note for agents, never sent. Each wait
/// is reminded of once: the draft carries an id that follows from the wait, and after a lost answer it is looked for before it is written again.
/// </summary>
public sealed partial class FollowUp(
    WatchLedger ledger,
    EscalationPolicies policies,
    HelpdeskDirectory helpdesks,
    NpgsqlDataSource database,
    IOptions<WriteBackOptions> writeBack,
    TimeProvider clock,
    ILogger<FollowUp> logger)
{
    private const int MostPerRun = 20;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <returns>How many reminders were drafted.</returns>
    public async Task<int> RemindAsync(CancellationToken cancellationToken)
    {
        if (policies.Matrix.Matrix.RemindCustomerAfterHours is not { } hours)
        {
            return 0;
        }

        var drafted = 0;
        foreach (var helpdesk in helpdesks.Names)
        {
            drafted += await RemindAsync(helpdesk, TimeSpan.FromHours(hours), cancellationToken);
        }

        return drafted;
    }

    /// <summary>What is done is marked after it is done: whoever ends half-way has lost no wait, and the draft's id keeps it from being written twice.</summary>
    private async Task<int> RemindAsync(string helpdesk, TimeSpan silence, CancellationToken cancellationToken)
    {
        var drafted = 0;
        var silent = await ledger.ListSilentAsync(helpdesk, clock.GetUtcNow(), silence, MostPerRun, cancellationToken);
        foreach (var ticket in silent)
        {
            try
            {
                drafted += await RemindAsync(ticket, cancellationToken) ? 1 : 0;
            }
            catch (HelpdeskAwayException e)
            {
                Postponed(ticket, e.Message);
                break;
            }
            catch (HelpdeskConflictException e)
            {
                Postponed(ticket, e.Message);
                continue;
            }
            catch (HelpdeskRefusedException e)
            {
                LeftOut(ticket, e.Message);
            }

            await ledger.KeepRemindedAsync(ticket, clock.GetUtcNow(), CancellationToken.None);
        }

        return drafted;
    }

    private async Task<bool> RemindAsync(TicketId id, CancellationToken cancellationToken)
    {
        if (helpdesks.FindHelpdesk(id.Helpdesk) is not { } helpdesk
            || await helpdesk.FindTicketAsync(id.Number, cancellationToken) is not { Status: HelpdeskStatus.Pending } ticket
            || await WaitOfAsync(id, cancellationToken) is not var (repliedAt, language))
        {
            return false;
        }

        var notice = IdOf(id, repliedAt);
        if (await helpdesk.FindAppliedAsync(id.Number, notice, cancellationToken) is not null)
        {
            return false;
        }

        await helpdesk.ApplyAsync(
            new HelpdeskChange
            {
                Number = ticket.Number,
                TriageId = notice,
                Stamp = ticket.Stamp,
                PrivateNoteHtml = Note(language, writeBack.Value.TeamLanguage, notice),
            },
            cancellationToken);
        return true;
    }

    internal static string Note(string language, string teamLanguage, Guid notice)
    {
        var heading = teamLanguage == "de"
            ? "Der Kunde hat nicht geantwortet. Entwurf einer Erinnerung, nicht gesendet"
            : "The customer has not answered. Draft of a reminder, not sent";
        var draft = language == "de"
            ? "Guten Tag,\n\nuns fehlt noch Ihre Antwort, um Ihr Anliegen zu lösen. Brauchen Sie unsere Hilfe noch? Dann antworten Sie einfach auf "
                + "diese Nachricht.\n\nFreundliche Grüße"
            : "Hello,\n\nto solve your request we still need your answer. If you still need our help, just reply to this message.\n\nKind regards";
        return $"<h4>{Encoder.Encode(heading)}</h4><blockquote>{Encoder.Encode(draft).Replace("&#xA;", "<br>", StringComparison.Ordinal)}</blockquote>"
            + NoteMarkup.LastLine(notice);
    }

    /// <summary>The same for the same wait. Of version 7 and with the wait's beginning, so that a search for it needs to go back no further.</summary>
    internal static Guid IdOf(TicketId ticket, DateTimeOffset repliedAt)
    {
        var id = Guid.CreateVersion7(repliedAt).ToByteArray(bigEndian: true);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ticket}")).AsSpan(0, 10).CopyTo(id.AsSpan(6));
        (id[6], id[8]) = ((byte)(0x70 | (id[6] & 0x0f)), (byte)(0x80 | (id[8] & 0x3f)));
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Since when the customer has been silent, and the language that they write in, as it was last understood.</summary>
    /// <returns><see langword="null"/> for a ticket that was forgotten meanwhile.</returns>
    private async Task<(DateTimeOffset RepliedAt, string Language)?> WaitOfAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(w.replied_at, w.created_at), coalesce((
                select understanding -> 'language' ->> 'value' from triages t
                where t.helpdesk = w.helpdesk and t.number = w.number order by decided_at desc limit 1), 'en')
            from watched_tickets w where w.helpdesk = $1 and w.number = $2
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken), reader.GetString(1))
            : null;
    }

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: the reminder's draft has to wait. {Message}")]
    private partial void Postponed(TicketId ticket, string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: no reminder is drafted. {Message}")]
    private partial void LeftOut(TicketId ticket, string message);
}
