using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>Brings what is kept up to what the sources have now.</summary>
public sealed partial class KnowledgeSync(
    IReadOnlyList<IKnowledgeSource> sources, KnowledgeLedger ledger, PassageMeanings meanings, TimeProvider clock, ILogger<KnowledgeSync> logger)
{
    /// <summary>Read again each time: clocks differ, and a change may show late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>The database refuses to index a text without end.</summary>
    private const int MostOfTitle = 300;

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
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever is wrong with one source, the others must not grow old with it.
                Failed(source.Name, exception);
                away++;
            }
        }

        gone += await ledger.ForgetOtherSourcesAsync([.. sources.Select(source => source.Name)], cancellationToken);

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

        if (reading is { MayLackAll: true, Articles.Count: 0 } && await ledger.HasAnyAsync(source.Name, cancellationToken))
        {
            throw new KnowledgeAwayException($"{source.Name} has no article at all any more. If that is so in an hour, they are forgotten.");
        }

        var published = new HashSet<string>(StringComparer.Ordinal);
        var kept = 0;
        foreach (var article in reading.Articles.Where(article => article.Audience != KnowledgeAudience.Nobody))
        {
            try
            {
                kept += await KeepAsync(article, cancellationToken) ? 1 : 0;
                published.Add(article.Key);
            }
            catch (Exception exception) when (
                exception is PostgresException { SqlState: ['2', '2', ..] or ['5', '4', ..] } or RegexMatchTimeoutException)
            {
                // A value that the database has no place for, or a text that takes too long. Its old wording goes too: nobody knows whether
                // it may still be quoted.
                Unkept(article.Key, source.Name, exception);
            }
        }

        var forgotten = reading.IsWhole
            ? await ledger.ForgetOthersAsync(source.Name, published, cancellationToken)
            : await ledger.ForgetAsync(
                source.Name,
                [.. reading.Articles.Select(article => article.Key).Where(key => !published.Contains(key))],
                cancellationToken);
        await ledger.KeepReadUntilAsync(source.Name, begunAt, cancellationToken);
        return (kept, forgotten);
    }

    private async Task<bool> KeepAsync(KnowledgeArticle article, CancellationToken cancellationToken)
    {
        var passages = ArticleSplitter.Split(article);
        var language = article.Language ?? LanguageOf(article);
        return await ledger.KeepAsync(
            article with
            {
                Title = PlainText.OneLine(article.Title, MostOfTitle),
                Product = article.Product is { } product ? PlainText.OneLine(product, MostOfTitle) : null,
                Owner = article.Owner is { } owner ? PlainText.OneLine(owner, MostOfTitle) : null,
            },
            language, passages, cancellationToken);
    }

    private static string LanguageOf(KnowledgeArticle article)
    {
        var found = LanguageFinder.Find($"{article.Title}\n{string.Join('\n', article.Sections.Take(5).Select(section => section.Text))}");
        return found.Value == Finding.Unclear ? "" : found.Value;
    }

    [LoggerMessage(LogLevel.Warning, "Knowledge of {Source} stays as it was: {Reason}")]
    private partial void Away(string source, string reason);

    [LoggerMessage(LogLevel.Error, "Knowledge of {Source} stays as it was, because reading it failed.")]
    private partial void Failed(string source, Exception exception);

    [LoggerMessage(LogLevel.Error, "Article {Article} of {Source} could not be kept and is not quoted until it can.")]
    private partial void Unkept(string article, string source, Exception exception);

    [LoggerMessage(LogLevel.Warning, "In the knowledge of {Source}, {Fault}")]
    private partial void Faulty(string source, string fault);
}
