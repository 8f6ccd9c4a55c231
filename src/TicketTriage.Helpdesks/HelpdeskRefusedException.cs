using System.Net;

namespace TicketTriage.Helpdesks;

/// <summary>The helpdesk said no and will say no again: a person has to look.</summary>
/// <param name="message">One sentence: what was refused, and what to do.</param>
/// <param name="status">The vendor's answer.</param>
/// <param name="fields">The fields that the vendor named as the reason, in its words.</param>
public sealed class HelpdeskRefusedException(string message, HttpStatusCode status, IReadOnlyList<string>? fields = null) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public IReadOnlyList<string> Fields { get; } = fields ?? [];

    /// <summary>True where a field of the change is the reason: without the fields that are named, or with less, it may be taken.</summary>
    public bool IsFieldRefused { get; init; }

    /// <summary>True where the ticket has ended for good (closed, merged away): no smaller change would be taken either.</summary>
    public bool IsTicketClosed { get; init; }

    /// <summary>True where the helpdesk itself says that it has no such record; another 404 may come from a wrong address.</summary>
    public bool IsUnknownRecord { get; init; }
}

/// <summary>Somebody was faster: the ticket is no longer what the decision saw. Read it again and decide again.</summary>
public sealed class HelpdeskConflictException(string message) : Exception(message);

/// <summary>
/// The helpdesk didn't answer, or asked to come back later: a time-out, a broken connection, 429, 5xx, or an answer that isn't its own.
/// </summary>
/// <param name="message">One sentence: what happened.</param>
/// <param name="retryAfter">How long the helpdesk asked to wait; <see langword="null"/> where it named no time.</param>
/// <param name="mayHaveArrived">True where the call may have been carried out although no answer came.</param>
public sealed class HelpdeskAwayException(string message, TimeSpan? retryAfter, bool mayHaveArrived, Exception? innerException = null)
    : Exception(message, innerException)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool MayHaveArrived { get; } = mayHaveArrived;

    /// <summary>The vendor's answer; <see langword="null"/> where none came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>True where the call was not made at all, because the helpdesk would have refused it: its quota is used up.</summary>
    public bool IsQuotaUsedUp { get; init; }

    /// <summary>True where the call was not made at all, because the helpdesk has failed too often just before.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>True where nothing has failed: there were too many calls, and it is known when there may be more.</summary>
    public bool AsksToSlowDown => RetryAfter is not null && (IsQuotaUsedUp || Status == HttpStatusCode.TooManyRequests);
}
