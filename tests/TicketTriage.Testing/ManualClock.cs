namespace TicketTriage.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Its timers, and with them delays and time-outs that take a <see cref="TimeProvider"/>,
/// fire while <see cref="Advance"/> passes over them: in their order, each seeing its own moment as the present.
/// Several threads may use it.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> armed = [];
    private readonly List<Waiter> waiters = [];
    private DateTimeOffset now;

    /// <summary>Starts on a Wednesday, 10:00 UTC.</summary>
    public ManualClock() : this(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero)) { }

    public ManualClock(DateTimeOffset start) => now = start.ToUniversalTime();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);

        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on and fires what falls due on the way, the end included. Returns after the last callback.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);

        var end = GetUtcNow() + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Waits, in real time, until somebody waits for this clock: until a timer stands that falls due within <paramref name="within"/>.
    /// So a test can let the code reach its delay before it moves the clock.
    /// </summary>
    /// <returns>How long until that timer falls due.</returns>
    public async Task<TimeSpan> UntilTimerAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            if (EarliestArmed() is { } armed && armed.DueAt - now <= within)
            {
                return armed.DueAt - now;
            }

            waiter = new Waiter(within);
            waiters.Add(waiter);
        }

        return await waiter.Reached.Task.WaitAsync(cancellationToken);
    }

    private ManualTimer? EarliestArmed() => armed.MinBy(timer => timer.DueAt);

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = EarliestArmed();
            if (next is null || next.DueAt > end)
            {
                now = end;
                return null;
            }

            now = next.DueAt > now ? next.DueAt : now;
            armed.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                Arm(next, next.Period);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan after)
    {
        timer.DueAt = now + after;
        armed.Add(timer);
        foreach (var waiter in waiters.Where(waiter => after <= waiter.Within).ToList())
        {
            waiters.Remove(waiter);
            waiter.Reached.SetResult(after);
        }
    }

    private sealed record Waiter(TimeSpan Within)
    {
        public TaskCompletionSource<TimeSpan> Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool isDisposed;

        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (isDisposed)
                {
                    return false;
                }

                clock.armed.Remove(this);
                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock.Arm(this, dueTime);
                }

                return true;
            }
        }

        public void Dispose() => Disarm();

        public ValueTask DisposeAsync()
        {
            Disarm();
            return ValueTask.CompletedTask;
        }

        private void Disarm()
        {
            lock (clock.gate)
            {
                isDisposed = true;
                clock.armed.Remove(this);
            }
        }
    }
}
