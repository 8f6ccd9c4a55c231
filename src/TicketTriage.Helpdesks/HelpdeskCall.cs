namespace TicketTriage.Helpdesks;

/// <summary>One call to a helpdesk, before it knows its credentials.</summary>
/// <param name="Path">Relative, so that it can't lead to another host.</param>
/// <param name="About">What it is about, for messages: <c>ticket 42</c>.</param>
internal sealed record HelpdeskCall(HttpMethod Method, string Path, string About, byte[]? Body = null)
{
    /// <summary>True where making the call twice could have two effects: it is made once.</summary>
    public bool IsWrite { get; init; } = Method != HttpMethod.Get;

    /// <summary>Which of the vendor's limits it counts against.</summary>
    public HelpdeskCallKind Kind { get; init; } = Method == HttpMethod.Get ? HelpdeskCallKind.Read : HelpdeskCallKind.Update;

    /// <summary>How many calls the vendor takes it for: Freshdesk counts each thing that is included.</summary>
    public int Cost { get; init; } = 1;
}

/// <summary>The kinds of calls that vendors limit apart from each other; all of them count against the account's own limit too.</summary>
public enum HelpdeskCallKind
{
    /// <summary>One record or page, such as a ticket or its messages.</summary>
    Read = 0,

    /// <summary>A change of a ticket.</summary>
    Update,

    /// <summary>A list of tickets.</summary>
    List,

    /// <summary>The record of changes, which has few calls a minute.</summary>
    Export,

    Search,
}

/// <param name="Warning">What the vendor dropped from the request without refusing it.</param>
/// <param name="HasNextPage">True where a <c>Link</c> header names a next page.</param>
internal sealed record HelpdeskReply<T>(T Content, string? Warning, bool HasNextPage = false);

/// <summary>What the connection has to know of a vendor.</summary>
/// <param name="Vendor">The name for messages.</param>
/// <param name="ToException">Reads an answer that is no success.</param>
/// <param name="WarningHeader">The header in which the vendor tells what it dropped, where it has one.</param>
internal sealed record HelpdeskDialect(string Vendor, Func<FailedAnswer, Exception> ToException, string? WarningHeader = null);

/// <summary>An answer without success.</summary>
/// <param name="RetryAfter">The wait that it asks for.</param>
internal sealed record FailedAnswer(
    string Helpdesk, HelpdeskCall Call, System.Net.HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter);
