using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Identity;

namespace TicketTriage.Models;

/// <summary>Reads what went wrong where no usable answer came: what a server meant by one that isn't 200, and what the SDK threw.</summary>
internal static class ModelRefusals
{
    public static ModelFailedException Explain(ClientResultException exception, TimeProvider clock)
    {
        var status = exception.Status;
        var response = exception.GetRawResponse();
        var code = response is null ? null : FindCode(response);
        var wait = response is null ? null : FindRetryAfter(response, clock);

        var (message, failure) = (status, code) switch
        {
            (0, _) => ("The model's server could not be reached.", ModelFailure.Away),
            (429, "insufficient_quota") => ("The model's quota is used up: raise it at the provider.", ModelFailure.Misconfigured),
            (429, _) => ("The model's server asks to come back later (429).", ModelFailure.Busy),
            (400, "content_filter") => ("The model's filter stopped the text.", ModelFailure.Refused),
            (400, "context_length_exceeded") => ("The text is too long: lower Model:MaxTicketTokens.", ModelFailure.Rejected),
            (401 or 403, _) => ($"The model's server refused the key ({status}): see Model:ApiKey.", ModelFailure.Misconfigured),
            (404, _) => ("Nothing is there (404): see Model:Endpoint and Model:Deployment.", ModelFailure.Misconfigured),
            ( >= 300 and < 400, _) => ($"The model's server points elsewhere ({status}): see Model:Endpoint.", ModelFailure.Misconfigured),
            (408 or >= 500, _) => ($"The model's server failed ({status}).", ModelFailure.Away),
            _ => ($"The model's server refused the request ({status}).", ModelFailure.Rejected),
        };
        return new ModelFailedException(message, failure, wait, exception);
    }

    public static ModelFailedException Explain(AuthenticationFailedException exception) => new(
        "Entra ID gave this machine no token: give it an identity that may use the model, or set Model:ApiKey.",
        ModelFailure.Misconfigured,
        innerException: exception);

    /// <returns>True for what the SDK throws while it reads a body that isn't the answer it expects.</returns>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException or FormatException or ArgumentException or KeyNotFoundException
            or (InvalidOperationException and not ObjectDisposedException);

    private static string? FindCode(PipelineResponse response)
    {
        try
        {
            using var body = JsonDocument.Parse(response.Content, new JsonDocumentOptions { MaxDepth = 32 });
            return body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            // A proxy's page: the status alone has to do.
            return null;
        }
    }

    private static TimeSpan? FindRetryAfter(PipelineResponse response, TimeProvider clock)
    {
        // Azure's own header is finer than the standard's whole seconds.
        if (response.Headers.TryGetValue("retry-after-ms", out var milliseconds)
            && double.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait) && wait < 86_400_000)
        {
            return TimeSpan.FromMilliseconds(wait);
        }

        if (!response.Headers.TryGetValue("Retry-After", out var text) || !RetryConditionHeaderValue.TryParse(text, out var header))
        {
            return null;
        }

        var until = header.Delta ?? (header.Date - clock.GetUtcNow());
        return until is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
