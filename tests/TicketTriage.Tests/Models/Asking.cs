using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Models;
using TicketTriage.Reading;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Models;

/// <summary>A model's client that is connected to a scripted server.</summary>
internal static class Asking
{
    public static ChatModel Connect(ScriptedModel server, Func<ModelOptions, ModelOptions>? change = null, ITokenLedger? ledger = null)
    {
        var options = new ModelOptions
        {
            Provider = ModelProvider.OpenAI,
            Endpoint = new Uri(server.Address, "v1"),
            ApiKey = "key-of-the-test",
            Deployment = "gpt-test",
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        var chosen = Options.Create(change?.Invoke(options) ?? options);
        return new ChatModel(
            chosen,
            new EntraId(isGiven: true),
            ledger ?? new UnlimitedTokens(),
            new ModelMeter(chosen),
            TimeProvider.System,
            NullLogger<ChatModel>.Instance);
    }

    /// <summary>An embedding model on the same server.</summary>
    public static EmbeddingModel ConnectEmbedding(ScriptedModel server, ITokenLedger? ledger = null)
    {
        var options = Options.Create(new ModelOptions
        {
            Provider = ModelProvider.OpenAI,
            Endpoint = new Uri(server.Address, "v1"),
            ApiKey = "key-of-the-test",
            EmbeddingDeployment = "embed-test",
            Retries = 0,
        });
        return new EmbeddingModel(
            options,
            new EntraId(isGiven: true),
            ledger ?? new UnlimitedTokens(),
            new ModelMeter(options),
            TimeProvider.System,
            NullLogger<EmbeddingModel>.Instance);
    }

    /// <summary>Azure without a key. Tokens go only over https, so what is sent there is handed to the scripted server.</summary>
    public static ChatModel ConnectAsAzure(ScriptedModel server, bool hasToken)
    {
        var options = new ModelOptions
        {
            Provider = ModelProvider.AzureOpenAI,
            Endpoint = new Uri("https://acme.openai.azure.com"),
            Deployment = "gpt-test",
        };
        return new ChatModel(
            options,
            new EntraId(hasToken),
            new UnlimitedTokens(),
            new ModelMeter(Options.Create(options)),
            TimeProvider.System,
            NullLogger<ChatModel>.Instance,
            new Diversion(server.Address));
    }

    public static ChatQuestion Question(string text) => new()
    {
        Instructions = "Say a word.",
        Text = new Redactor().Redact(text),
        AnswerName = "word",
        AnswerSchema = BinaryData.FromString("""{"type":"object","properties":{},"required":[],"additionalProperties":false}"""),
    };

    private sealed class Diversion(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Meant-For", request.RequestUri?.Host);
            request.RequestUri = new Uri(server, request.RequestUri?.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class EntraId(bool isGiven) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            Token(requestContext);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Token(requestContext));

        private AccessToken Token(TokenRequestContext request) => isGiven
            ? new AccessToken($"token for {request.Scopes.Single()}", TimeProvider.System.GetUtcNow().AddHours(1))
            : throw new CredentialUnavailableException("none here");
    }
}
