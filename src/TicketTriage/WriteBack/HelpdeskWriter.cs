using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.WriteBack;

/// <summary>
/// Writes a decision into the helpdesk exactly once: recorded, sent, and its receipt saved in the statement that ends the claim.
/// After a lost answer the helpdesk is asked whether the change is there before another is made.
/// </summary>
public sealed partial class HelpdeskWriter(
    WriteBackLedger ledger, WriteBackMeter meter, TimeProvider clock, ILogger<HelpdeskWriter> logger)
{
    /// <summary>What the vendors call the agent where they refuse one.</summary>
    private static readonly string[] AssigneeWords = ["assignee", "assignee_id", "responder_id"];

    /// <summary>What they call the skills there.</summary>
    private static readonly string[] SkillWords = ["attribute_value_ids"];

    /// <summary>Sends the change and ends the claim.</summary>
    /// <returns>
    /// What was written, which is less where the helpdesk refused a part; <see langword="null"/> where somebody was faster, and the ticket
    /// has to be read again.
    /// </returns>
    /// <exception cref="LeaseLostException">The time for it is over; if it was sent nevertheless, the next worker finds it.</exception>
    public async Task<WrittenChange?> WriteAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, Triage triage, HelpdeskChange change, CancellationToken cancellationToken)
    {
        await ledger.RecordAsync(claim, triage, change, cancellationToken);
        try
        {
            var (receipt, sent) = await ApplyAsync(helpdesk, claim, change, cancellationToken);
            if (receipt.LeftOut.Count > 0 || receipt.LeavesSkillsOut)
            {
                await ledger.ReduceAsync(claim, Without(sent, receipt), receipt.Warning ?? "", CancellationToken.None);
            }

            await FinishAsync(claim, triage.Id, receipt, triage.ContentHash, receipt.Warning);
            meter.Ended(claim.Id.Helpdesk, WriteBackState.Applied);
            return new WrittenChange(sent, receipt.Warning);
        }
        catch (HelpdeskConflictException e)
        {
            await GiveUpAsync(claim, triage.Id, WriteBackState.Superseded, e.Message, cancellationToken);
            return null;
        }
        catch (HelpdeskAwayException e) when (!e.MayHaveArrived)
        {
            await GiveUpAsync(claim, triage.Id, WriteBackState.Superseded, e.Message, cancellationToken);
            throw;
        }
        catch (HelpdeskRefusedException e)
        {
            await GiveUpAsync(claim, triage.Id, WriteBackState.Refused, e.Message, cancellationToken);
            if (e.IsTicketClosed || e.IsUnknownRecord)
            {
                // It ended while it was being decided; reading it again says how.
                return null;
            }

            throw;
        }
    }

    /// <summary>
    /// Settles a change that was sent and never heard of again. To be asked after the ticket was read: what arrived before is found
    /// here, and what arrives later makes the stamp that was read an old one.
    /// </summary>
    /// <param name="isGone">True where the helpdesk no longer has the ticket, and can't be asked about its changes.</param>
    /// <returns>
    /// True where it had arrived: the claim has ended, and the ticket is due again for what came meanwhile. False where it had not, and
    /// the ticket has to be decided again.
    /// </returns>
    public async Task<bool> SettleAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, Guid triageId, bool isGone, CancellationToken cancellationToken)
    {
        var receipt = isGone ? null : await helpdesk.FindAppliedAsync(claim.Id.Number, triageId, cancellationToken);
        if (receipt is null)
        {
            await GiveUpAsync(
                claim, triageId, WriteBackState.Superseded, "It was sent, no answer came, and the helpdesk does not have it.", cancellationToken);
            NotThere(claim.Id, triageId);
            return false;
        }

        var contentHash = await ledger.GetContentHashAsync(triageId, cancellationToken);
        using var step = TicketSteps.Begin(TicketSteps.Finish, claim.Id);
        await ledger.SettleAsync(
            claim, triageId, receipt, contentHash, "The answer was lost; the helpdesk had applied it.", CancellationToken.None);
        step.Succeed();
        meter.Ended(claim.Id.Helpdesk, WriteBackState.Applied);
        FoundApplied(claim.Id, triageId);
        return true;
    }

    // What was not written must not look later as if a person had emptied it.
    private static HelpdeskChange Without(HelpdeskChange change, ChangeReceipt receipt) => change with
    {
        Fields = change.Fields?.Where(field => !receipt.LeftOut.Contains(field.Key)).ToDictionary(),
        Skills = receipt.LeavesSkillsOut ? null : change.Skills,
    };

    /// <summary>A helpdesk that refuses one field still gets the rest: what is left carries most of what a person needs.</summary>
    /// <returns>The receipt, and what was sent in the end.</returns>
    private async Task<(ChangeReceipt Receipt, HelpdeskChange Sent)> ApplyAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, HelpdeskChange change, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        while (true)
        {
            try
            {
                var receipt = await SendAsync(helpdesk, claim, change, cancellationToken);
                return reasons.Count == 0
                    ? (receipt, change)
                    : (receipt with { Warning = string.Join(' ', [.. reasons, receipt.Warning]).TrimEnd() }, change);
            }
            catch (HelpdeskRefusedException e) when (e.IsFieldRefused && !e.IsTicketClosed)
            {
                if (Reduce(change, e.Fields) is not var (reduced, left))
                {
                    throw;
                }

                Reduced(change.TriageId, left, e.Message);
                change = reduced;
                reasons.Add($"Left out: {left}. {e.Message}");
                await ledger.ReduceAsync(claim, change, string.Join(' ', reasons), cancellationToken);
            }
        }
    }

    private async Task<ChangeReceipt> SendAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, HelpdeskChange change, CancellationToken cancellationToken)
    {
        using var step = TicketSteps.Begin(TicketSteps.Send, claim.Id);
        claim.ThrowIfTooLate(clock);
        var receipt = await helpdesk.ApplyAsync(change, cancellationToken);
        step.Succeed();
        return receipt;
    }

    /// <summary>The helpdesk has it: from here on nothing may stop the receipt from being saved.</summary>
    private async Task FinishAsync(ClaimedTicket claim, Guid triageId, ChangeReceipt receipt, string contentHash, string? reason)
    {
        using var step = TicketSteps.Begin(TicketSteps.Finish, claim.Id);
        await ledger.FinishAsync(claim, triageId, receipt, contentHash, reason, CancellationToken.None);
        step.Succeed();
    }

    private async Task GiveUpAsync(
        ClaimedTicket claim, Guid triageId, WriteBackState state, string reason, CancellationToken cancellationToken)
    {
        await ledger.GiveUpAsync(claim, triageId, state is WriteBackState.Refused, reason, cancellationToken);
        meter.Ended(claim.Id.Helpdesk, state);
    }

    /// <returns><see langword="null"/> where there is nothing to leave out that could be the reason.</returns>
    private static (HelpdeskChange Reduced, string Left)? Reduce(HelpdeskChange change, IReadOnlyList<string> fields) => change switch
    {
        // Somebody who left the group, or was deleted, since the agents were listed.
        { AssigneeId: not null } when fields.Count > 0 && fields.All(field => AssigneeWords.Contains(field)) =>
            (change with { AssigneeId = null }, "the agent"),
        { Skills: not null } when fields.Count > 0 && fields.All(field => SkillWords.Contains(field)) =>
            (change with { Skills = null }, "the skills"),
        // A ticket takes so many notes and no more.
        { PrivateNoteHtml: not null } when fields.Contains("comment") => (change with { PrivateNoteHtml = null }, "the note"),
        { Fields: not null } or { ProblemNumber: not null } =>
            (change with { Priority = null, GroupId = null, AssigneeId = null, Skills = null, Fields = null, ProblemNumber = null },
                "priority, group and fields"),
        { Priority: not null } or { GroupId: not null } or { AssigneeId: not null } or { Skills: not null } =>
            (change with { Priority = null, GroupId = null, AssigneeId = null, Skills = null }, "priority and group"),
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

/// <param name="Sent">The change as it was taken.</param>
/// <param name="Warning">What was left out and why; <see langword="null"/> where nothing was.</param>
public sealed record WrittenChange(HelpdeskChange Sent, string? Warning);
