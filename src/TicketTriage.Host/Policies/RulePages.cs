using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Policies;

namespace TicketTriage.Host.Policies;

/// <summary><c>/rules</c>: the table of rules and the form of one. Every button works on the lead's own draft.</summary>
internal static class RulePages
{
    public static void MapRulePages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/rules").RequireAuthorization(Roles.Lead);
        pages.MapGet("", ShowAsync);
        pages.MapGet("/rule", EditAsync);

        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/rule", SaveAsync);
        forms.MapPost("/move", (
            HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            ChangeAsync(
                context,
                places,
                desk,
                words,
                (document, form) => document.Move(Place(form, "place"), Place(form, "to")),
                form => $"/rules#{RowOf(Place(form, "to"))}",
                cancellationToken));
        forms.MapPost("/delete", (
            HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken) =>
            ChangeAsync(
                context,
                places,
                desk,
                words,
                (document, form) => document.Remove(Place(form, "place")),
                _ => "/rules",
                cancellationToken));
    }

    /// <summary>The name of a rule's row in the page's address: whoever has moved a rule goes on at it, also by keyboard.</summary>
    public static string RowOf(int place) => $"rule-{place + 1}";

    private static async Task<IResult> ShowAsync(
        HttpContext context, PolicyPlaces places, PolicyDraftDesk desk, Words words, CancellationToken cancellationToken)
    {
        var wording = new RuleWording(words);
        var place = places.Rules;
        var sheet = await desk.OpenAsync(place, PolicyPages.By(context), cancellationToken);
        var document = RuleDocument.Find(sheet.Json) ?? RuleDocument.Find(place.JsonInForce);
        var inForce = RuleDocument.Find(place.JsonInForce)?.ListRows(wording) ?? [];
        var rows = document?.ListRows(wording) ?? [];
        return new RazorComponentResult<RulesPage>(new
        {
            View = PolicyView.Of(sheet),
            Rows = rows,
            Changed = ChangedPlaces(rows, inForce),
            FallbackGroup = document?.FallbackGroup ?? "",
        });
    }

    private static async Task<IResult> EditAsync(
        HttpContext context,
        int? place,
        PolicyPlaces places,
        PolicyDraftDesk desk,
        TaxonomyInForce taxonomy,
        CancellationToken cancellationToken)
    {
        var sheet = await desk.OpenAsync(places.Rules, PolicyPages.By(context), cancellationToken);
        var rule = place is { } known ? RuleDocument.Find(sheet.Json)?.FindRule(known) : null;
        return Form(sheet, place, RuleForm.Of(rule), [], taxonomy);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        PolicyPlaces places,
        PolicyDraftDesk desk,
        TaxonomyInForce taxonomy,
        Words words,
        CancellationToken cancellationToken)
    {
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var form = RuleForm.Of(sent);
        int? place = int.TryParse(sent["place"], CultureInfo.InvariantCulture, out var known) ? known : null;
        var sheet = await desk.OpenAsync(places.Rules, PolicyPages.By(context), cancellationToken);
        JsonObject rule;
        try
        {
            rule = form.ToJson();
        }
        catch (FormatException e)
        {
            return Form(sheet, place, form, [new PolicyFault(0, e.Message, IsWarning: false)], taxonomy);
        }

        var document = RuleDocument.Find(sheet.Json) ?? throw new InvalidOperationException("The draft of the rules is no rule file.");
        document.Put(place, rule);
        var look = places.Rules.Look(document.ToJson());
        var mine = look.Faults.Where(fault => !fault.IsWarning && !sheet.Look.Faults.Any(old => old.Reason == fault.Reason)).ToList();
        if (look.Canonical is not { } canonical || mine.Count > 0)
        {
            return Form(sheet, place, form, mine.Count > 0 ? mine : look.Faults, taxonomy);
        }

        return await desk.SaveAsync(sheet, PolicyPages.By(context), canonical, PolicyPages.RevisionOf(sent), cancellationToken)
            ? Results.LocalRedirect("/rules")
            : PolicyPages.Collision(words, sheet.Place, rule.ToString());
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        PolicyPlaces places,
        PolicyDraftDesk desk,
        Words words,
        Func<RuleDocument, IFormCollection, bool> change,
        Func<IFormCollection, string> goOn,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var sheet = await desk.OpenAsync(places.Rules, PolicyPages.By(context), cancellationToken);
        var document = RuleDocument.Find(sheet.Json) ?? throw new InvalidOperationException("The draft of the rules is no rule file.");
        if (sheet.Revision != PolicyPages.RevisionOf(form))
        {
            return PolicyPages.Collision(words, sheet.Place, "");
        }

        if (!change(document, form))
        {
            return Results.LocalRedirect("/rules");
        }

        var look = places.Rules.Look(document.ToJson());
        return look.Canonical is not { } canonical
            ? Results.Problem(
                statusCode: StatusCodes.Status400BadRequest, detail: words.Sentences(look.Faults.Select(fault => fault.Reason)))
            : await desk.SaveAsync(sheet, PolicyPages.By(context), canonical, PolicyPages.RevisionOf(form), cancellationToken)
                ? Results.LocalRedirect(goOn(form))
                : PolicyPages.Collision(words, sheet.Place, "");
    }

    private static RazorComponentResult<RulePage> Form(
        PolicySheet sheet, int? place, RuleForm form, IReadOnlyList<PolicyFault> faults, TaxonomyInForce taxonomy) => new(new
        {
            View = PolicyView.Of(sheet),
            Place = place,
            Form = form,
            Faults = faults,
            Intents = (IReadOnlyList<string>)[.. taxonomy.Current.Content.Intents.Select(intent => intent.Name)],
        })
        {
            StatusCode = faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };

    // A rule counts as changed where no rule in force reads the same at the same distance from the top, apart from what moved with others.
    private static HashSet<int> ChangedPlaces(IReadOnlyList<RuleRow> rows, IReadOnlyList<RuleRow> inForce)
    {
        var known = inForce.Select(row => row with { Place = 0 }).ToHashSet();
        return [.. rows.Where(row => !known.Contains(row with { Place = 0 })).Select(row => row.Place)];
    }

    private static int Place(IFormCollection form, string name) =>
        int.TryParse(form[name], CultureInfo.InvariantCulture, out var place) ? place : -1;
}
