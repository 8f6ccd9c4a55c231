using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace TicketTriage.Models;

/// <summary>How long and how often the model is asked: the one place for time-outs, repeats and the breaker.</summary>
internal static class ModelPatience
{
    // From outside in: the whole budget, repeats, the breaker that counts each call, the time of one call.
    public static ResiliencePipeline<T> Build<T>(
        ModelOptions options, TimeProvider clock, Action<TimeSpan> onBroken, Action onReturned)
    {
        var patience = new ResiliencePipelineBuilder<T> { TimeProvider = clock }.AddTimeout(options.Budget);
        if (options.Retries > 0)
        {
            patience.AddRetry(Repeats<T>(options));
        }

        return patience
            .AddCircuitBreaker(Breaker<T>(options, onBroken, onReturned))
            .AddTimeout(options.Timeout)
            .Build();
    }

    private static RetryStrategyOptions<T> Repeats<T>(ModelOptions options) => new()
    {
        MaxRetryAttempts = options.Retries,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = attempt => ValueTask.FromResult(MayHelpToAskAgain(attempt.Outcome.Exception, options)),
        DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ModelFailedException)?.RetryAfter),
    };

    private static CircuitBreakerStrategyOptions<T> Breaker<T>(
        ModelOptions options, Action<TimeSpan> onBroken, Action onReturned) => new()
        {
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(60),
            BreakDuration = options.BreakDuration,
            ShouldHandle = attempt => ValueTask.FromResult(IsAbsent(attempt.Outcome.Exception)),
            OnOpened = opened =>
            {
                onBroken(opened.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                onReturned();
                return ValueTask.CompletedTask;
            },
        };

    // A wait that leaves no time for an answer is not begun.
    private static bool MayHelpToAskAgain(Exception? exception, ModelOptions options) => exception switch
    {
        ModelFailedException { Failure: ModelFailure.Busy or ModelFailure.Away } failed =>
            failed.RetryAfter is not { } wait || wait <= options.Budget - options.Timeout,
        TimeoutRejectedException => true,
        _ => false,
    };

    // A busy model is there; a refused text says nothing about the next.
    private static bool IsAbsent(Exception? exception) =>
        exception is TimeoutRejectedException or ModelFailedException { Failure: ModelFailure.Away or ModelFailure.Misconfigured };
}
