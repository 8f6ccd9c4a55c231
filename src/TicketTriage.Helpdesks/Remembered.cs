namespace TicketTriage.Helpdesks;

/// <summary>An answer that is asked for when first needed and again when it has grown old; who comes meanwhile waits for the same.</summary>
/// <param name="askAsync">Its cancellation is its own: the answer belongs to all who wait.</param>
/// <param name="goodFor">How long this answer is good. A failure is never remembered.</param>
internal sealed class Remembered<T>(Func<Task<T>> askAsync, Func<T, TimeSpan> goodFor, TimeProvider clock)
    where T : class
{
    private readonly Lock gate = new();
    private T? answer;
    private DateTimeOffset goodUntil;
    private Task<T>? underWay;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (answer is { } known && clock.GetUtcNow() < goodUntil)
            {
                return Task.FromResult(known);
            }

            if (underWay is null or { IsCompleted: true })
            {
                underWay = AskAsync();
            }

            return underWay.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks anew at the next need, because something has shown that the answer is wrong.</summary>
    public void Forget()
    {
        lock (gate)
        {
            answer = null;
        }
    }

    private async Task<T> AskAsync()
    {
        // Leaves the caller's lock before anything can happen.
        await Task.Yield();

        var asked = await askAsync();
        lock (gate)
        {
            answer = asked;
            goodUntil = clock.GetUtcNow() + goodFor(asked);
        }

        return asked;
    }
}
