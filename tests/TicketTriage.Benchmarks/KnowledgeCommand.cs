using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Knowledge;
using TicketTriage.Storage;

namespace TicketTriage.Benchmarks;

/// <summary><c>knowledge</c>: how long a question takes among many passages, by words and likeness, without a model.</summary>
internal static class KnowledgeCommand
{
    private const int PassagesOfArticle = 4;

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var passages = new Option<int?>("--passages") { Description = "How many passages the knowledge has." };
        var command = new Command("knowledge", "A search among 20,000 passages: half German, half English, with typing errors and compounds.");
        command.Options.Add(passages);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(passages) ?? (options.IsSmoke(parsed) ? 400 : 20_000);
            var report = await RunAsync(count, options.IsSmoke(parsed) ? 20 : 1_000, cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int passages, int questions, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration[$"ConnectionStrings:{StorageServices.ConnectionName}"] = database.ConnectionString;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLogging();
        builder.AddStorage();
        builder.AddKnowledge();
        using var host = builder.Build();
        await host.Services.GetRequiredService<SchemaUpgrade>().RunAsync(cancellationToken);

        var library = new MadeUpLibrary(seed: 7);
        var ledger = host.Services.GetRequiredService<KnowledgeLedger>();
        var kept = new List<KnowledgeArticle>();
        foreach (var place in Enumerable.Range(0, passages / PassagesOfArticle))
        {
            var article = library.NextArticle(place, PassagesOfArticle);
            await ledger.KeepAsync(article, article.Language ?? "en", ArticleSplitter.Split(article), cancellationToken);
            kept.Add(article);
        }

        await ledger.TellAsync(cancellationToken);
        var search = host.Services.GetRequiredService<KnowledgeSearch>();
        var began = TimeProvider.System.GetTimestamp();
        await search.FindAsync("warm up", new KnowledgeWish("en", ForCustomers: false), 8, cancellationToken);
        var loading = TimeProvider.System.GetElapsedTime(began);

        var times = new List<double>();
        var found = 0;
        for (var round = -20; round < questions; round++)
        {
            var article = kept[(round + 20) * 7919 % kept.Count];
            var question = library.Question(article);
            began = TimeProvider.System.GetTimestamp();
            var passagesFound = await search.FindAsync(question, new KnowledgeWish(article.Language, ForCustomers: false), 8, cancellationToken);
            if (round >= 0)
            {
                times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
                found += passagesFound.Any(passage => passage.Passage.Article == article.Key) ? 1 : 0;
            }
        }

        times.Sort();
        var how = string.Create(
            CultureInfo.InvariantCulture,
            $"{questions} questions one after the other among {passages} passages; reading them took {loading.TotalSeconds:0.0} s; ")
            + Circumstances.Describe(database.Version, load);
        return new Report(
            "knowledge",
            how,
            [
                Figure.AtMost("a search, p50", times[times.Count / 2], "ms", 15),
                Figure.AtMost("a search, p95", times[times.Count * 95 / 100], "ms", 15),
                Figure.AtLeast("questions with their article among the first eight", 100.0 * found / questions, "%", 90),
            ]);
    }
}
