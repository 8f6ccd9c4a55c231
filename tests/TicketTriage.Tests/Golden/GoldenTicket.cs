using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Golden;

/// <summary>A ticket that was written for this project, with what a person reads in it.</summary>
internal sealed record GoldenTicket
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>Of the general starter, or <c>unclear</c> where none of its intents fits.</summary>
    public required string Intent { get; init; }

    /// <summary>As the shipped policy wants it for what a person reads.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>Of the tone, and not of the matter: a fault that is soberly told is neutral.</summary>
    public required string Sentiment { get; init; }

    public required string Language { get; init; }

    /// <summary>The fields that the intent needs and the ticket names; dates of travel are left out, as they are read in many forms.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "golden");

    public static IReadOnlyList<GoldenTicket> Read(string language) =>
    [
        .. File.ReadLines(Path.Combine(Folder, $"{language}.jsonl"))
            .Select(line => JsonSerializer.Deserialize(line, GoldenJson.Default.GoldenTicket) ?? throw new JsonException("An empty row.")),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GoldenTicket))]
[JsonSerializable(typeof(SortedDictionary<string, GoldenFigures>))]
internal sealed partial class GoldenJson : JsonSerializerContext;
