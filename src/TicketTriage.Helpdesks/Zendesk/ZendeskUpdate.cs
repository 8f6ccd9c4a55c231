namespace TicketTriage.Helpdesks.Zendesk;

internal sealed record ZendeskUpdate(ZendeskTicketUpdate Ticket);

/// <summary>A change as Zendesk takes it. What is null isn't sent, and so stays as it is.</summary>
internal sealed record ZendeskTicketUpdate
{
    /// <summary>Replaces the whole set. Adding single tags is documented for bulk updates only.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public string? Priority { get; init; }

    public long? GroupId { get; init; }

    public long? AssigneeId { get; init; }

    public IReadOnlyList<ZendeskFieldChange>? CustomFields { get; init; }

    /// <summary>Replaces the whole set of skills. Ids that the account doesn't have are ignored.</summary>
    public IReadOnlyList<string>? AttributeValueIds { get; init; }

    /// <summary>Only an incident can have a problem.</summary>
    public string? Type { get; init; }

    public long? ProblemId { get; init; }

    public ZendeskNote? Comment { get; init; }

    public required ZendeskUpdateMetadata Metadata { get; init; }

    /// <summary>Asks for a 409 where <see cref="UpdatedStamp"/> is no longer the ticket's. False would count as true too.</summary>
    public bool SafeUpdate { get; init; } = true;

    public required string UpdatedStamp { get; init; }
}

/// <param name="Public">Always sent: left out, the ticket's own habit decides who can read it.</param>
internal sealed record ZendeskNote(string HtmlBody, bool Public);

internal sealed record ZendeskUpdateMetadata(ZendeskTriageMark TicketTriage);

/// <summary>What finds the change again in the ticket's audits.</summary>
internal sealed record ZendeskTriageMark(string Triage);

internal sealed record ZendeskUpdateAnswer(ZendeskTicket? Ticket, ZendeskAuditName? Audit);

internal sealed record ZendeskAuditName(long? Id);

internal sealed record ZendeskTokenRequest(string GrantType, string ClientId, string ClientSecret, string Scope, long ExpiresIn);

internal sealed record ZendeskTokenAnswer(string? AccessToken, double? ExpiresIn);
