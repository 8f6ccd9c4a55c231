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

    public const string Send = "send";

    public const string Finish = "finish";

    /// <summary>The tag that has the ticket, as helpdesk/number.</summary>
    public const string TicketTag = "ticket";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>To be disposed at the step's end; <see langword="null"/> where nobody listens.</returns>
    public static Activity? Begin(string step, TicketId ticket) =>
        Source.HasListeners() ? Source.StartActivity(ActivityKind.Internal, name: step, tags: [new(TicketTag, $"{ticket}")]) : null;

    /// <summary>Says, before its end, that the step did what it should.</summary>
    public static void Succeed(this Activity? step) => step?.SetStatus(ActivityStatusCode.Ok);
}
