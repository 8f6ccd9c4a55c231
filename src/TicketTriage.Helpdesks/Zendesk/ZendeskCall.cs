namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>One call, before it knows its credentials.</summary>
/// <param name="Path">Relative, so that it can't lead to another host.</param>
/// <param name="About">What it is about, for messages: <c>ticket 42</c>.</param>
internal sealed record ZendeskCall(HttpMethod Method, string Path, string About, byte[]? Body = null)
{
    /// <summary>True where making the call twice could have two effects.</summary>
    public bool IsWrite => Method == HttpMethod.Put;
}

/// <param name="Warning">What Zendesk dropped from the request without refusing it.</param>
internal sealed record ZendeskReply<T>(T Content, string? Warning);
