using System.Threading.Channels;

namespace TicketTriage.Chaos.Post;

/// <summary>Letters that wait to be carried, each until its time.</summary>
internal sealed class Sack
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Letter, long> waiting = new();
    private readonly Channel<Letter> due = Channel.CreateUnbounded<Letter>();
    private int inside;

    /// <summary>Letters that are waiting or being carried.</summary>
    public int Inside => Volatile.Read(ref inside);

    /// <summary>True keeps all that comes until it is false again.</summary>
    public bool IsClosed { get; set; }

    public ChannelReader<Letter> Due => due.Reader;

    public void Add(Letter letter, TimeSpan wait)
    {
        Interlocked.Increment(ref inside);
        PutBack(letter, wait);
    }

    /// <summary>For another try.</summary>
    public void PutBack(Letter letter, TimeSpan wait)
    {
        if (wait == TimeSpan.Zero && !IsClosed)
        {
            due.Writer.TryWrite(letter);
            return;
        }

        lock (gate)
        {
            waiting.Enqueue(letter, (TimeProvider.System.GetUtcNow() + wait).UtcTicks);
        }
    }

    public void NoteCarried() => Interlocked.Decrement(ref inside);

    /// <summary>Hands out what is due until it is told to end.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = TimeProvider.System.GetUtcNow().UtcTicks;
            while (!IsClosed && TryTake(now) is { } letter)
            {
                due.Writer.TryWrite(letter);
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Letter? TryTake(long now)
    {
        lock (gate)
        {
            return waiting.TryPeek(out _, out var at) && at <= now ? waiting.Dequeue() : null;
        }
    }
}
