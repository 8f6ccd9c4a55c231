namespace TicketTriage.Helpdesks.Tests.Sandbox;

/// <summary>A clock that stands still until it is set. Its timers never fire.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
