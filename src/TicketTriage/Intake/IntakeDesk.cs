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
    private readonly IntakeOptions options;
    private readonly ILogger<IntakeDesk> logger;
    private readonly Channel<Waiting> waiting;

    public IntakeDesk(IntakeLedger ledger, BellRinger ringer, IOptions<IntakeOptions> options, ILogger<IntakeDesk> logger)
    {
        this.ledger = ledger;
        this.ringer = ringer;
        this.options = options.Value;
        this.logger = logger;
        waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(this.options.MostWaiting)
        {
            SingleReader = this.options.Writers == 1,
        });
    }

    /// <summary>Returns once the delivery is durable.</summary>
    /// <exception cref="IntakeBusyException">The database is away, or too many are waiting: nothing was stored, come again.</exception>
    public async Task AcceptAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
    {
        var place = new Waiting(delivery);
        if (!waiting.Writer.TryWrite(place))
        {
            throw new IntakeBusyException("More deliveries are waiting than can be stored now.");
        }

        await place.Stored.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(_ => WriteAsync(stoppingToken)));
        waiting.Writer.TryComplete();
        while (waiting.Reader.TryRead(out var place))
        {
            place.Stored.TrySetException(new IntakeBusyException("The service is stopping."));
        }
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
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

                await StoreAsync(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Not stopped half-way: whoever waits is owed a true answer, and the commit takes milliseconds.</summary>
    private async Task StoreAsync(List<Waiting> batch)
    {
        using var limit = new CancellationTokenSource(options.StoreTimeout);
        try
        {
            var raised = await ledger.StoreAsync(batch.ConvertAll(place => place.Delivery), limit.Token);
            batch.ForEach(place => place.Stored.TrySetResult());
            if (raised > 0)
            {
                ringer.Ring();
            }
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal) && batch.Count > 1)
        {
            // One row that the database can't take must not cost the others their place.
            foreach (var place in batch)
            {
                await StoreAsync([place]);
            }
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) || e is OperationCanceledException)
        {
            NotStored(batch.Count, e.Message);
            batch.ForEach(place => place.Stored.TrySetException(new IntakeBusyException("The database did not take the delivery.", e)));
        }
        catch (Exception e)
        {
            // Their senders get the failure; those who come after them must not.
            Refused(e, batch.Count);
            batch.ForEach(place => place.Stored.TrySetException(e));
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
