using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;

namespace TicketTriage.History;

/// <summary>A past ticket's row, for learning from. It is written only by <see cref="HistoryLedger"/>.</summary>
public sealed class StoredPastTicket
{
    public required string Helpdesk { get; init; }

    public required string Number { get; init; }

    public required string Stamp { get; init; }

    /// <summary>One of <see cref="HelpdeskStatus"/>, in small letters.</summary>
    public required string Status { get; init; }

    /// <summary>One of <see cref="TicketPriority"/>, in small letters.</summary>
    public required string Priority { get; init; }

    public string? GroupId { get; init; }

    public string? AssigneeId { get; init; }

    public string? Channel { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What stood in the triage's fields, as JSON: <c>{"intent": "billing/refund"}</c>.</summary>
    public required string Fields { get; init; }

    /// <summary>What stood in the account's own fields, as JSON; see <see cref="HelpdeskTicket.CustomFields"/>.</summary>
    public string CustomFields { get; init; } = "{}";

    /// <summary>ISO 639-1, or <c>unclear</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Redacted.</summary>
    public required string Subject { get; init; }

    /// <summary>A list of <see cref="CleanMessage"/> as JSON, redacted.</summary>
    public required string Messages { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first public answer of an agent.</summary>
    public DateTimeOffset? FirstReplyAt { get; init; }

    /// <summary><see langword="null"/> where it is not solved, or its helpdesk doesn't tell when.</summary>
    public DateTimeOffset? SolvedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public IReadOnlyList<CleanMessage> ReadMessages() => ReadMessages(Messages);

    /// <param name="json">As <see cref="Messages"/> has them.</param>
    public static IReadOnlyList<CleanMessage> ReadMessages(string json) =>
        JsonSerializer.Deserialize(json, HistoryJson.Default.IReadOnlyListCleanMessage) ?? [];

    /// <param name="json">As <see cref="Fields"/> and <see cref="CustomFields"/> have them.</param>
    /// <returns>By their names in small letters.</returns>
    public static IReadOnlyDictionary<string, string> ReadFields(string json)
    {
        using var fields = JsonDocument.Parse(json);
        return fields.RootElement.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(field => field.Name.ToLowerInvariant(), field => field.Value.GetString() ?? "");
    }
}

internal sealed class StoredPastTicketMapping : IEntityTypeConfiguration<StoredPastTicket>
{
    public void Configure(EntityTypeBuilder<StoredPastTicket> builder)
    {
        builder.ToTable("past_tickets");
        builder.HasKey(ticket => new { ticket.Helpdesk, ticket.Number });
        builder.Property(ticket => ticket.Fields).HasColumnType("jsonb");
        builder.Property(ticket => ticket.CustomFields).HasColumnType("jsonb");
        builder.Property(ticket => ticket.Messages).HasColumnType("jsonb");
        builder.PrimitiveCollection(ticket => ticket.Tags);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<CleanMessage>))]
[JsonSerializable(typeof(IReadOnlyDictionary<TriageField, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
