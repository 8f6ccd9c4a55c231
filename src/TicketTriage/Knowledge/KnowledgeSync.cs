using Microsoft.Extensions.Logging;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>Brings what is kept up to what the sources have now.</summary>
public sealed partial class KnowledgeSync(
    IReadOnlyList<IKnowledgeSource> sources, KnowledgeLedger ledger, PassageMeanings meanings, TimeProvider clock, ILogger<KnowledgeSync> logger)
{
    /// <summary>Read again each time: clocks differ, and a change may show late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <returns>What was done, in one sentence.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (changed, gone, away) = (0, 0, 0);
        foreach (var source in sources)
        {
            try
            {
                var (kept, forgotten) = await SyncAsync(source, cancellationToken);
                changed += kept;
                gone += forgotten;
            }
            catch (KnowledgeAwayException exception)
            {
                Away(source.Name, exception.Message);
                away++;
            }
        }

        gone += await ledger.ForgetOtherSourcesAsync([.. sources.Select(source => source.Name)], cancellationToken);
        if (changed + gone > 0)
        {
            await ledger.TellAsync(cancellationToken);
        }

        // Found by words meanwhile: making vectors takes long, and the model may be away.
        if (await meanings.CompleteAsync(cancellationToken) > 0)
        {
            await ledger.TellAsync(cancellationToken);
        }

        var unread = away == 0 ? "" : $" {away} sources could not be read; the log says why.";
        return $"{changed} articles new or changed, {gone} gone.{unread}";
    }

    private async Task<(int Kept, int Forgotten)> SyncAsync(IKnowledgeSource source, CancellationToken cancellationToken)
    {
        var begunAt = clock.GetUtcNow();
        var until = await ledger.FindReadUntilAsync(source.Name, cancellationToken);
        var reading = await source.ReadAsync(until - Overlap, cancellationToken);
        foreach (var fault in reading.Faults)
        {
            Faulty(source.Name, fault);
        }

        var published = reading.Articles.Where(article => article.Audience != KnowledgeAudience.Nobody).ToList();
        var kept = 0;
        foreach (var article in published)
        {
            kept += await KeepAsync(article, cancellationToken) ? 1 : 0;
        }

        var forgotten = reading.IsWhole
            ? await ledger.ForgetOthersAsync(source.Name, [.. published.Select(article => article.Key)], cancellationToken)
            : await ledger.ForgetAsync(
                source.Name,
                [.. reading.Articles.Where(article => article.Audience == KnowledgeAudience.Nobody).Select(article => article.Key)],
                cancellationToken);
        await ledger.KeepReadUntilAsync(source.Name, begunAt, cancellationToken);
        return (kept, forgotten);
    }

    private async Task<bool> KeepAsync(KnowledgeArticle article, CancellationToken cancellationToken)
    {
        var passages = ArticleSplitter.Split(article);
        var language = article.Language ?? LanguageOf(article);
        return await ledger.KeepAsync(article, language, passages, cancellationToken);
    }

    private static string LanguageOf(KnowledgeArticle article)
    {
        var found = LanguageFinder.Find($"{article.Title}\n{string.Join('\n', article.Sections.Take(5).Select(section => section.Text))}");
        return found.Value == Finding.Unclear ? "" : found.Value;
    }

    [LoggerMessage(LogLevel.Warning, "Knowledge of {Source} stays as it was: {Reason}")]
    private partial void Away(string source, string reason);

    [LoggerMessage(LogLevel.Warning, "In the knowledge of {Source}, {Fault}")]
    private partial void Faulty(string source, string fault);
}
