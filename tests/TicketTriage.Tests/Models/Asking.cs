using Azure.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Models;
using TicketTriage.Reading;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Models;

/// <summary>A model's client that is connected to a scripted server.</summary>
internal static class Asking
{
    public static ChatModel Connect(ScriptedModel server, Func<ModelOptions, ModelOptions>? change = null)
    {
        var options = new ModelOptions
        {
            Provider = ModelProvider.OpenAI,
            Endpoint = new Uri(server.Address, "v1"),
            ApiKey = "key-of-the-test",
            Deployment = "gpt-test",
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        return new ChatModel(Options.Create(change?.Invoke(options) ?? options), new EntraId(), TimeProvider.System, NullLogger<ChatModel>.Instance);
    }

    public static ChatQuestion Question(string text) => new()
    {
        Instructions = "Say a word.",
        Text = new Redactor().Redact(text),
        AnswerName = "word",
        AnswerSchema = BinaryData.FromString("""{"type":"object","properties":{},"required":[],"additionalProperties":false}"""),
    };

    private sealed class EntraId : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token for {requestContext.Scopes.Single()}", TimeProvider.System.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
