using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;

namespace TicketTriage.Drafting;

public static class DraftingServices
{
    public static void AddDrafting(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<DraftingOptions, DraftingOptionsCheck>()
            .BindConfiguration(DraftingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<StyleGuides>();
        builder.Services.AddSingleton<IPublishedPolicy>(services => services.GetRequiredService<StyleGuides>());
        builder.Services.AddSingleton<StaleKnowledge>();
        builder.Services.AddSingleton(services => new DraftWriter(
            services.GetRequiredService<AnswerFinder>(),
            services.GetRequiredService<StyleGuides>(),
            ModelOf(services),
            services.GetRequiredService<ILogger<DraftWriter>>()));
        builder.Services.AddSingleton(services => new ArticleDrafter(
            services.GetRequiredService<KnowledgeSearch>(), services.GetRequiredService<StyleGuides>(), ModelOf(services)));
    }

    private static ChatModel? ModelOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local
            ? null
            : services.GetRequiredService<ChatModel>();
}
