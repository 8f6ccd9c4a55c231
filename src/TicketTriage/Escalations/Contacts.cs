using System.Net.Mail;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Escalations;

/// <summary>Knows how people are reached: as configured, and agents by the address that their helpdesk has.</summary>
public sealed partial class Contacts(IOptions<EscalationOptions> options, HelpdeskDirectory helpdesks, ILogger<Contacts> logger)
{
    public Reach Reach { get; } = new(options.Value.People.ToDictionary(
        person => person.Key, person => ChannelsOf(person.Value, options.Value.Mail.Host is not null), StringComparer.Ordinal))
    {
        HasMail = options.Value.Mail.Host is not null,
        HasWebhook = options.Value.WebhookUrl is not null,
    };

    public Uri? FindChat(string person) => options.Value.People.GetValueOrDefault(person)?.ChatUrl;

    /// <param name="recipient">Somebody of the matrix, or an agent as <see cref="NoticePlan.AgentOf"/> names them.</param>
    /// <returns>Personal data; <see langword="null"/> where nobody knows one.</returns>
    public async Task<string?> FindMailAsync(string recipient, CancellationToken cancellationToken)
    {
        if (NoticePlan.FindAgent(recipient) is not var (helpdesk, id))
        {
            return options.Value.People.GetValueOrDefault(recipient)?.Email;
        }

        if (helpdesks.Find(helpdesk)?.People is not { } people)
        {
            return null;
        }

        try
        {
            var agents = await people.ListAgentsAsync(cancellationToken);
            var email = agents.FirstOrDefault(agent => agent.Id == id)?.Email;
            return MailAddress.TryCreate(email, out _) ? email : null;
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            NotListed(helpdesk, e.Message);
            return null;
        }
    }

    private static IReadOnlyList<NoticeChannel> ChannelsOf(ContactOptions contact, bool hasMail) =>
    [
        .. contact.Email is not null && hasMail ? [NoticeChannel.Mail] : (NoticeChannel[])[],
        .. contact.ChatUrl is not null ? [NoticeChannel.Chat] : (NoticeChannel[])[],
    ];

    [LoggerMessage(LogLevel.Warning, "The agents of {Helpdesk} can't be listed, so their addresses are not known. {Message}")]
    private partial void NotListed(string helpdesk, string message);
}
