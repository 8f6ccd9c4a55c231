using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Models;
using TicketTriage.Reading;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Understanding;

public static class UnderstandingServices
{
    /// <summary>Who has named the team's language for notes need not name it twice.</summary>
    private const string LanguageOfNotes = "WriteBack:TeamLanguage";

    /// <summary>
    /// The understander and its model, which needs an <see cref="ICorrectedTickets"/>; the local provider comes as a keyed service,
    /// <see cref="Understander.Local"/>.
    /// </summary>
    public static void AddUnderstanding(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<UnderstandingOptions, UnderstandingOptionsCheck>()
            .BindConfiguration(UnderstandingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .PostConfigure(FillWhatIsAbsent)
            .PostConfigure<IConfiguration>((options, all) => options.TeamLanguage = all[LanguageOfNotes] ?? options.TeamLanguage);
        builder.Services.AddSingleton(AskInTheTeamsLanguage);
        builder.Services.AddSingleton(Introduce);
    }

    private static ModelUnderstanding AskInTheTeamsLanguage(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<UnderstandingOptions>>().Value;
        return new ModelUnderstanding(
            services.GetRequiredService<ChatModel>(),
            [.. options.Examples],
            services.GetRequiredService<ICorrectedTickets>(),
            options.CorrectedTokens)
        {
            TeamLanguage = options.TeamLanguage,
        };
    }

    private static Understander Introduce(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<UnderstandingOptions>>().Value;
        return new Understander(
            services.GetRequiredKeyedService<IUnderstandingProvider>(Understander.Local),
            FindModel(services),
            options,
            services.GetRequiredService<ILogger<Understander>>())
        {
            Confidence = options.IntentModel is { Length: > 0 } folder ? ConfidenceFile.Load(folder) : JointConfidence.Unmeasured,
            Languages = services.GetRequiredService<IOptions<ReadingOptions>>().Value.Languages,
        };
    }

    // A default in the list itself would shine through: the binder adds to a list.
    private static void FillWhatIsAbsent(UnderstandingOptions options)
    {
        if (options.RiskSignals.Count == 0)
        {
            foreach (var signal in UnderstandingOptions.ShippedRiskSignals)
            {
                options.RiskSignals.Add(signal);
            }
        }
    }

    private static ModelUnderstanding? FindModel(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local
            || services.GetRequiredService<IOptions<UnderstandingOptions>>().Value.ModeInForce == UnderstandingMode.Local
            ? null
            : services.GetRequiredService<ModelUnderstanding>();
}
