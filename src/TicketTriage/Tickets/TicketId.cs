namespace TicketTriage.Tickets;

/// <summary>A ticket among all helpdesks.</summary>
/// <param name="Helpdesk">The helpdesk's name in the configuration.</param>
/// <param name="Number">The vendor's own id, as text.</param>
public readonly record struct TicketId(string Helpdesk, string Number)
{
    public override string ToString() => $"{Helpdesk}/{Number}";
}
