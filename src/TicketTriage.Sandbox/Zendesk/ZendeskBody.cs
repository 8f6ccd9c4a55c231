using System.Text.Json;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Reads the bodies of calls, which name what they carry: <c>{"webhook": {...}}</c>.</summary>
internal static class ZendeskBody
{
    /// <returns>What stands under the name, or <see langword="null"/> where the body has no such object.</returns>
    public static JsonElement? Read(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var content)
                && content.ValueKind == JsonValueKind.Object
                    ? content.Clone()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static IEnumerable<JsonElement> List(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];
}
