using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace TicketTriage.Helpdesks;

/// <summary>
/// The one place where calls to a helpdesk are cut off, repeated and held back. A read is tried up to four times; a write once.
/// After <see cref="FailuresThatOpen"/> failures in a row the helpdesk is left alone for <see cref="Pause"/>, then one call finds out.
/// </summary>
internal sealed partial class HelpdeskPipeline
{
    public const int FailuresThatOpen = 15;

    private const int Repeats = 3;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>A longer wait than this belongs to the caller, whose worker has other tickets to look after.</summary>
    private static readonly TimeSpan LongestWaitInPlace = TimeSpan.FromSeconds(5);

    private readonly string helpdesk;
    private readonly ILogger logger;
    private readonly ResiliencePipeline once;
    private readonly ResiliencePipeline repeated;
    private int failuresInARow;

    /// <param name="timeout">Longest wait for one answer; repeats have their own.</param>
    public HelpdeskPipeline(string helpdesk, TimeSpan timeout, TimeProvider clock, ILogger logger)
    {
        this.helpdesk = helpdesk;
        this.logger = logger;
        once = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(Breaker())
            .AddTimeout(timeout)
            .Build();
        repeated = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(Retry())
            .AddPipeline(once)
            .Build();
    }

    /// <summary>Makes a call that may be made again: one that changes nothing.</summary>
    public Task<T> ReadAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(repeated, call, isWrite: false, cancellationToken);

    /// <summary>Makes a call at most once.</summary>
    public Task<T> WriteAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(once, call, isWrite: true, cancellationToken);

    private async Task<T> ExecuteAsync<T>(
        ResiliencePipeline pipeline, Func<CancellationToken, ValueTask<T>> call, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(call, cancellationToken);
        }
        catch (BrokenCircuitException broken)
        {
            throw new HelpdeskAwayException(
                $"Helpdesk {helpdesk} failed {FailuresThatOpen} times in a row and is left alone for a while.",
                broken.RetryAfter ?? Pause, mayHaveArrived: false, broken);
        }
        catch (TimeoutRejectedException timeout)
        {
            throw new HelpdeskAwayException(
                $"Helpdesk {helpdesk} didn't answer within {timeout.Timeout.TotalSeconds:0.#} seconds.", null, isWrite, timeout);
        }
    }

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        // A share of failures would need as many of them as there were successes in the window, hundreds under load.
        // So failures in a row are counted here, and the strategy is told of one only when there are enough.
        ShouldHandle = arguments => ValueTask.FromResult(CountFailures(arguments.Outcome.Exception) >= FailuresThatOpen),
        FailureRatio = 0,
        MinimumThroughput = 2,
        SamplingDuration = TimeSpan.FromMinutes(10),
        BreakDuration = Pause,
        OnOpened = _ =>
        {
            Opened(helpdesk, FailuresThatOpen, Pause);
            return default;
        },
        OnClosed = _ =>
        {
            Closed(helpdesk);
            return default;
        },
    };

    private int CountFailures(Exception? exception)
    {
        switch (exception)
        {
            // The caller's own cancellation says nothing about the helpdesk.
            case OperationCanceledException:
                return 0;
            case TimeoutRejectedException:
            case HelpdeskAwayException { Status: not (HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict) }:
                return Interlocked.Increment(ref failuresInARow);
            default:
                Interlocked.Exchange(ref failuresInARow, 0);
                return 0;
        }
    }

    private static RetryStrategyOptions Retry() => new()
    {
        // A time-out is not repeated: the worker has waited long enough, and its ticket comes back to it anyway.
        ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Outcome.Exception)),
        MaxRetryAttempts = Repeats,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(250),
        MaxDelay = LongestWaitInPlace,
        DelayGenerator = arguments => ValueTask.FromResult(WaitAskedFor(arguments.Outcome.Exception)),
    };

    private static bool IsWorthRepeating(Exception? exception) => exception switch
    {
        HelpdeskAwayException { RetryAfter: { } wait } => wait <= LongestWaitInPlace,
        HelpdeskAwayException away => away.Status != HttpStatusCode.TooManyRequests,
        _ => false,
    };

    // Never earlier than asked, and not all workers at the same moment.
    private static TimeSpan? WaitAskedFor(Exception? exception) =>
        (exception as HelpdeskAwayException)?.RetryAfter + TimeSpan.FromMilliseconds(Random.Shared.Next(250));

    [LoggerMessage(LogLevel.Warning, "Helpdesk {Helpdesk} failed {Failures} times in a row; it is left alone for {Pause}.")]
    private partial void Opened(string helpdesk, int failures, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "Helpdesk {Helpdesk} answers again.")]
    private partial void Closed(string helpdesk);
}
