using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Escalations;

/// <summary>Posts to an incoming webhook: a card for Teams, an object with a text for Slack and those that take the same.</summary>
public sealed class ChatSender(HttpClient http, Contacts contacts) : INoticeSender
{
    /// <summary>What is left of the 28 KB that Teams takes, for the lines of a message; in bytes as JSON.</summary>
    public const int Room = 20_000;

    /// <summary>What a line costs as a block of a card, beside its text.</summary>
    public const int RoomOfLine = 60;

    public NoticeChannel Channel => NoticeChannel.Chat;

    public async Task SendAsync(EscalationMessage message, MessageText text, CancellationToken cancellationToken)
    {
        var address = contacts.FindChat(message.Recipient)
            ?? throw new NoticeFailedException("No chat address is known.", mayHaveArrived: false);
        using var content = new ByteArrayContent(Write(address, text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await NoticePost.SendAsync(http, address, content, "The chat", cancellationToken);
    }

    internal static byte[] Write(Uri address, MessageText text) => TeamsCard.IsFor(address)
        ? JsonSerializer.SerializeToUtf8Bytes(TeamsCard.Of(text), NoticeJson.Default.TeamsCard)
        : JsonSerializer.SerializeToUtf8Bytes(new ChatPost($"{text.Subject}\n{text.Body}"), NoticeJson.Default.ChatPost);
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
[JsonSerializable(typeof(TeamsCard))]
[JsonSerializable(typeof(WebhookPost))]
internal sealed partial class NoticeJson : JsonSerializerContext;
