namespace TicketTriage.Reading;

public static class TicketRedaction
{
    /// <summary>
    /// The ticket as every provider sees it, and all that is kept of it: personal data replaced by placeholders, sentences that give
    /// orders to software taken out and warned of.
    /// </summary>
    public static CleanTicket Redacted(this CleanTicket ticket, Redactor redactor)
    {
        var isOrdered = InstructionFinder.Suspects(ticket.Subject)
            || ticket.Messages.Any(message => message.IsFromCustomer
                && InstructionFinder.Suspects(message.TextWithFiles()));
        return ticket with
        {
            Subject = Redact(ticket.Subject, redactor),
            Messages = [.. ticket.Messages.Select(message => message with
            {
                // Agents give orders as they please.
                Text = message.IsFromCustomer ? Redact(message.Text, redactor) : redactor.Redact(message.Text).Text,
                Attachments =
                [
                    .. message.Attachments.Select(file => file with { Name = Redact(file.Name, redactor), Text = Redact(file.Text, redactor) }),
                ],
            })],
            Names = [],
            Warnings = isOrdered ? [.. ticket.Warnings.Append(TicketWarnings.Instructions).Distinct()] : ticket.Warnings,
        };
    }

    private static string Redact(string text, Redactor redactor) => redactor.Redact(InstructionFinder.Remove(text)).Text;
}
