using System.Text.Json;
using Npgsql;
using TicketTriage.Models;
using TicketTriage.Understanding;

namespace TicketTriage.Triages;

/// <summary>
/// Brings together what was sent to a model for a decision: what the decision keeps itself, the words that it names, and the other tickets
/// that were shown beside it. Guarantee: nothing is shown as sent that was not. What stands elsewhere by now in another wording, or not at all,
/// is missing.
/// </summary>
public sealed class SentTexts(NpgsqlDataSource database, ModelPrompts prompts)
{
    /// <returns>A list for each of these, with its calls in their order.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<SentText>>> ListAsync(
        IReadOnlyList<SentToModel> decisions, CancellationToken cancellationToken)
    {
        var calls = decisions.SelectMany(sent => sent.Calls).ToList();
        var words = new Dictionary<string, ModelPrompt?>(StringComparer.Ordinal);
        foreach (var version in calls.Select(call => call.Prompt).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            words[version] = await prompts.FindAsync(version, cancellationToken);
        }

        var shown = await ListShownAsync(
            [.. calls.SelectMany(call => call.Examples).Select(example => example.Source).OfType<Guid>().Distinct()], cancellationToken);
        return [.. decisions.Select(sent => (IReadOnlyList<SentText>)[.. sent.Calls.Select(call => new SentText(
            call,
            call.Prompt is { } version ? words[version] : null,
            [.. call.Examples.Select(example => (example, TextOf(example, shown)))]))])];
    }

    private static string? TextOf(SentExample example, Dictionary<Guid, string> shown) =>
        example.Source is { } source && shown.GetValueOrDefault(source) is { } text && SentExample.DigestOf(text) == example.Digest ? text : null;

    private async Task<Dictionary<Guid, string>> ListShownAsync(Guid[] triages, CancellationToken cancellationToken)
    {
        var shown = new Dictionary<Guid, string>();
        if (triages.Length == 0)
        {
            return shown;
        }

        await using var command = database.CreateCommand("select id, conversation::text from triages where id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = triages });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (JsonSerializer.Deserialize(reader.GetString(1), TriageJson.Default.CleanTicket) is { } conversation)
            {
                shown[reader.GetGuid(0)] = ExampleChoice.Show(conversation);
            }
        }

        return shown;
    }
}

/// <summary>A question to a model with all that was sent of it.</summary>
/// <param name="Prompt"><see langword="null"/> where there was none, or it was not kept.</param>
/// <param name="Examples">Each with its text as it was sent; <see langword="null"/> where that is kept no more.</param>
public sealed record SentText(SentCall Call, ModelPrompt? Prompt, IReadOnlyList<(SentExample Example, string? Text)> Examples);
