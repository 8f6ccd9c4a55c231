using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Helpdesks;

/// <summary>
/// The one place where calls to a helpdesk are cut off, repeated and held back. A read is tried up to four times, a write once; each try
/// passes the turnstile. After <see cref="FailuresThatOpen"/> failures in a row the helpdesk is left alone for <see cref="Pause"/>, then
/// one call finds out.
/// </summary>
internal sealed partial class HelpdeskPipeline
{
    public const int FailuresThatOpen = 15;

    private const int Repeats = 3;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>A longer wait than this belongs to the caller, whose worker has other tickets to look after.</summary>
    public static readonly TimeSpan LongestWaitInPlace = TimeSpan.FromSeconds(5);

    private readonly string helpdesk;
    private readonly HelpdeskTurnstile turnstile;
    private readonly ILogger logger;
    private readonly ResiliencePipeline once;
    private readonly ResiliencePipeline repeated;
    private int failuresInARow;

    /// <param name="timeout">Longest wait for one answer; repeats have their own.</param>
    public HelpdeskPipeline(string helpdesk, TimeSpan timeout, HelpdeskTurnstile turnstile, TimeProvider clock, ILogger logger)
    {
        this.helpdesk = helpdesk;
        this.turnstile = turnstile;
        this.logger = logger;
        once = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(Breaker())
            .AddTimeout(timeout)
            .Build();
        repeated = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(Retry()).Build();
    }

    /// <summary>Hears what the answers say of the quota.</summary>
    public QuotaListener Quota => turnstile.Listener;

    /// <summary>Makes a call: once where it is a write, and again after a failure where it is not.</summary>
    /// <param name="attempt">Makes it once.</param>
    public async Task<T> SendAsync<T>(
        HelpdeskCall call, HelpdeskUse use, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await (call.IsWrite ? TryAsync(cancellationToken) : repeated.ExecuteAsync(TryAsync, cancellationToken));
        }
        catch (BrokenCircuitException broken)
        {
            throw new HelpdeskAwayException(
                $"Helpdesk {helpdesk} failed {FailuresThatOpen} times in a row and is left alone for a while.",
                broken.RetryAfter ?? Pause, mayHaveArrived: false, broken)
            {
                IsLeftAlone = true,
            };
        }
        catch (TimeoutRejectedException timeout)
        {
            throw new HelpdeskAwayException(
                $"Helpdesk {helpdesk} didn't answer within {timeout.Timeout.TotalSeconds:0.#} seconds.", null, call.IsWrite, timeout);
        }

        async ValueTask<T> TryAsync(CancellationToken trying)
        {
            // Before the breaker: a quota that is used up says nothing about whether the helpdesk works.
            await turnstile.PassAsync(call, use, trying);
            try
            {
                return await once.ExecuteAsync(attempt, trying);
            }
            catch (BrokenCircuitException)
            {
                turnstile.GiveBack(call);
                throw;
            }
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
        HelpdeskAwayException { IsQuotaUsedUp: true } => false,
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
