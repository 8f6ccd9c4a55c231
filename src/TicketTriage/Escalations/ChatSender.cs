using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Escalations;

/// <summary>Posts to an incoming webhook of Slack or Teams: both take an object with a text.</summary>
public sealed class ChatSender(HttpClient http, Contacts contacts) : INoticeSender
{
    public NoticeChannel Channel => NoticeChannel.Chat;

    public async Task SendAsync(EscalationMessage message, MessageText text, CancellationToken cancellationToken)
    {
        var address = contacts.FindChat(message.Recipient)
            ?? throw new NoticeFailedException("No chat address is known.", mayHaveArrived: false);
        using var content = JsonContent.Create(new ChatPost($"{text.Subject}\n{text.Body}"), NoticeJson.Default.ChatPost);
        await NoticePost.SendAsync(http, address, content, "The chat", cancellationToken);
    }
}

internal sealed record ChatPost(string Text);

/// <param name="Id">The same for a repeat.</param>
internal sealed record WebhookPost(string Id, DateTimeOffset At, string Subject, string? AcknowledgeUrl, IReadOnlyList<WebhookTicket> Tickets);

internal sealed record WebhookTicket(
    string Helpdesk, string Number, Guid Escalation, string Cause, int Level, string Priority, string? Intent, string? Bundle,
    DateTimeOffset? DueAt, IReadOnlyList<string> Reasons, IReadOnlyList<string> People, bool IsUnanswered);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatPost))]
[JsonSerializable(typeof(WebhookPost))]
internal sealed partial class NoticeJson : JsonSerializerContext;
