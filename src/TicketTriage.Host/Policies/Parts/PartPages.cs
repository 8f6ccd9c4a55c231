using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Policies.Parts;

/// <summary>
/// <c>/matrix/part/…</c>, <c>/taxonomy/part/…</c>, <c>/style/part/…</c>: a form for each part of a document. What it saves goes into the
/// lead's own draft once the lint finds no fault; else the form is shown again as it was sent.
/// </summary>
internal static class PartPages
{
    public static void MapPartPages(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/matrix", places => places.Matrix);
        Map(routes, "/taxonomy", places => places.Taxonomy);
        Map(routes, "/style", places => places.Style);
    }

    /// <summary>The form of a part, at its place or name; of a new one where that is empty.</summary>
    public static string PathOf(string place, string part, string at = "") =>
        $"{place}/part/{part}{(at.Length > 0 ? $"?at={Uri.EscapeDataString(at)}" : "")}";

    private static void Map(IEndpointRouteBuilder routes, string path, Func<PolicyPlaces, PolicyPlace> choose)
    {
        var pages = routes.MapGroup($"{path}/part/{{part}}").RequireAuthorization(Roles.Lead);
        pages.MapGet("", (
            string part, string? at, HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words,
            CancellationToken cancellationToken) => ShowAsync(part, at ?? "", context, choose(places), desk, words, cancellationToken));

        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("", (
            string part, HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            SaveAsync(part, context, choose(places), desk, words, cancellationToken));
        forms.MapPost("/move", (
            string part, HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            ChangeAsync(
                part, context, choose(places), desk, words,
                (document, which, form) => document.Move(which, form["at"].ToString(), form["to"].ToString()), cancellationToken));
        forms.MapPost("/delete", (
            string part, HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            ChangeAsync(
                part, context, choose(places), desk, words, (document, which, form) => document.Remove(which, form["at"].ToString()),
                cancellationToken));
    }

    private static async Task<IResult> ShowAsync(
        string part, string at, HttpContext context, PolicyPlace place, PolicyDraftDesk desk, Words words,
        CancellationToken cancellationToken)
    {
        var sheet = await desk.OpenAsync(place, PolicyPages.By(context), cancellationToken);
        var value = place.FindPart(part) is { } known ? PartDocument.Read(sheet.Json).Find(known, at) : null;
        return place.FindPart(part) is not { } which || (value is null && at.Length > 0)
            ? Unknown(words, place)
            : Page(sheet, which, at, PartForm.Of(which, at, value), []);
    }

    private static async Task<IResult> SaveAsync(
        string part, HttpContext context, PolicyPlace place, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken)
    {
        if (place.FindPart(part) is not { } which)
        {
            return Unknown(words, place);
        }

        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var form = PartForm.Of(sent);
        var at = sent["at"].ToString();
        var sheet = await desk.OpenAsync(place, PolicyPages.By(context), cancellationToken);
        var document = PartDocument.Read(sheet.Json);
        JsonObject value;
        try
        {
            value = form.ToJson(which, document.Find(which, at));
            document.Put(which, at, form.Name, value);
        }
        catch (FormatException e)
        {
            return Page(sheet, which, at, form, [new PolicyFault(0, e.Message, IsWarning: false)]);
        }

        var look = place.Look(document.ToJson());
        if (look.HasFaults || look.Canonical is not { } canonical)
        {
            return Page(sheet, which, at, form, look.Faults);
        }

        return await desk.SaveAsync(sheet, PolicyPages.By(context), canonical, PolicyPages.RevisionOf(sent), cancellationToken)
            ? Results.LocalRedirect(place.Path)
            : PolicyPages.Collision(words, place, value.ToString());
    }

    private static async Task<IResult> ChangeAsync(
        string part,
        HttpContext context,
        PolicyPlace place,
        PolicyDraftDesk desk,
        Words words,
        Func<PartDocument, PolicyPart, IFormCollection, bool> change,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var sheet = await desk.OpenAsync(place, PolicyPages.By(context), cancellationToken);
        if (place.FindPart(part) is not { } which)
        {
            return Unknown(words, place);
        }

        if (sheet.Revision != PolicyPages.RevisionOf(form))
        {
            return PolicyPages.Collision(words, place, "");
        }

        var document = PartDocument.Read(sheet.Json);
        if (!change(document, which, form))
        {
            return Results.LocalRedirect(place.Path);
        }

        var look = place.Look(document.ToJson());
        return look.HasFaults || look.Canonical is not { } canonical
            ? PolicyPages.Message(
                words, place, "That can't be taken away", words.Sentences(look.Faults.Select(fault => fault.Reason)),
                StatusCodes.Status400BadRequest)
            : await desk.SaveAsync(sheet, PolicyPages.By(context), canonical, sheet.Revision, cancellationToken)
                ? Results.LocalRedirect(place.Path)
                : PolicyPages.Collision(words, place, "");
    }

    private static RazorComponentResult<MessagePage> Unknown(Words words, PolicyPlace place) => PolicyPages.Message(
        words, place, "Nothing was found", words["It is not in your draft any more."], StatusCodes.Status404NotFound);

    private static RazorComponentResult<PartPage> Page(
        PolicySheet sheet, PolicyPart part, string at, PartForm form, IReadOnlyList<PolicyFault> faults) => new(new
        {
            View = PolicyView.Of(sheet),
            Part = part,
            At = at,
            Form = form,
            Faults = faults,
        })
        {
            StatusCode = faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
}
