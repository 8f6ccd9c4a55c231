using System.CommandLine;
using System.Globalization;
using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Policies;
using TicketTriage.Triages;

namespace TicketTriage.Host.Commands;

/// <summary><c>knowledge gaps</c> and <c>knowledge stale</c>: what the articles lack, and which of them are old or contradict each other.</summary>
internal static class KnowledgeCommand
{
    private const int MostGaps = 30;

    private static readonly TimeSpan UsualPast = TimeSpan.FromDays(90);

    public static Command Create()
    {
        var command = new Command("knowledge", "Shows what the team's articles lack, and which of them should be looked at.");
        command.Subcommands.Add(CreateGaps());
        command.Subcommands.Add(CreateStale());
        return command;
    }

    private static Command CreateGaps()
    {
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only questions since this day; usually the last 90 days." };
        var drafts = new Option<DirectoryInfo?>("--drafts") { Description = "A folder that gets the beginning of an article for each gap." };
        var command = new Command("gaps", "Questions that no article answers, grouped by likeness, the most frequent first.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(since);
        command.Options.Add(drafts);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var house = await OpenAsync(parsed, cancellationToken);
            var now = house.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var gaps = await house.Services.GetRequiredService<KnowledgeGaps>().ListAsync(
                parsed.GetValue(since) ?? now - UsualPast, KnowledgeGaps.MostQuestions, cancellationToken);
            foreach (var gap in gaps.Take(MostGaps))
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{gap.Count,4}  {gap.Language}  {gap.Intent,-28}  last {gap.LastAskedAt.UtcDateTime:yyyy-MM-dd}  {gap.Title}"));
            }

            await Console.Out.WriteLineAsync(gaps.Count == 0 ? "No question was left without an article." : $"{gaps.Count} gaps.");
            if (parsed.GetValue(drafts) is { } folder)
            {
                await house.TakePoliciesAsync(cancellationToken);
                await Console.Out.WriteLineAsync(await WriteDraftsAsync(folder, gaps, house, now, cancellationToken));
            }

            return 0;
        });
        return command;
    }

    private static Command CreateStale()
    {
        var command = new Command("stale", "Articles past their review date, and articles that contradict each other.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var house = await OpenAsync(parsed, cancellationToken);
            var stale = await house.Services.GetRequiredService<StaleKnowledge>().FindAsync(cancellationToken);
            foreach (var article in stale.Overdue)
            {
                var day = article.Since.GetValueOrDefault().UtcDateTime;
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(article.IsOver ? "no longer true" : "to be reviewed")} since {day:yyyy-MM-dd}  {article.Source}/{article.Key}  {article.Title}  ({article.Owner ?? "nobody"} answers for it)"));
            }

            foreach (var pair in stale.Contradictions)
            {
                await Console.Out.WriteLineAsync(
                    $"contradiction  {Name(pair.One)} says {pair.InOne.Wording}; {Name(pair.Other)} says {pair.InOther.Wording}");
            }

            await Console.Out.WriteLineAsync(
                $"{stale.Overdue.Count} articles to be looked at, {stale.Contradictions.Count} contradictions.");
            return 0;
        });
        return command;
    }

    private static string Name(Passage passage) => $"{passage.Source}/{passage.Article} \"{passage.Title}\"";

    private static async Task<string> WriteDraftsAsync(
        DirectoryInfo folder, IReadOnlyList<KnowledgeGap> gaps, House house, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taxonomy = house.Services.GetRequiredService<TaxonomyInForce>().Current.Content;
        var drafter = house.Services.GetRequiredService<ArticleDrafter>();
        var collected = house.Services.GetRequiredService<KnowledgeGaps>();
        folder.Create();
        var written = 0;
        foreach (var gap in gaps.Take(MostGaps))
        {
            var file = Path.Combine(folder.FullName, ArticleSkeleton.FileNameOf(gap.Title));
            if (File.Exists(file))
            {
                // Somebody may be at work on it.
                continue;
            }

            var material = await drafter.GatherAsync(gap, await collected.ListAnswersAsync(gap, cancellationToken), cancellationToken);
            await File.WriteAllTextAsync(
                file, ArticleSkeleton.Write(gap, taxonomy.NeedsOf(gap.Intent, gap.Language), material, now), cancellationToken);
            written++;
        }

        return $"{written} new files in {folder.FullName}; complete them, and name the folder under Knowledge:Folders.";
    }

    private static async Task<House> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(Settings.From(parsed));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
    }
}
