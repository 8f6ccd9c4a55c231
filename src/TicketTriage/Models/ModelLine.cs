using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace TicketTriage.Models;

/// <summary>
/// The line to one deployment. Whatever is asked over it keeps to the helpdesk's budget, is asked patiently and counted, and fails with a
/// <see cref="ModelFailedException"/> alone.
/// </summary>
/// <param name="name">The model's name in counts.</param>
/// <param name="subject">What it is called in messages: "The model".</param>
/// <param name="wire">Carries the calls; the line owns it.</param>
internal sealed partial class ModelLine<T>(
    string name, string subject, ModelOptions options, ITokenLedger ledger, ModelMeter meter, TimeProvider clock, ILogger logger,
    HttpMessageHandler wire) : IDisposable
{
    // The line has the clock, for each attempt.
    private readonly HttpClient http = new(wire) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly ResiliencePipeline<T> patience = ModelPatience.Build<T>(
        options, clock, pause => LeftAlone(logger, subject, name, pause), () => Returned(logger, subject, name));

    /// <summary>Makes the SDK's client for this line, with the key where there is one and with a token of Entra ID where there is none.</summary>
    public TClient Connect<TClient>(
        TokenCredential credential,
        Func<ApiKeyCredential, OpenAI.OpenAIClientOptions, TClient> withKey,
        Func<BearerTokenPolicy, OpenAI.OpenAIClientOptions, TClient> withToken)
    {
        var settings = ModelConnection.Settings(options, http);
        return string.IsNullOrWhiteSpace(options.ApiKey)
            ? withToken(new BearerTokenPolicy(credential, ModelConnection.EntraScope), settings)
            : withKey(new ApiKeyCredential(options.ApiKey), settings);
    }

    /// <exception cref="ModelFailedException">No usable answer came within the budget, or the model is left alone.</exception>
    public async Task<T> AskAsync(ModelCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await patience.ExecuteAsync(async token => await AskOnAccountAsync(call, token), cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw Failed(new ModelFailedException(
                $"{subject} failed again and again and is left alone for a while.", ModelFailure.Away, innerException: exception));
        }
        catch (TimeoutRejectedException exception)
        {
            throw Failed(new ModelFailedException(
                $"{subject} gave no answer within {exception.Timeout}.", ModelFailure.Away, innerException: exception));
        }
        catch (ModelFailedException exception)
        {
            meter.Failed(name, exception.Failure);
            throw;
        }
    }

    public void Dispose() => http.Dispose();

    private ModelFailedException Failed(ModelFailedException exception)
    {
        meter.Failed(name, exception.Failure);
        return exception;
    }

    // Each attempt costs tokens of its own. One whose end nobody knows stays booked with the most that it can have cost, and so does one
    // whose answer doesn't say what it cost.
    private async Task<T> AskOnAccountAsync(ModelCall<T> call, CancellationToken cancellationToken)
    {
        var use = new TokenUse();
        if (await ledger.ReserveAsync(call.Helpdesk, call.MostTokens, cancellationToken) is not { } reservation)
        {
            return await AskOnceAsync(call, use, cancellationToken);
        }

        try
        {
            var answer = await AskOnceAsync(call, use, cancellationToken);
            await SettleAsync(reservation, use.Tokens, cancellationToken);
            return answer;
        }
        catch (ModelFailedException exception)
        {
            var wasTurnedAway = exception.Failure is ModelFailure.Busy or ModelFailure.Rejected or ModelFailure.Misconfigured;
            await SettleAsync(reservation, use.Tokens ?? (wasTurnedAway ? 0 : null), cancellationToken);
            throw;
        }
    }

    private Task SettleAsync(TokenReservation reservation, int? used, CancellationToken cancellationToken) =>
        used is { } tokens ? ledger.SettleAsync(reservation, tokens, cancellationToken) : Task.CompletedTask;

    private async Task<T> AskOnceAsync(ModelCall<T> call, TokenUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await call.AskOnceAsync(use, cancellationToken);
        }
        catch (ClientResultException exception)
        {
            throw ModelRefusals.Explain(exception, clock);
        }
        catch (AuthenticationFailedException exception)
        {
            throw ModelRefusals.Explain(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ModelFailedException("The model's server could not be reached.", ModelFailure.Away, innerException: exception);
        }
        catch (Exception exception) when (ModelRefusals.IsUnreadable(exception))
        {
            throw new ModelFailedException(
                "The model's server answered with something else than was asked for.", ModelFailure.Nonsense, innerException: exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Subject} {Model} keeps failing and is left alone for {Pause}; tickets are worked on without it.")]
    private static partial void LeftAlone(ILogger logger, string subject, string model, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "{Subject} {Model} answers again.")]
    private static partial void Returned(ILogger logger, string subject, string model);
}

/// <param name="Helpdesk">Whose budget pays for it; <see langword="null"/> for a call that is made for nobody's ticket.</param>
/// <param name="MostTokens">What it may use, input and answer.</param>
/// <param name="AskOnceAsync">Asks once, and notes what the answer has used before it looks at it: an answer of no use costs the same.</param>
internal sealed record ModelCall<T>(string? Helpdesk, int MostTokens, Func<TokenUse, CancellationToken, Task<T>> AskOnceAsync);

/// <summary>What one call has used.</summary>
internal sealed class TokenUse
{
    /// <summary>Input and answer; <see langword="null"/> while no answer has said it.</summary>
    public int? Tokens { get; private set; }

    /// <summary>Servers that speak a vendor's dialect may leave the use out, or write zeros: no call costs nothing.</summary>
    /// <returns>Whether the answer has said it.</returns>
    public bool Note(int input, int output)
    {
        Tokens = input + output > 0 ? input + output : null;
        return Tokens is not null;
    }
}
