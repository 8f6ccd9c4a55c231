namespace TicketTriage.Sandbox.Desk;

/// <summary>All that the desk keeps of one ticket. Guarded by the desk's lock.</summary>
internal sealed class TicketFile(SandboxTicket ticket)
{
    public SandboxTicket Ticket { get; set; } = ticket;

    /// <summary>Its place in the order of changes; a ticket stands there once, at its newest.</summary>
    public int NewestChange { get; set; }

    /// <summary>Oldest first, ids rising.</summary>
    public List<SandboxComment> Comments { get; } = [];

    /// <summary>Oldest first, ids rising.</summary>
    public List<SandboxAudit> Audits { get; } = [];
}
