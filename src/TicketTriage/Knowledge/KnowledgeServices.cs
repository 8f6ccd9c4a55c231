using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Knowledge;

public static class KnowledgeServices
{
    public static void AddKnowledge(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<KnowledgeOptions, KnowledgeOptionsCheck>()
            .BindConfiguration(KnowledgeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<KnowledgeLedger>();
        builder.Services.AddSingleton<PassageShelf>();
        builder.Services.AddSingleton<KnowledgeSearch>();
        builder.Services.AddSingleton<AnswerFinder>();
        builder.Services.AddSingleton(services => new KnowledgeSync(
            [
                .. SourcesOf(
                    services.GetRequiredService<IOptions<KnowledgeOptions>>().Value,
                    services.GetRequiredService<HelpdeskDirectory>(),
                    services.GetRequiredService<TimeProvider>()),
            ],
            services.GetRequiredService<KnowledgeLedger>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<KnowledgeSync>>()));
    }

    private static IEnumerable<IKnowledgeSource> SourcesOf(KnowledgeOptions options, HelpdeskDirectory helpdesks, TimeProvider clock)
    {
        foreach (var connected in helpdesks.Names.Select(helpdesks.Find).OfType<ConnectedHelpdesk>())
        {
            var name = connected.Helpdesk.Name;
            if (options.Articles)
            {
                yield return new HelpdeskArticles(name, connected.Knowledge, clock);
            }

            if (options.Macros)
            {
                yield return new HelpdeskMacros(name, connected.Knowledge);
            }
        }

        foreach (var (name, folder) in options.Folders.OrderBy(folder => folder.Key, StringComparer.Ordinal))
        {
            yield return new FolderArticles(name, folder);
        }
    }
}
