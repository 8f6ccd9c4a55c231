using System.Diagnostics;

namespace TicketTriage.Tickets;

/// <summary>
/// A ticket's way as spans of one <see cref="ActivitySource"/>. They begin and end on the worker's own thread, exactly at the borders
/// that matter when a process dies, so a listener sees every such moment before the next line runs:
/// <list type="bullet">
/// <item><see cref="Journey"/> begins: the claim is committed, nothing is done yet;</item>
/// <item><see cref="Understand"/> has ended: decided, nothing is recorded yet;</item>
/// <item><see cref="Send"/> begins: recorded, nothing is sent yet; it has ended: the helpdesk has it, nothing is saved yet;</item>
/// <item><see cref="Finish"/> has ended: the receipt is committed.</item>
/// </list>
/// A span that ended well has the status <see cref="ActivityStatusCode.Ok"/>. Without a listener none is made.
/// </summary>
public static class TicketSteps
{
    /// <summary>The source's name, for listeners.</summary>
    public const string SourceName = "TicketTriage.Journey";

    /// <summary>The whole way; the others lie within it.</summary>
    public const string Journey = "journey";

    public const string Read = "read";

    public const string Understand = "understand";

    /// <summary>Priority, group and agent, after it is understood.</summary>
    public const string Decide = "decide";

    public const string Draft = "draft";

    public const string Send = "send";

    public const string Finish = "finish";

    /// <summary>The tag that has the ticket, as helpdesk/number.</summary>
    public const string TicketTag = "ticket";

    private static readonly ActivitySource Source = new(SourceName);

    /// <param name="trace">
    /// What it follows from, as W3C's traceparent. It is linked to and not gone on with: a request for each of ten messages may lead to one
    /// journey, hours later.
    /// </param>
    /// <returns>To be disposed at the step's end; <see langword="null"/> where nobody listens.</returns>
    public static Activity? Begin(string step, TicketId ticket, string? trace = null) => Source.HasListeners()
        ? Source.StartActivity(
            ActivityKind.Internal,
            tags: [new(TicketTag, $"{ticket}")],
            links: ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var origin) ? [new ActivityLink(origin)] : null,
            name: step)
        : null;

    /// <summary>Says, before its end, that the step did what it should.</summary>
    public static void Succeed(this Activity? step) => step?.SetStatus(ActivityStatusCode.Ok);
}
