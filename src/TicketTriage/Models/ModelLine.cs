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

    // Each attempt costs tokens of its own. One whose end nobody knows stays booked with the most that it can have cost.
    private async Task<T> AskOnAccountAsync(ModelCall<T> call, CancellationToken cancellationToken)
    {
        if (await ledger.ReserveAsync(call.Helpdesk, call.MostTokens, cancellationToken) is not { } reservation)
        {
            return (await AskOnceAsync(call, cancellationToken)).Answer;
        }

        try
        {
            var (answer, tokens) = await AskOnceAsync(call, cancellationToken);
            await ledger.SettleAsync(reservation, tokens, cancellationToken);
            return answer;
        }
        catch (ModelFailedException exception)
            when (exception.Failure is ModelFailure.Busy or ModelFailure.Rejected or ModelFailure.Misconfigured)
        {
            await ledger.SettleAsync(reservation, 0, cancellationToken);
            throw;
        }
    }

    private async Task<(T Answer, int Tokens)> AskOnceAsync(ModelCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.AskOnceAsync(cancellationToken);
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
/// <param name="AskOnceAsync">Asks once; returns the answer and the tokens that it has used.</param>
internal sealed record ModelCall<T>(string? Helpdesk, int MostTokens, Func<CancellationToken, Task<(T Answer, int Tokens)>> AskOnceAsync);
