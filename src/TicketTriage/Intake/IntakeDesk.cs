using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Storage;
using TicketTriage.Tickets;

namespace TicketTriage.Intake;

/// <summary>
/// Takes deliveries in. Those that arrive while a commit is under way share the next one, so that the cost of a commit is
/// divided among all who wait; nobody is answered before the commit that holds the delivery.
/// </summary>
public sealed partial class IntakeDesk : BackgroundService
{
    private readonly IntakeLedger ledger;
    private readonly BellRinger ringer;
    private readonly IntakeWatch watch;
    private readonly IntakeOptions options;
    private readonly ILogger<IntakeDesk> logger;
    private readonly Channel<Waiting> waiting;

    public IntakeDesk(
        IntakeLedger ledger, BellRinger ringer, IntakeWatch watch, IOptions<IntakeOptions> options, ILogger<IntakeDesk> logger)
    {
        this.ledger = ledger;
        this.ringer = ringer;
        this.watch = watch;
        this.options = options.Value;
        this.logger = logger;
        waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(this.options.MostWaiting)
        {
            SingleReader = this.options.Writers == 1,
        });
    }

    /// <summary>Returns once the delivery is durable.</summary>
    /// <exception cref="IntakeBusyException">
    /// The database is away, or too much is waiting: come again. The answer is not owed a commit that came after all; the repeat finds it.
    /// </exception>
    public async Task AcceptAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
    {
        if (watch.Refusal is { } why)
        {
            throw new IntakeBusyException(why);
        }

        var place = new Waiting(delivery);
        if (!waiting.Writer.TryWrite(place))
        {
            throw new IntakeBusyException("More deliveries are waiting than can be stored now.");
        }

        await place.Stored.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watching = watch.RunAsync(RefuseWaiting, stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(writer => WriteAsync(writer, stoppingToken)));
        await watching;
        waiting.Writer.TryComplete();
        RefuseWaiting("The service is stopping.");
    }

    private void RefuseWaiting(string why)
    {
        while (waiting.Reader.TryRead(out var place))
        {
            place.Stored.TrySetException(new IntakeBusyException(why));
        }
    }

    private async Task WriteAsync(int writer, CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(options.BatchSize);
        try
        {
            while (true)
            {
                // Wakes one writer; WaitToReadAsync would wake them all for one delivery.
                batch.Add(await waiting.Reader.ReadAsync(stoppingToken));
                while (batch.Count < options.BatchSize && waiting.Reader.TryRead(out var place))
                {
                    batch.Add(place);
                }

                watch.CommitBegins(writer);
                var isStored = await StoreAsync(batch);
                watch.CommitEnds(writer, isAway: !isStored);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Not stopped half-way: whoever waits is owed a true answer, and the commit takes milliseconds.</summary>
    /// <returns>False where the database did not take it, and will not take the next one either.</returns>
    private async Task<bool> StoreAsync(List<Waiting> batch)
    {
        using var limit = new CancellationTokenSource(options.StoreTimeout);
        try
        {
            // Waited for from outside as well: while a connection is made, the driver may not look at the token.
            var raised = await ledger.StoreAsync(batch.ConvertAll(place => place.Delivery), limit.Token).WaitAsync(limit.Token);
            batch.ForEach(place => place.Stored.TrySetResult());
            if (raised > 0)
            {
                ringer.Ring();
            }

            return true;
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal) && batch.Count > 1)
        {
            // One row that the database can't take must not cost the others their place.
            var isStored = true;
            foreach (var place in batch)
            {
                isStored &= await StoreAsync([place]);
            }

            return isStored;
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) || e is OperationCanceledException)
        {
            NotStored(batch.Count, e.Message);
            batch.ForEach(place => place.Stored.TrySetException(new IntakeBusyException("The database did not take the delivery.", e)));
            return false;
        }
        catch (Exception e)
        {
            // Their senders get the failure; those who come after them must not.
            Refused(e, batch.Count);
            batch.ForEach(place => place.Stored.TrySetException(e));
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} deliveries could not be stored; their sender was asked to come again. {Message}")]
    private partial void NotStored(int count, string message);

    [LoggerMessage(LogLevel.Error, "The database refused {Count} deliveries for a reason of their own.")]
    private partial void Refused(Exception exception, int count);

    private sealed class Waiting(AcceptedDelivery delivery)
    {
        public AcceptedDelivery Delivery { get; } = delivery;

        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Nothing was stored; the sender should come again.</summary>
public sealed class IntakeBusyException(string message, Exception? innerException = null) : Exception(message, innerException);
