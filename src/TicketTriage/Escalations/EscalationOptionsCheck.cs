using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace TicketTriage.Escalations;

/// <summary>Names each value that can't be used, by its key.</summary>
internal sealed class EscalationOptionsCheck : IValidateOptions<EscalationOptions>
{
    private const int ShortestSecret = 24;

    public ValidateOptionsResult Validate(string? name, EscalationOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(EscalationOptions options)
    {
        if (options.PublicUrl is { } address && !IsWeb(address))
        {
            yield return $"Escalations:PublicUrl is {address}: it must be an address such as https://triage.acme.example.";
        }

        foreach (var (person, contact) in options.People)
        {
            if (contact.Email is { } email && !MailAddress.TryCreate(email, out _))
            {
                yield return $"Escalations:People:{person}:Email is no mail address.";
            }

            if (contact.ChatUrl is { } chat && !IsWeb(chat))
            {
                yield return $"Escalations:People:{person}:ChatUrl must be the https address of an incoming webhook.";
            }
        }

        var mail = options.Mail;
        if (mail.Host is not null && (mail.From is null || !MailAddress.TryCreate(mail.From, out _)))
        {
            yield return "Escalations:Mail:From must be the mail address that messages come from.";
        }

        if (mail.Port is < 1 or > 65_535)
        {
            yield return $"Escalations:Mail:Port is {mail.Port}: it must lie between 1 and 65535.";
        }

        if (options.WebhookUrl is { } webhook && !IsWeb(webhook))
        {
            yield return $"Escalations:WebhookUrl is {webhook}: it must be an https address.";
        }

        if (options.WebhookUrl is not null && (options.WebhookSecret?.Length ?? 0) < ShortestSecret)
        {
            yield return $"Escalations:WebhookSecret needs {ShortestSecret} characters or more and has {options.WebhookSecret?.Length ?? 0}.";
        }
    }

    private static bool IsWeb(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
