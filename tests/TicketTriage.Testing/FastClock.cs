namespace TicketTriage.Testing;

/// <summary>A clock that runs faster than the world: an hour's limits in a test's seconds. Its timers fire so much sooner.</summary>
/// <param name="speed">Its seconds in one of the world's.</param>
public sealed class FastClock(double speed) : TimeProvider
{
    private readonly DateTimeOffset start = System.GetUtcNow();
    private readonly long began = System.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Elapsed => System.GetElapsedTime(began) * speed;

    // Rounded up, so that nothing is before its time.
    private TimeSpan Sooner(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / speed));
}
