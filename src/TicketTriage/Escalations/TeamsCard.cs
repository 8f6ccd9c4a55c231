using System.Text.Json.Serialization;

namespace TicketTriage.Escalations;

/// <summary>
/// A message as Teams takes it: an adaptive card. Its workflows answer a plain text with 202 and show nothing, so which of the two it is has to be
/// known from the address.
/// </summary>
internal sealed record TeamsCard(string Type, IReadOnlyList<TeamsAttachment> Attachments)
{
    /// <summary>Where workflows and the older connectors of Teams are called.</summary>
    private static readonly string[] Hosts =
        [".logic.azure.com", ".powerplatform.com", ".powerautomate.com", ".webhook.office.com", ".webhook.office365.com"];

    public static bool IsFor(Uri address) => Hosts.Any(host => address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));

    public static TeamsCard Of(MessageText text) => new(
        "message",
        [
            new TeamsAttachment("application/vnd.microsoft.card.adaptive", new AdaptiveCard
            {
                // A block for each line: within one, Teams joins lines.
                Body =
                [
                    new(text.Subject, "Bolder"),
                    .. text.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new AdaptiveText(line)),
                ],
                Actions = text.Link is { } link ? [new AdaptiveButton(text.Button, link)] : null,
            }),
        ]);
}

internal sealed record TeamsAttachment(string ContentType, AdaptiveCard Content);

internal sealed record AdaptiveCard
{
    [JsonPropertyName("$schema")]
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    public string Type { get; } = "AdaptiveCard";

    public string Version { get; } = "1.4";

    public required IReadOnlyList<AdaptiveText> Body { get; init; }

    public IReadOnlyList<AdaptiveButton>? Actions { get; init; }
}

internal sealed record AdaptiveText(string Text, string? Weight = null)
{
    public string Type { get; } = "TextBlock";

    public bool Wrap { get; } = true;
}

internal sealed record AdaptiveButton(string Title, Uri Url)
{
    public string Type { get; } = "Action.OpenUrl";
}
