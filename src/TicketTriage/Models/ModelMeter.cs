using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Models;

/// <summary>Counts what the model is asked, what it makes of it, and what that costs.</summary>
public sealed class ModelMeter : ICountedFromZero, IDisposable
{
    private readonly Meter meter = new("TicketTriage.Models");
    private readonly Counter<long> calls;
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly ModelPrice price;
    private readonly ModelPrice embedding;
    private readonly ModelOptions options;

    public ModelMeter(IOptions<ModelOptions> options)
    {
        this.options = options.Value;
        price = options.Value.CurrentPrice();
        embedding = options.Value.PriceOf(options.Value.EmbeddingDeployment) ?? new ModelPrice();
        calls = meter.CreateCounter<long>("tickettriage_model_calls");
        tokens = meter.CreateCounter<long>("tickettriage_model_tokens");
        cost = meter.CreateCounter<double>("tickettriage_model_cost", description: "In the currency of the configured prices.");
    }

    /// <summary>An answer came, and has its price, usable or not.</summary>
    public void Answered(string model, int input, int output)
    {
        calls.Add(1, new("model", model), new("result", "answered"));
        tokens.Add(input, new("model", model), new("direction", "input"));
        tokens.Add(output, new("model", model), new("direction", "output"));
        cost.Add(price.Of(input, output), new KeyValuePair<string, object?>("model", model));
    }

    /// <summary>Vectors came, and have their price.</summary>
    public void Embedded(string model, int input)
    {
        calls.Add(1, new("model", model), new("result", "answered"));
        tokens.Add(input, new("model", model), new("direction", "input"));
        cost.Add(embedding.Of(input, 0), new KeyValuePair<string, object?>("model", model));
    }

    /// <summary>A question was given up.</summary>
    public void Failed(string model, ModelFailure why) =>
        calls.Add(1, new("model", model), new("result", Word(why)));

    /// <summary>Where a model is configured.</summary>
    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        if (ChatModel.NameOf(options.Provider) is not { } chat)
        {
            return;
        }

        Show(chat, ["input", "output"]);
        if (options.EmbeddingDeployment is { Length: > 0 } vectors)
        {
            Show(vectors, ["input"]);
        }
    }

    public void Dispose() => meter.Dispose();

    private void Show(string model, string[] directions)
    {
        foreach (var result in Enum.GetValues<ModelFailure>().Select(Word).Append("answered"))
        {
            calls.Add(0, new("model", model), new("result", result));
        }

        foreach (var direction in directions)
        {
            tokens.Add(0, new("model", model), new("direction", direction));
        }

        cost.Add(0, new KeyValuePair<string, object?>("model", model));
    }

    private static string Word(ModelFailure why) => why switch
    {
        ModelFailure.Nonsense => "nonsense",
        ModelFailure.Refused => "refused",
        ModelFailure.CutOff => "cut_off",
        ModelFailure.Rejected => "rejected",
        ModelFailure.Busy => "busy",
        ModelFailure.Away => "away",
        ModelFailure.Misconfigured => "misconfigured",
        ModelFailure.Spent => "spent",
    };
}
