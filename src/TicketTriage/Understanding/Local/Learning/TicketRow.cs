using System.Text.Json;
using TicketTriage.Reading;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>A past ticket as a file tells it.</summary>
/// <param name="Text">The concern, as the classifier reads it.</param>
/// <param name="Labels">The values of the labels that were asked for, in their order; <see langword="null"/> where it has none.</param>
public sealed record TicketRow(string Text, IReadOnlyList<string?> Labels)
{
    private static readonly string[] partsOfText = ["subject", "body"];

    /// <param name="row">An object with <c>text</c>, or <c>subject</c> and <c>body</c>, and a property for each label.</param>
    /// <param name="labels">The labels that are asked for; empty where texts alone are wanted.</param>
    /// <exception cref="FormatException">The row has no text, or none of the labels. The message is half a sentence.</exception>
    public static TicketRow Read(JsonElement row, IReadOnlyList<string> labels)
    {
        var text = TextOf(row) ?? throw new FormatException("it has neither a text nor a subject or body");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("its text is empty");
        }

        string?[] values = [.. labels.Select(label => ValueOf(row, label))];
        if (labels.Count > 0 && values.All(value => value is null))
        {
            var columns = string.Join(", ", row.EnumerateObject().Select(property => property.Name).Take(20));
            throw new FormatException($"it has no value for {string.Join(" or ", labels)}, only for {columns}");
        }

        return new TicketRow(ConcernText.OfPast(text), values);
    }

    /// <param name="ticket">As the service has read it.</param>
    /// <param name="value">Of the only label; <see langword="null"/> where it belongs to none of the label's values.</param>
    /// <returns><see langword="null"/> where the customer has said nothing.</returns>
    public static TicketRow? Of(CleanTicket ticket, string? value)
    {
        var text = ticket.CustomerText(TextFeatures.MostCharacters);
        return string.IsNullOrWhiteSpace(text) ? null : new TicketRow(ConcernText.Of(text), [value ?? TicketTrainer.OutsideValue]);
    }

    private static string? TextOf(JsonElement row)
    {
        if (row.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return text.GetString();
        }

        var parts = partsOfText
            .Select(name => row.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null)
            .OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join('\n', parts);
    }

    private static string? ValueOf(JsonElement row, string label)
    {
        if (!row.TryGetProperty(label, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
