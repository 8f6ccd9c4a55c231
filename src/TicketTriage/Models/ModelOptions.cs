using System.Net;

namespace TicketTriage.Models;

/// <summary>The model that is asked about tickets: the keys under <c>Model</c>.</summary>
public sealed record ModelOptions
{
    public const string Section = "Model";

    /// <summary>Who answers. Default <see cref="ModelProvider.Local"/>: no text leaves this process.</summary>
    public ModelProvider Provider { get; init; }

    /// <summary>
    /// The server's address: <c>https://NAME.openai.azure.com</c> (its <c>openai/v1/</c> is added where it is missing), or all before
    /// <c>chat/completions</c> for <see cref="ModelProvider.OpenAI"/>. Plain http only for loopback.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The key; without one, Azure OpenAI is asked with this machine's Entra ID.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The deployment's name on Azure, the model's name elsewhere.</summary>
    public string? Deployment { get; init; }

    /// <summary>
    /// The deployment or model that turns articles and questions into vectors, on the same server and with the same key, so that articles
    /// are found by what they mean too. Default: none.
    /// </summary>
    public string? EmbeddingDeployment { get; init; }

    /// <summary>Longest wait for one answer; 1 second to 5 minutes. Default 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for one ticket, repeats and pauses included; at least <see cref="Timeout"/>. Default 45 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a failed call is repeated; 0 to 5. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The pause before the first repeat where the server names none; it doubles each time. Default half a second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a model that keeps failing is left alone; half a second to 10 minutes. Default 30 seconds.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most tokens of one answer, hidden reasoning included; 100 to 32,000. Default 1,500.</summary>
    public int MaxAnswerTokens { get; init; } = 1_500;

    /// <summary>
    /// The most tokens of a ticket that are sent, by a careful count: the newest messages that fit as a whole; 100 to 100,000.
    /// Default 3,000.
    /// </summary>
    public int MaxTicketTokens { get; init; } = 3_000;

    /// <summary>
    /// Whether the model is asked how likely each word of its answer was; what it says of its own chances is worth less. Default
    /// <see langword="false"/>: reasoning models refuse the question.
    /// </summary>
    public bool LogProbabilities { get; init; }

    /// <summary>
    /// The most tokens, read and written, that the model is asked for in a UTC day for the tickets of one helpdesk; the classifier in this
    /// process takes over where they are used up. <see langword="null"/> (default): no limit.
    /// </summary>
    public long? DailyTokens { get; init; }

    /// <summary>By helpdesk, where it is another number than <see cref="DailyTokens"/>.</summary>
    public IReadOnlyDictionary<string, long> DailyTokensOf { get => field; init => field = AnyCase(value); } = AnyCase<long>(null);

    /// <summary>What a million input tokens cost, in any currency; 0 (default) where nobody has said.</summary>
    public double InputPrice { get; init; }

    /// <summary>What a million output tokens cost, in the same currency.</summary>
    public double OutputPrice { get; init; }

    /// <summary>What each deployment or model costs; one that stands here needs no <see cref="InputPrice"/>.</summary>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get => field; init => field = AnyCase(value); } = AnyCase<ModelPrice>(null);

    /// <summary>0 to 2, lower is steadier; <see langword="null"/> (default) where the model takes none, as reasoning models do.</summary>
    public float? Temperature { get; init; }

    /// <summary>What <see cref="Deployment"/> costs.</summary>
    public ModelPrice CurrentPrice() => PriceOf(Deployment) ?? new ModelPrice { Input = InputPrice, Output = OutputPrice };

    /// <summary>What tokens cost: of <see cref="Deployment"/>, and of <see cref="EmbeddingDeployment"/> where its price is known.</summary>
    public double CostOf(long inputTokens, long outputTokens, long questionTokens) =>
        CurrentPrice().Of(inputTokens, outputTokens) + (PriceOf(EmbeddingDeployment)?.Of(questionTokens, 0) ?? 0);

    /// <summary>True where somebody has said what tokens cost.</summary>
    public bool HasPrice() => CostOf(1_000_000, 1_000_000, 1_000_000) > 0;

    /// <returns><see langword="null"/> where the table doesn't name it.</returns>
    public ModelPrice? PriceOf(string? deployment) => deployment is null ? null : Prices.GetValueOrDefault(deployment);

    /// <returns><see langword="null"/> for no limit.</returns>
    public long? DailyTokensFor(string helpdesk) => DailyTokensOf.TryGetValue(helpdesk, out var own) ? own : DailyTokens;

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"{Provider} at {Endpoint}, {Deployment}";

    /// <summary>The address that calls are made below, with a slash at its end.</summary>
    internal Uri ApiRoot()
    {
        var given = Endpoint ?? throw new InvalidOperationException("Model:Endpoint is missing.");
        var root = given.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (Provider == ModelProvider.AzureOpenAI && !root.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase))
        {
            root += root.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? "/v1" : "/openai/v1";
        }

        return new Uri(root + "/");
    }

    internal bool MayBeCalled() =>
        Endpoint is { IsAbsoluteUri: true } address
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsLoopback(address)));

    // Names are written as people please.
    private static Dictionary<string, T> AnyCase<T>(IReadOnlyDictionary<string, T>? given) =>
        new Dictionary<string, T>(given ?? new Dictionary<string, T>(), StringComparer.OrdinalIgnoreCase);

    private static bool IsLoopback(Uri address) =>
        address.IdnHost == "localhost" || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}

/// <summary>What a million tokens of a model cost, in the team's currency.</summary>
public sealed record ModelPrice
{
    public double Input { get; init; }

    public double Output { get; init; }

    /// <summary>In the same currency.</summary>
    public double Of(long inputTokens, long outputTokens) => ((inputTokens * Input) + (outputTokens * Output)) / 1_000_000;
}

/// <summary>Who understands tickets.</summary>
public enum ModelProvider
{
    /// <summary>The classifier in this process.</summary>
    Local = 0,
    AzureOpenAI,

    /// <summary>OpenAI, or any server that speaks its dialect.</summary>
    OpenAI,
}
