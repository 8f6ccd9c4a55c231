using System.CommandLine;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using TicketTriage.Reading;

namespace TicketTriage.Host.Commands;

/// <summary><c>redact</c>: masks the personal data in each row of a file, to show what a model would get to see.</summary>
internal static class RedactCommand
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "JSON Lines: text, or subject and body.", Required = true };
        data.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json")
        {
            Description = "Where the rows go, each with its spans and redacted; without it to the terminal.",
        };
        var evaluate = new Option<bool>("--evaluate")
        {
            Description = "Prints how much is masked of what each row says is personal (pii) or only looks so (hard_negatives).",
        };
        var command = new Command("redact", "Masks personal data in each row of a file as is done before a model is asked.")
        {
            data, json, evaluate,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data),
            parsed.GetValue(json),
            parsed.GetValue(evaluate) ? new RedactionFigures() : null,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo data, FileInfo? json, RedactionFigures? figures, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var rows = await JsonLines.ReadAsync(data, row => Answer(row, counts, figures), cancellationToken);
        if (figures is not null)
        {
            await Console.Out.WriteLineAsync(figures.ToString());
            if (json is null)
            {
                return 0;
            }
        }

        await JsonLines.WriteAsync(json, rows, cancellationToken);
        if (json is not null)
        {
            var masked = counts.Count == 0 ? "nothing" : string.Join(", ", counts.Select(type => $"{type.Value} {type.Key}"));
            await Console.Out.WriteLineAsync($"{rows.Count} rows are in {json}; masked: {masked}.");
        }

        return 0;
    }

    /// <returns>
    /// The row as it came, with what was masked, its language, and whether it gives orders to software. Subject and body are joined to <c>text</c>, since the spans point into it.
    /// </returns>
    private static string Answer(JsonElement row, SortedDictionary<string, int> counts, RedactionFigures? figures)
    {
        var text = Text(row);
        var redacted = Redact(text);
        if (figures is not null)
        {
            // Timed the second time: the first loads lists and compiles patterns, which a service does once in its life.
            var began = Stopwatch.GetTimestamp();
            figures.Add(row, text, Redact(text).Spans, Stopwatch.GetElapsedTime(began));
        }

        var spans = new JsonArray();
        foreach (var span in redacted.Spans)
        {
            var type = NameOf(span.Type);
            counts[type] = counts.GetValueOrDefault(type) + 1;
            spans.Add((JsonNode)new JsonObject { ["start"] = span.Start, ["end"] = span.End, ["type"] = type });
        }

        var answer = JsonObject.Create(row) ?? [];
        answer["text"] = text;
        answer["spans"] = spans;
        answer["redacted"] = redacted.Text;
        answer["language"] = LanguageFinder.Find(text).Value;
        answer["suspected"] = InstructionFinder.Suspects(text);
        return answer.ToJsonString(Written);
    }

    private static RedactedText Redact(string text)
    {
        try
        {
            return new Redactor().Redact(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new FormatException("its text can't be searched in time, and what can't be masked isn't written", e);
        }
    }

    private static string Text(JsonElement row)
    {
        try
        {
            return Member(row, "text") is { } text ? text
                : Member(row, "subject") is { } subject ? $"{subject}\n{Member(row, "body")}"
                : Member(row, "body") ?? throw new FormatException("it has neither text nor subject and body");
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("its text holds half a character", e);
        }
    }

    private static string? Member(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{name} isn't text");
    }

    // The names that tools for personal data share; the placeholders in a text are shorter.
    private static string NameOf(string type) => type switch
    {
        PersonalTypes.Email => "EMAIL_ADDRESS",
        PersonalTypes.Phone => "PHONE_NUMBER",
        PersonalTypes.Iban => "IBAN_CODE",
        PersonalTypes.Card => "CREDIT_CARD",
        PersonalTypes.Ip => "IP_ADDRESS",
        PersonalTypes.Address => "STREET_ADDRESS",
        PersonalTypes.BirthDate => "DATE_OF_BIRTH",
        PersonalTypes.TaxId => "DE_TAX_ID",
        PersonalTypes.SocialSecurity => "DE_SOCIAL_SECURITY",
        PersonalTypes.Plate => "DE_KFZ",
        _ => type,
    };
}
