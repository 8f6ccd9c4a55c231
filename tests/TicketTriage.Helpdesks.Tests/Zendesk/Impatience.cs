using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

/// <summary>Lets the pauses between repeats pass at once.</summary>
internal static class Impatience
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6);

    /// <summary>Awaits the work and moves the clock over every pause on the way; time-outs, which are longer, stand.</summary>
    public static async Task<T> AwaitAsync<T>(Task<T> work, ManualClock clock, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            var pause = clock.UntilTimerAsync(LongestPause, cancellationToken);
            if (await Task.WhenAny(work, pause) == pause)
            {
                clock.Advance(await pause);
            }
        }

        return await work;
    }
}
