using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Drafting;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Knowledge;

/// <summary>
/// <c>/knowledge/gaps/HELPDESK/NUMBER</c>: the drafted article of the gap that this ticket's question is in. Nothing is kept of it: the lead
/// takes it along.
/// </summary>
internal static class GapArticlePages
{
    public static void MapGapArticlePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/knowledge/gaps/{helpdesk}/{number}", (
            string helpdesk, string number, GapArticles articles, Words words, CancellationToken cancellationToken) =>
            ShowAsync(new TicketId(helpdesk, number), isPhrased: false, articles, words, cancellationToken)).RequireAuthorization(Roles.Lead);

        var forms = routes.MapGroup("/knowledge/gaps").RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
        forms.MapPost("/{helpdesk}/{number}/phrase", (
            string helpdesk, string number, GapArticles articles, Words words, CancellationToken cancellationToken) =>
            ShowAsync(new TicketId(helpdesk, number), isPhrased: true, articles, words, cancellationToken));
        forms.MapPost("/download", DownloadAsync);
    }

    private static async Task<IResult> ShowAsync(
        TicketId ticket, bool isPhrased, GapArticles articles, Words words, CancellationToken cancellationToken) =>
        await articles.FindAsync(ticket, isPhrased, cancellationToken) is { } article
            ? new RazorComponentResult<GapArticlePage>(new { Article = article })
            : Message(words["Nothing like this is without an answer any more."], words["Nothing was found"], StatusCodes.Status404NotFound);

    /// <summary>What stands in the form, with the lead's own changes.</summary>
    private static async Task<IResult> DownloadAsync(HttpContext context, Words words, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["text"].ToString().ReplaceLineEndings("\n");
        return text.Length == 0
            ? Message(words["There is no text to download."], words["The draft of an article"], StatusCodes.Status400BadRequest)
            : Results.File(Encoding.UTF8.GetBytes(text), "text/markdown; charset=utf-8", ArticleSkeleton.FileNameOf(form["title"].ToString()));
    }

    private static RazorComponentResult<MessagePage> Message(string message, string title, int status) => new(new
    {
        Title = title,
        Message = message,
        Here = "/knowledge",
        Back = "/knowledge/gaps",
    })
    {
        StatusCode = status,
    };
}

/// <summary>Makes the drafted article of a gap.</summary>
internal sealed class GapArticles(KnowledgeGaps gaps, ArticleDrafter drafter, TaxonomyInForce taxonomy, TimeProvider clock)
{
    /// <param name="isPhrased">A model shall phrase it; where that fails, the article stands without.</param>
    /// <returns><see langword="null"/> where no gap has this ticket's question.</returns>
    public async Task<GapArticle?> FindAsync(TicketId ticket, bool isPhrased, CancellationToken cancellationToken)
    {
        var since = KnowledgePages.Since(clock);
        if (await gaps.FindAsync(ticket, since, KnowledgePages.MostQuestions, cancellationToken) is not { } gap)
        {
            return null;
        }

        var material = await drafter.GatherAsync(gap, await gaps.ListAnswersAsync(gap, cancellationToken), cancellationToken);
        var article = new GapArticle(ticket, gap, "")
        {
            CanBePhrased = drafter.HasModel && material.Passages.Any(passage => passage.Audience == KnowledgeAudience.Customers),
        };
        if (isPhrased)
        {
            try
            {
                var phrased = await drafter.PhraseAsync(gap, material, cancellationToken);
                material = phrased.Material;
                article = article with { HasNothingPhrased = material.Phrased.Count == 0, Removed = phrased.Removed };
            }
            catch (ModelFailedException exception)
            {
                article = article with { Failure = exception.Message };
            }
        }

        var needs = taxonomy.Current.Content.NeedsOf(gap.Intent, gap.Language);
        return article with { Text = ArticleSkeleton.Write(gap, needs, material, clock.GetUtcNow()) };
    }
}

/// <summary>The draft of an article, with what was made of it.</summary>
/// <param name="Ticket">One of the gap's, by which it was found.</param>
/// <param name="Text">Markdown.</param>
public sealed record GapArticle(TicketId Ticket, KnowledgeGap Gap, string Text)
{
    /// <summary>There is a model, and a passage for it to begin from.</summary>
    public bool CanBePhrased { get; init; }

    /// <summary>The model was asked, and nothing of its answer stands.</summary>
    public bool HasNothingPhrased { get; init; }

    /// <summary>Why the model could not be asked; <see langword="null"/> where it was, or should not be.</summary>
    public string? Failure { get; init; }

    /// <summary>What was taken out of its answer, and why.</summary>
    public IReadOnlyList<RemovedSentence> Removed { get; init; } = [];
}
