namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Somebody who asks: Freshdesk calls them a contact.</summary>
internal sealed record FreshdeskCustomer(long? Id);
