using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary>The service's way of understanding tickets, without the service: put together from the same configuration, to be measured.</summary>
internal sealed class ModelTrial : IDisposable
{
    private readonly IHost host;
    private readonly UnderstandingOptions options;
    private readonly LearntIntents learnt;
    private readonly string folder;

    private ModelTrial(IHost host, UnderstandingMode mode, LearntIntents learnt, string folder)
    {
        this.host = host;
        this.learnt = learnt;
        this.folder = folder;
        options = host.Services.GetRequiredService<IOptions<UnderstandingOptions>>().Value with { Mode = mode };
    }

    /// <param name="settings">Of the command line; they stand above the files and the environment.</param>
    /// <exception cref="OptionsValidationException">The configuration can't be used, or names no model.</exception>
    public static ModelTrial Open(UnderstandingMode mode, string[] settings, TicketModel model, string label, string folder)
    {
        var builder = new HostApplicationBuilder(settings);
        ConfigurationKeys.Check(builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ITokenLedger, UnlimitedTokens>();
        builder.Services.AddSingleton<ICorrectedTickets, NoCorrectedTickets>();
        builder.AddPolicies();
        builder.AddReading();
        builder.AddModels();
        builder.AddUnderstanding();
        var host = builder.Build();
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            if (host.Services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local)
            {
                throw new UsageException("Model:Provider is Local, so there is no model to ask; configure one, or take --provider local.");
            }

            return new ModelTrial(host, mode, new LearntIntents(model, label), folder);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public Task<(ProviderEvaluation Figures, IReadOnlyList<JudgedChoice> Judged)> RunAsync(
        IReadOnlyList<TicketRow> tickets, CancellationToken cancellationToken)
    {
        return ProviderEvaluation.MeasureAsync(
            new LocalUnderstanding(host.Services.GetRequiredService<ILogger<LocalUnderstanding>>(), learnt),
            host.Services.GetRequiredService<ModelUnderstanding>(),
            options,
            ConfidenceFile.Load(folder),
            TaxonomyOf(learnt),
            tickets,
            host.Services.GetRequiredService<IOptions<ModelOptions>>().Value.CurrentPrice(),
            host.Services.GetRequiredService<ILogger<Understander>>(),
            cancellationToken);
    }

    public void Dispose() => host.Dispose();

    /// <summary>The shipped taxonomy where the values are its intents, else one that has their names and nothing more.</summary>
    private Taxonomy TaxonomyOf(LearntIntents intents)
    {
        var shipped = host.Services.GetRequiredService<PolicyDocument<Taxonomy>>().Content;
        var values = intents.Model.ValuesOf(intents.Label);
        return values.All(value => shipped.FindIntent(value) is not null)
            ? shipped
            : new Taxonomy { Intents = [.. values.Select(value => Named(value))] };
    }

    private static Intent Named(string value)
    {
        var words = new Dictionary<string, string> { ["en"] = value.Replace('_', ' ') };
        return new Intent
        {
            Name = value,
            Title = words,
            Description = words,
            Examples = new Dictionary<string, IReadOnlyList<string>>(),
            Reply = new Dictionary<string, string>(),
            Skill = value,
            Risk = IntentRisk.High,
        };
    }
}
