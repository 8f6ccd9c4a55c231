using System.ClientModel.Primitives;
using OpenAI;

namespace TicketTriage.Models;

/// <summary>How models are reached: one address, one way to sign in, no patience of the SDK's own.</summary>
internal static class ModelConnection
{
    public const string EntraScope = "https://cognitiveservices.azure.com/.default";

    // A redirect would carry key and text to another host.
    public static SocketsHttpHandler Wire() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    // The SDK's own retries don't wait after a 500 or 503, so all patience is in ModelPatience.
    public static OpenAIClientOptions Settings(ModelOptions options, HttpClient http) => new()
    {
        Endpoint = options.ApiRoot(),
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    };
}
