using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.History;
using TicketTriage.Models;

namespace TicketTriage.Knowledge;

public static class KnowledgeServices
{
    public static void AddKnowledge(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<KnowledgeOptions, KnowledgeOptionsCheck>()
            .BindConfiguration(KnowledgeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<KnowledgeLedger>();
        builder.Services.AddSingleton<KnowledgeOverview>();
        builder.Services.AddSingleton<PassageShelf>();
        builder.Services.AddSingleton(services => new PassageMeanings(
            services.GetRequiredService<NpgsqlDataSource>(),
            HasEmbeddings(services.GetRequiredService<IOptions<ModelOptions>>().Value) ? services.GetRequiredService<EmbeddingModel>() : null,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<PassageMeanings>>()));
        builder.Services.AddSingleton<KnowledgeSearch>();
        builder.Services.AddSingleton<AnswerFinder>();
        builder.Services.AddSingleton<KnowledgeReview>();
        builder.Services.AddSingleton(services => new KnowledgeSync(
            [
                .. SourcesOf(
                    services.GetRequiredService<IOptions<KnowledgeOptions>>().Value,
                    services.GetRequiredService<HelpdeskDirectory>(),
                    services.GetRequiredService<HistoryLedger>(),
                    services.GetRequiredService<TimeProvider>()),
            ],
            services.GetRequiredService<KnowledgeLedger>(),
            services.GetRequiredService<PassageMeanings>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<KnowledgeSync>>()));
    }

    private static bool HasEmbeddings(ModelOptions options) =>
        options.Provider != ModelProvider.Local && !string.IsNullOrWhiteSpace(options.EmbeddingDeployment);

    private static IEnumerable<IKnowledgeSource> SourcesOf(
        KnowledgeOptions options, HelpdeskDirectory helpdesks, HistoryLedger history, TimeProvider clock)
    {
        foreach (var connected in helpdesks.Names.Select(helpdesks.Find).OfType<ConnectedHelpdesk>())
        {
            var name = connected.Helpdesk.Name;
            if (options.Articles)
            {
                yield return new HelpdeskArticles(name, connected.Knowledge, [.. options.Languages], options.ReviewAfterDays, clock);
            }

            if (options.Macros)
            {
                yield return new HelpdeskMacros(name, connected.Knowledge);
            }
        }

        if (options.SolvedTickets)
        {
            yield return new SolvedTickets(history);
        }

        foreach (var (name, folder) in options.Folders.OrderBy(folder => folder.Key, StringComparer.Ordinal))
        {
            yield return new FolderArticles(name, folder, clock);
        }
    }
}
