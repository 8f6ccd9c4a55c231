using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>A ticket field as an administrator made it. Zendesk gives it an id and no name of ours.</summary>
internal sealed record ZendeskField
{
    public long? Id { get; init; }

    public string? Type { get; init; }

    public string? Title { get; init; }

    /// <summary>The title before it is translated.</summary>
    public string? RawTitle { get; init; }

    public bool? Active { get; init; }

    /// <summary>Only checkboxes have one.</summary>
    public string? Tag { get; init; }

    /// <summary>For agents alone; what this service wrote there survives a change of the title.</summary>
    public string? AgentDescription { get; init; }

    public IReadOnlyList<ZendeskFieldOption?>? CustomFieldOptions { get; init; }
}

internal sealed record ZendeskFieldsPage(IReadOnlyList<ZendeskField?>? TicketFields, ZendeskPageMeta? Meta) : IZendeskPage;

/// <param name="Value">The tag that stands for the choice on a ticket.</param>
internal sealed record ZendeskFieldOption(long? Id, string? Name, string? Value);

/// <param name="Value">A text, a list, a truth or nothing, as the field's type has it.</param>
internal sealed record ZendeskFieldValue(long? Id, JsonElement? Value);

internal sealed record ZendeskFieldChange(long Id, string Value);

internal sealed record ZendeskFieldAnswer(ZendeskField? TicketField);

internal sealed record ZendeskFieldRequest(ZendeskNewField TicketField);

/// <summary>A field to make, or what shall change of one that is there.</summary>
internal sealed record ZendeskNewField
{
    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? AgentDescription { get; init; }

    public bool? Active { get; init; }

    /// <summary>Replaces the whole set: a choice that is left out is taken off every ticket.</summary>
    public IReadOnlyList<ZendeskFieldOption>? CustomFieldOptions { get; init; }
}
