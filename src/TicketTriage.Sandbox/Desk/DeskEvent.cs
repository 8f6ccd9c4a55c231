namespace TicketTriage.Sandbox.Desk;

/// <summary>Something has happened to a ticket.</summary>
/// <param name="Before"><see langword="null"/> where the ticket is new.</param>
/// <param name="Happening">What it was, beyond the changed fields.</param>
internal sealed record DeskEvent(SandboxTicket? Before, SandboxTicket After, SandboxAudit Audit, DeskHappening Happening);

internal enum DeskHappening
{
    Created,
    Edited,

    /// <summary>A note was added by a call of its own.</summary>
    Noted,

    /// <summary>The summary was written or removed.</summary>
    Summarised,
    Deleted,
    MarkedAsSpam,
    Merged,
}
