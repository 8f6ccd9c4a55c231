using System.Collections.Concurrent;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Tests.Jobs;

/// <summary>A job that does what its test says.</summary>
internal sealed class ScriptedWork(WorkScript script) : IRecurringWork
{
    public Task<string> RunAsync(CancellationToken cancellationToken) => script.RunAsync(cancellationToken);
}

/// <summary>What <see cref="ScriptedWork"/> does, and what came of it; shared by all hosts of a test.</summary>
internal sealed class WorkScript
{
    private readonly ConcurrentQueue<string> log = [];
    private readonly Lock counting = new();
    private int underWay;

    /// <summary>Gets the number of the start, from 1.</summary>
    public Func<int, CancellationToken, Task<string>> Work { get; init; } = (_, _) => Task.FromResult("Did it.");

    public int Started { get; private set; }

    public int MostUnderWay { get; private set; }

    /// <summary>What the hosts have logged.</summary>
    public IReadOnlyCollection<string> Log => log;

    public void Write(string line) => log.Enqueue(line);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        int start;
        lock (counting)
        {
            start = ++Started;
            underWay++;
            MostUnderWay = Math.Max(MostUnderWay, underWay);
        }

        try
        {
            return await Work(start, cancellationToken);
        }
        finally
        {
            lock (counting)
            {
                underWay--;
            }
        }
    }
}
