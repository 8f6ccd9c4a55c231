using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks;

/// <summary>Carries calls to one helpdesk and turns whatever comes back into an answer or one of the three helpdesk exceptions.</summary>
/// <param name="use">Who waits for the calls that it carries.</param>
internal sealed partial class HelpdeskConnection(
    string helpdesk,
    HelpdeskDialect dialect,
    HttpClient http,
    HelpdeskPipeline pipeline,
    TimeProvider clock,
    ILogger logger,
    HelpdeskUse use = HelpdeskUse.Interactive)
{
    /// <summary>No vendor's quota takes longer to fill up; a longer wait would be a mistake that stops everything for all processes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public string Helpdesk { get; } = helpdesk;

    /// <summary>The same connection for calls that nobody waits for.</summary>
    public HelpdeskConnection InBackground() => new(Helpdesk, dialect, http, pipeline, clock, logger, HelpdeskUse.Background);

    public Task<HelpdeskReply<T>> SendAsync<T>(
        HelpdeskCall call, AuthenticationHeaderValue? access, JsonTypeInfo<T> content, CancellationToken cancellationToken) =>
        pipeline.SendAsync(call, use, attempt => AttemptAsync(call, access, content, attempt), cancellationToken);

    private async ValueTask<HelpdeskReply<T>> AttemptAsync<T>(
        HelpdeskCall call, AuthenticationHeaderValue? access, JsonTypeInfo<T> content, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(call, access, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var retryAfter = RetryAfter(response);
        await pipeline.Quota.HearAsync(call, response, retryAfter, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw dialect.ToException(new FailedAnswer(Helpdesk, call, response.StatusCode, body, retryAfter));
        }

        var warning = WarningOf(response);
        if (warning is not null)
        {
            Warned(Helpdesk, call.About, warning);
        }

        return new HelpdeskReply<T>(Parse(call, response, body, content), warning, HasNextPage(response));
    }

    private async Task<HttpResponseMessage> AskAsync(
        HelpdeskCall call, AuthenticationHeaderValue? access, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, AddressOf(call));
        request.Headers.Authorization = access;
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException broken)
        {
            throw new HelpdeskAwayException(
                $"Helpdesk {Helpdesk} can't be reached for {call.About}: {Reason(broken.HttpRequestError)}.",
                retryAfter: null, call.IsWrite && !HappensBeforeSending(broken.HttpRequestError), broken);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own limit for opening a connection: nothing was sent yet.
            throw new HelpdeskAwayException(
                $"Helpdesk {Helpdesk} takes too long to connect to.", retryAfter: null, mayHaveArrived: false, slow);
        }
    }

    /// <summary>Credentials go to the configured host alone, whatever an answer has put into a path.</summary>
    private Uri AddressOf(HelpdeskCall call)
    {
        var home = http.BaseAddress ?? throw new InvalidOperationException($"Helpdesk {Helpdesk} has no address.");
        var address = new Uri(home, call.Path);
        return home.IsBaseOf(address)
            ? address
            : throw new InvalidOperationException($"The call about {call.About} would leave {home} for another place.");
    }

    private T Parse<T>(HelpdeskCall call, HttpResponseMessage response, byte[] body, JsonTypeInfo<T> content)
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            body = [.. "{}"u8];
        }
        else if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/vnd.api+json"))
        {
            throw NotItsOwn(call, response, "it isn't JSON");
        }

        try
        {
            return JsonSerializer.Deserialize(body, content) ?? throw NotItsOwn(call, response, "it is null");
        }
        catch (JsonException broken)
        {
            throw NotItsOwn(call, response, "its JSON has another shape", broken);
        }
    }

    private HelpdeskAwayException NotItsOwn(HelpdeskCall call, HttpResponseMessage response, string why, JsonException? broken = null) =>
        new($"The answer about {call.About} is not {dialect.Vendor}'s, {why}: helpdesk {Helpdesk} may be in maintenance, or its BaseUrl wrong.",
            retryAfter: null, call.IsWrite, broken)
        {
            Status = response.StatusCode,
        };

    // No wait at all is none that could be kept, and who obeyed it would ask again and again.
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait <= TimeSpan.Zero ? null : wait > LongestWait ? LongestWait : wait;
    }

    private string? WarningOf(HttpResponseMessage response) =>
        dialect.WarningHeader is { } header && response.Headers.TryGetValues(header, out var warnings)
            ? string.Join(' ', warnings)
            : null;

    private static bool HasNextPage(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links)
        && links.Any(link => link.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase));

    private static bool HappensBeforeSending(HttpRequestError error) => error is
        HttpRequestError.NameResolutionError or
        HttpRequestError.ConnectionError or
        HttpRequestError.SecureConnectionError or
        HttpRequestError.ProxyTunnelError;

    private static string Reason(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its address leads nowhere",
        HttpRequestError.ConnectionError => "nothing accepts the connection",
        HttpRequestError.SecureConnectionError => "its certificate isn't trusted",
        HttpRequestError.ConfigurationLimitExceeded => "its answer is too large",
        _ => "the connection broke",
    };

    [LoggerMessage(LogLevel.Warning, "Helpdesk {Helpdesk} dropped a part of the request about {About}: {Warning}")]
    private partial void Warned(string helpdesk, string about, string warning);
}
