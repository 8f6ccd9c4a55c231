using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies.Parts;
using TicketTriage.Policies;

namespace TicketTriage.Host.Policies;

/// <summary>
/// <c>/rules</c>, <c>/matrix</c>, <c>/taxonomy</c>, <c>/style</c>: a lead changes a draft, tries it on past tickets, and publishes it; every version can
/// be looked at and brought back. The four have these ways in common; <see cref="RulePages"/> has what rules have beside them.
/// </summary>
internal static class PolicyPages
{
    private const int PerPage = 50;

    public static void MapPolicyPages(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/rules", places => places.Rules);
        Map(routes, "/matrix", places => places.Matrix);
        Map(routes, "/taxonomy", places => places.Taxonomy);
        Map(routes, "/style", places => places.Style);
        routes.MapRulePages();
        routes.MapPartPages();
        routes.MapTrialPages();
    }

    public static string By(HttpContext context) => context.User.Identity?.Name ?? "somebody";

    /// <summary>The draft was changed from another window: nothing is lost, since what was sent is shown.</summary>
    public static RazorComponentResult<MessagePage> Collision(Words words, PolicyPlace place, string kept) => new(new
    {
        Title = words["Your draft was changed in another window"],
        Message = words["Nothing was overwritten. Open the page again, and make this change there once more."],
        Here = place.Path,
        Back = place.Path,
        Kept = kept,
    })
    {
        StatusCode = StatusCodes.Status409Conflict,
    };

    public static RazorComponentResult<MessagePage> Message(
        Words words, PolicyPlace place, string title, string message, int status, string? kept = null) => new(new
        {
            Title = words[title],
            Message = message,
            Here = place.Path,
            Back = place.Path,
            Kept = kept,
        })
        {
            StatusCode = status,
        };

    private static void Map(IEndpointRouteBuilder routes, string path, Func<PolicyPlaces, PolicyPlace> choose)
    {
        var pages = routes.MapGroup(path).RequireAuthorization(Roles.Lead);
        if (path != "/rules")
        {
            pages.MapGet("", (HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, CancellationToken cancellationToken) =>
                ShowAsync(context, choose(places), desk, cancellationToken));
        }

        pages.MapGet("/text", (HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, CancellationToken cancellationToken) =>
            ShowTextAsync(context, choose(places), desk, cancellationToken));
        pages.MapGet("/history", (
            long? before, long? published, PolicyPlaces places, PolicyDesk desk, CancellationToken cancellationToken) =>
            ListAsync(before, published, choose(places), desk, cancellationToken));
        pages.MapGet("/history/{id:long}", (
            long id, PolicyPlaces places, PolicyDesk desk, Words words, CancellationToken cancellationToken) =>
            CompareAsync(id, choose(places), desk, words, cancellationToken));

        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/text", (
            HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            SaveTextAsync(context, choose(places), desk, words, cancellationToken)).WithMetadata(WholeDocument.Instance);
        forms.MapPost("/discard", (HttpContext context, PolicyPlaces places, PolicyDesk desk, CancellationToken cancellationToken) =>
            DiscardAsync(context, choose(places), desk, cancellationToken));
        forms.MapPost("/rebase", (HttpContext context, PolicyPlaces places, PolicyDesk desk, CancellationToken cancellationToken) =>
            RebaseAsync(context, choose(places), desk, cancellationToken));
        forms.MapPost(
            "/history/{id:long}/return",
            (long id, HttpContext context, PolicyPlaces places, PolicyDesk desk, PolicyDraftDesk drafts, Words words,
                CancellationToken cancellationToken) => ReturnAsync(id, context, choose(places), desk, drafts, words, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, PolicyPlace place, PolicyDraftDesk desk, CancellationToken cancellationToken)
    {
        var sheet = await desk.OpenAsync(place, By(context), cancellationToken);
        var json = sheet.Look.Canonical ?? place.JsonInForce;
        return place.Path switch
        {
            "/matrix" => new RazorComponentResult<MatrixPage>(new { View = PolicyView.Of(sheet), Json = json }),
            "/style" => new RazorComponentResult<StylePage>(new { View = PolicyView.Of(sheet), Json = json }),
            _ => new RazorComponentResult<TaxonomyPage>(new { View = PolicyView.Of(sheet), Json = json }),
        };
    }

    private static async Task<IResult> ShowTextAsync(
        HttpContext context, PolicyPlace place, PolicyDraftDesk desk, CancellationToken cancellationToken)
    {
        var sheet = await desk.OpenAsync(place, By(context), cancellationToken);
        return new RazorComponentResult<PolicyTextPage>(new { View = PolicyView.Of(sheet), Text = sheet.Json, sheet.Look.Faults });
    }

    /// <summary>A text with faults is shown again with them, and not kept: the draft always is something that can be tried.</summary>
    private static async Task<IResult> SaveTextAsync(
        HttpContext context, PolicyPlace place, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["text"].ToString();
        var sheet = await desk.OpenAsync(place, By(context), cancellationToken);
        var look = place.Look(text);
        if (look.HasFaults || look.Canonical is not { } canonical)
        {
            return new RazorComponentResult<PolicyTextPage>(new { View = PolicyView.Of(sheet), Text = text, look.Faults })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            };
        }

        return await desk.SaveAsync(sheet, By(context), canonical, RevisionOf(form), cancellationToken)
            ? Results.LocalRedirect(place.Path)
            : Collision(words, place, text);
    }

    private static async Task<IResult> DiscardAsync(
        HttpContext context, PolicyPlace place, PolicyDesk desk, CancellationToken cancellationToken)
    {
        await desk.DiscardDraftAsync(place.Kind, By(context), cancellationToken);
        return Results.LocalRedirect(place.Path);
    }

    /// <summary>The lead has seen what somebody else published, and goes on with their own draft.</summary>
    private static async Task<IResult> RebaseAsync(
        HttpContext context, PolicyPlace place, PolicyDesk desk, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (await desk.FindDraftAsync(place.Kind, By(context), cancellationToken) is { } draft
            && long.TryParse(form["seen"], System.Globalization.CultureInfo.InvariantCulture, out var seen))
        {
            await desk.SaveDraftAsync(place.Kind, By(context), draft.Body, RevisionOf(form), seen, cancellationToken);
        }

        return Results.LocalRedirect(place.Path);
    }

    private static async Task<IResult> ListAsync(
        long? before, long? published, PolicyPlace place, PolicyDesk desk, CancellationToken cancellationToken)
    {
        var (publications, hasMore) = await desk.ListAsync(place.Kind, before, PerPage, cancellationToken);
        return new RazorComponentResult<HistoryPage>(new
        {
            Title = place.Title,
            place.Path,
            Publications = publications,
            Before = before,
            Published = published,
            HasMore = hasMore,
        });
    }

    private static async Task<IResult> CompareAsync(
        long id, PolicyPlace place, PolicyDesk desk, Words words, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(place.Kind, id, cancellationToken) is not { } publication)
        {
            return Message(words, place, "Nothing was found", words["There is no such version any more."], StatusCodes.Status404NotFound);
        }

        var before = await desk.FindBeforeAsync(place.Kind, id, cancellationToken);
        var latest = await desk.FindLatestAsync(place.Kind, cancellationToken);
        return new RazorComponentResult<VersionPage>(new
        {
            Title = place.Title,
            place.Path,
            Publication = publication,
            Changes = TextDifference.Of(before is null ? "" : Canonical(place, before.Json), Canonical(place, publication.Json)),
            AgainstNow = TextDifference.Of(place.JsonInForce, Canonical(place, publication.Json)),
            IsInForce = id == (latest?.Id ?? PolicyDesk.Beginning),
        });
    }

    private static async Task<IResult> ReturnAsync(
        long id,
        HttpContext context,
        PolicyPlace place,
        PolicyDesk desk,
        PolicyDraftDesk drafts,
        Words words,
        CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(place.Kind, id, cancellationToken) is not { } publication)
        {
            return Message(words, place, "Nothing was found", words["There is no such version any more."], StatusCodes.Status404NotFound);
        }

        var sheet = await drafts.OpenAsync(place, By(context), cancellationToken);
        await desk.DiscardDraftAsync(place.Kind, By(context), cancellationToken);
        await desk.SaveDraftAsync(
            place.Kind, By(context), Canonical(place, publication.Json), revision: 0, sheet.LatestId, cancellationToken);
        return Results.LocalRedirect(place.Path);
    }

    internal static int RevisionOf(IFormCollection form) =>
        int.TryParse(form["revision"], System.Globalization.CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static string Canonical(PolicyPlace place, string json) => place.Look(json).Canonical ?? json;
}
