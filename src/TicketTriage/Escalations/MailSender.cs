using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace TicketTriage.Escalations;

/// <summary>Sends mail by SMTP. The message's id is its own, so that a mailbox that gets it twice shows it once.</summary>
public sealed class MailSender(Contacts contacts, IOptions<EscalationOptions> options) : INoticeSender
{
    public NoticeChannel Channel => NoticeChannel.Mail;

    public async Task SendAsync(EscalationMessage message, MessageText text, CancellationToken cancellationToken)
    {
        var settings = options.Value.Mail;
        var to = await contacts.FindMailAsync(message.Recipient, cancellationToken);
        if (to is null || settings is not { Host: { } host, From: { } from })
        {
            throw new NoticeFailedException("No mail address is known, or no mail server is configured.", mayHaveArrived: false);
        }

        using var mail = new MailMessage(from, to) { Subject = text.Subject, Body = text.Body, IsBodyHtml = false };
        mail.Headers["Message-ID"] = $"<{message.Id:N}@{new MailAddress(from).Host}>";
        mail.Headers["Auto-Submitted"] = "auto-generated";
        using var client = new SmtpClient(host, settings.Port) { EnableSsl = settings.UseTls };
        if (settings.UserName is { } user)
        {
            client.Credentials = new NetworkCredential(user, settings.Password);
        }

        try
        {
            await client.SendMailAsync(mail, cancellationToken);
        }
        catch (SmtpException e)
        {
            // What the server refused, or a connection that never stood, has not arrived; of one that broke nobody knows.
            var isSure = e.StatusCode != SmtpStatusCode.GeneralFailure || e.InnerException is SocketException or WebException { InnerException: SocketException };
            throw new NoticeFailedException($"The mail server did not take it ({e.StatusCode}).", mayHaveArrived: !isSure, e);
        }
    }
}
