namespace TicketTriage.Reading;

public static class TicketRedaction
{
    /// <summary>The ticket with personal data replaced by placeholders: what every provider sees, and all that is kept of it.</summary>
    public static CleanTicket Redacted(this CleanTicket ticket, Redactor redactor) => ticket with
    {
        Subject = redactor.Redact(ticket.Subject).Text,
        Messages = [.. ticket.Messages.Select(message => message with
        {
            Text = redactor.Redact(message.Text).Text,
            Attachments = [.. message.Attachments.Select(name => redactor.Redact(name).Text)],
        })],
        Names = [],
    };
}
