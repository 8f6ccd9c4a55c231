using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>
/// Writes a decision into the helpdesk exactly once: recorded, sent, and its receipt saved in the statement that ends the claim.
/// After a lost answer the helpdesk is asked whether the change is there before another is made.
/// </summary>
public sealed partial class HelpdeskWriter(WriteBackLedger ledger, ILogger<HelpdeskWriter> logger)
{
    /// <summary>Sends the change and ends the claim.</summary>
    /// <param name="doubtful">An earlier triage of which it was not known whether it would still arrive.</param>
    /// <returns>True where it is written; false where somebody was faster, and the ticket has to be read again.</returns>
    public async Task<bool> WriteAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, Triage triage, HelpdeskChange change, Guid? doubtful, CancellationToken cancellationToken)
    {
        await ledger.RecordAsync(claim, triage, change, cancellationToken);
        try
        {
            var (receipt, reduced, why) = await ApplyAsync(helpdesk, change, cancellationToken);

            // The helpdesk has it: from here on nothing may stop the receipt from being saved.
            var applied = receipt.LeftOut.Count == 0 ? reduced : WithoutFields(reduced ?? change, receipt.LeftOut);
            await ledger.FinishAsync(
                claim, triage.Id, receipt, applied, triage.ContentHash, why ?? receipt.Warning, CancellationToken.None);
            return true;
        }
        catch (HelpdeskConflictException e)
        {
            await ledger.GiveUpAsync(triage.Id, refused: false, e.Message, cancellationToken);
            return doubtful is { } earlier && await FinishIfAppliedAsync(helpdesk, claim, earlier, cancellationToken);
        }
        catch (HelpdeskAwayException e) when (!e.MayHaveArrived)
        {
            await ledger.GiveUpAsync(triage.Id, refused: false, e.Message, cancellationToken);
            throw;
        }
        catch (HelpdeskRefusedException e)
        {
            await ledger.GiveUpAsync(triage.Id, refused: true, e.Message, cancellationToken);
            if (e.IsTicketClosed || e.IsUnknownRecord)
            {
                // It ended while it was being decided; reading it again says how.
                return false;
            }

            throw;
        }
    }

    /// <summary>Settles a change that was sent and never heard of again.</summary>
    /// <returns>True where it had arrived: the claim has ended. False where it had not, and the ticket has to be decided again.</returns>
    public async Task<bool> SettleAsync(IHelpdesk helpdesk, ClaimedTicket claim, Guid triageId, CancellationToken cancellationToken)
    {
        if (await FinishIfAppliedAsync(helpdesk, claim, triageId, cancellationToken))
        {
            return true;
        }

        await ledger.GiveUpAsync(triageId, refused: false, "It was sent, no answer came, and the helpdesk does not have it.", cancellationToken);
        NotThere(claim.Id, triageId);
        return false;
    }

    private async Task<bool> FinishIfAppliedAsync(IHelpdesk helpdesk, ClaimedTicket claim, Guid triageId, CancellationToken cancellationToken)
    {
        if (await helpdesk.FindAppliedAsync(claim.Id.Number, triageId, cancellationToken) is not { } receipt)
        {
            return false;
        }

        var contentHash = await ledger.GetContentHashAsync(triageId, cancellationToken);
        await ledger.FinishAsync(
            claim, triageId, receipt, applied: null, contentHash, "The answer was lost; the helpdesk had applied it.", CancellationToken.None);
        FoundApplied(claim.Id, triageId);
        return true;
    }

    // What was not written must not look later as if a person had emptied it.
    private static HelpdeskChange WithoutFields(HelpdeskChange change, IReadOnlyList<TriageField> leftOut) => change with
    {
        Fields = change.Fields?.Where(field => !leftOut.Contains(field.Key)).ToDictionary(),
    };

    /// <summary>A helpdesk that refuses one field still gets the rest: what is left carries most of what a person needs.</summary>
    private async Task<(ChangeReceipt Receipt, HelpdeskChange? Reduced, string? Why)> ApplyAsync(
        IHelpdesk helpdesk, HelpdeskChange change, CancellationToken cancellationToken)
    {
        var applied = change;
        var reasons = new List<string>();
        while (true)
        {
            try
            {
                var receipt = await helpdesk.ApplyAsync(applied, cancellationToken);
                return reasons.Count == 0
                    ? (receipt, null, null)
                    : (receipt, applied, string.Join(' ', [.. reasons, receipt.Warning]).TrimEnd());
            }
            catch (HelpdeskRefusedException e) when (e.IsFieldRefused && !e.IsTicketClosed)
            {
                if (Reduce(applied, e.Fields) is not var (reduced, left))
                {
                    throw;
                }

                Reduced(change.TriageId, left, e.Message);
                applied = reduced;
                reasons.Add($"Left out: {left}. {e.Message}");
            }
        }
    }

    /// <returns><see langword="null"/> where there is nothing to leave out that could be the reason.</returns>
    private static (HelpdeskChange Reduced, string Left)? Reduce(HelpdeskChange change, IReadOnlyList<string> fields) => change switch
    {
        // A ticket takes so many notes and no more.
        { PrivateNoteHtml: not null } when fields.Contains("comment") => (change with { PrivateNoteHtml = null }, "the note"),
        { Fields: not null } or { ProblemNumber: not null } =>
            (change with { Priority = null, GroupId = null, AssigneeId = null, Fields = null, ProblemNumber = null },
                "priority, group and fields"),
        { Priority: not null } or { GroupId: not null } or { AssigneeId: not null } =>
            (change with { Priority = null, GroupId = null, AssigneeId = null }, "priority and group"),
        // The ticket itself may lack a field that the account requires: then it takes no field at all, but a note.
        { Tags: not null, PrivateNoteHtml: not null } => (change with { Tags = null }, "the tags"),
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: the answer to triage {Triage} was lost, and the helpdesk does not have it; it is decided again.")]
    private partial void NotThere(TicketId ticket, Guid triage);

    [LoggerMessage(LogLevel.Information, "Ticket {Ticket}: the answer to triage {Triage} was lost, and the helpdesk has it.")]
    private partial void FoundApplied(TicketId ticket, Guid triage);

    [LoggerMessage(LogLevel.Warning, "Triage {Triage} is written without {Left}. {Reason}")]
    private partial void Reduced(Guid triage, string left, string reason);
}
