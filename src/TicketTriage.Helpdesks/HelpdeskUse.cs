namespace TicketTriage.Helpdesks;

/// <summary>Who waits for a call.</summary>
public enum HelpdeskUse
{
    /// <summary>A ticket on its way, or a person.</summary>
    Interactive = 0,

    /// <summary>Nobody: reconciliation and import, which leave a part of the helpdesk's quota to the others.</summary>
    Background,
}
