using System.Globalization;
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
/// is reminded of once; one that was cut off is not made up for, since nobody waits for it.
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
        var silent = await ledger.ClaimSilentAsync(clock.GetUtcNow(), TimeSpan.FromHours(hours), MostPerRun, cancellationToken);
        foreach (var ticket in silent)
        {
            try
            {
                drafted += await RemindAsync(ticket, cancellationToken) ? 1 : 0;
            }
            catch (HelpdeskAwayException e)
            {
                await ledger.ForgetReminderAsync(ticket, CancellationToken.None);
                Postponed(ticket, e.Message);
            }
            catch (Exception e) when (e is HelpdeskRefusedException or HelpdeskConflictException)
            {
                LeftOut(ticket, e.Message);
            }
        }

        return drafted;
    }

    private async Task<bool> RemindAsync(TicketId id, CancellationToken cancellationToken)
    {
        if (helpdesks.FindHelpdesk(id.Helpdesk) is not { } helpdesk
            || await helpdesk.FindTicketAsync(id.Number, cancellationToken) is not { Status: HelpdeskStatus.Pending } ticket)
        {
            return false;
        }

        var notice = Guid.CreateVersion7(clock.GetUtcNow());
        await helpdesk.ApplyAsync(
            new HelpdeskChange
            {
                Number = ticket.Number,
                TriageId = notice,
                Stamp = ticket.Stamp,
                PrivateNoteHtml = Note(await LanguageOfAsync(id, cancellationToken), writeBack.Value.TeamLanguage, notice),
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
            + $"<p><em>TicketTriage · {notice.ToString("N", CultureInfo.InvariantCulture)}</em></p>";
    }

    /// <summary>The language that the customer writes in, as it was last understood.</summary>
    private async Task<string> LanguageOfAsync(TicketId ticket, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select understanding -> 'language' ->> 'value' from triages where helpdesk = $1 and number = $2 order by decided_at desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Helpdesk });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ticket.Number });
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "en";
    }

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: the reminder's draft has to wait. {Message}")]
    private partial void Postponed(TicketId ticket, string message);

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: no reminder is drafted. {Message}")]
    private partial void LeftOut(TicketId ticket, string message);
}
