using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Live;
using TicketTriage.Host.Pages;
using TicketTriage.Insights;
using TicketTriage.Journey;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Tickets;

/// <summary>
/// <c>/tickets</c>: what came in last, by filters and words. <c>/tickets/{helpdesk}/{number}</c>: one ticket's way through the rooms, with
/// the reasons of each decision, and where people correct it.
/// </summary>
internal static class TicketPages
{
    private const int PerPage = 50;
    private const int MostDecisions = 20;
    private const int MostWords = 200;

    public static void MapTicketPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tickets", ListAsync).RequireAuthorization(Roles.Agent);
        routes.MapGet("/tickets/{helpdesk}/{number}", ShowAsync).RequireAuthorization(Roles.Agent);
        routes.MapPost("/tickets/{helpdesk}/{number}/correct", CorrectAsync).RequireAuthorization(Roles.Agent)
            .AddEndpointFilter<FormGuard>();
        routes.MapGet("/live/tickets", LiveFeed.Tickets).RequireAuthorization(Roles.Agent);
        routes.MapGet("/live/tickets/{helpdesk}/{number}", LiveFeed.Ticket).RequireAuthorization(Roles.Agent);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request,
        TicketList list,
        HelpdeskDirectory helpdesks,
        TaxonomyInForce taxonomy,
        RulesInForce rules,
        string? q,
        string? before,
        CancellationToken cancellationToken)
    {
        var words = q?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, MostWords)] : null;
        var isNumber = words?.All(char.IsAsciiDigit) == true;
        var filter = new TicketFilter
        {
            Helpdesk = Given(request, "helpdesk"),
            State = Given(request, "state"),
            Intent = Given(request, "intent"),
            Priority = Given(request, "priority"),
            Group = Given(request, "group"),
            Language = Given(request, "language"),
            Product = Given(request, "product"),
            IsForPerson = Given(request, "needs") == TicketWords.Person,
            From = Day(request, "from"),
            To = Day(request, "to"),
            Number = isNumber ? words : null,
            Words = isNumber ? null : words,
            Before = TicketKey.Find(before),
        };
        return new RazorComponentResult<TicketsPage>(new
        {
            Lines = await list.ListAsync(filter, PerPage, cancellationToken),
            Filter = filter,
            Query = QueryString.Create(request.Query.Where(part => part.Key != "before" && part.Value.ToString().Length > 0)).ToString(),
            Helpdesks = helpdesks.Names,
            Intents = (IReadOnlyList<string>)[.. IntentsOf(taxonomy), Finding.Unclear],
            Products = (IReadOnlyList<string>)[.. taxonomy.Current.Content.Products.Select(product => product.Name)],
            Groups = rules.Current.Document.Content.ListGroups(),
        });
    }

    private static async Task<IResult> ShowAsync(
        string helpdesk,
        string number,
        int? corrected,
        TicketRecords records,
        Judgements judgements,
        EscalationRecords escalations,
        SentTexts sent,
        TaxonomyInForce taxonomy,
        RulesInForce rules,
        TimeProvider clock,
        Words words,
        CancellationToken cancellationToken)
    {
        var id = new TicketId(helpdesk, number);
        var record = await records.FindAsync(id, cancellationToken);
        if (record is null)
        {
            return new RazorComponentResult<MessagePage>(new
            {
                Title = words["Nothing was found"],
                Message = words.Of("No ticket {0} of {1} was ever heard of.", id.Number, id.Helpdesk),
                Here = "/tickets",
                Back = "/tickets",
            })
            {
                StatusCode = StatusCodes.Status404NotFound,
            };
        }

        IReadOnlyList<DecisionView> decisions =
            [.. (await records.ListTriagesAsync(id, MostDecisions, cancellationToken)).Select(DecisionView.Of)];
        var nothing = SentToModel.Of([]);
        return new RazorComponentResult<TicketPage>(new
        {
            Record = record,
            Decisions = decisions,
            Sent = await sent.ListAsync([.. decisions.Select(decision => decision.Sent ?? nothing)], cancellationToken),
            Said = await judgements.ListAsync(id, cancellationToken),
            Escalations = await escalations.ListAsync(onlyOpen: false, id, most: 20, cancellationToken),
            Now = clock.GetUtcNow(),
            Corrected = corrected,
            Taxonomy = taxonomy.Current.Content,
            Intents = IntentsOf(taxonomy),
            Groups = rules.Current.Document.Content.ListGroups(),
        });
    }

    private static string NoSuch(JudgedField field) => field switch
    {
        JudgedField.Priority => "There is no priority of this name.",
        JudgedField.Group => "There is no group of this name.",
        _ => "There is no intent of this name.",
    };

    /// <summary>Each field that differs from what was decided becomes a word of its own.</summary>
    private static async Task<IResult> CorrectAsync(
        string helpdesk,
        string number,
        HttpContext context,
        TicketRecords records,
        Judgements judgements,
        TaxonomyInForce taxonomy,
        RulesInForce rules,
        TimeProvider clock,
        Words words,
        CancellationToken cancellationToken)
    {
        var id = new TicketId(helpdesk, number);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (!Guid.TryParse(form["triage"], out var triageId)
            || (await records.ListTriagesAsync(id, MostDecisions, cancellationToken)).FirstOrDefault(triage => triage.Id == triageId) is not { } triage)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words.Of("Ticket {0} of {1} has no such decision.", number, helpdesk));
        }

        var decision = DecisionView.Of(triage);
        (JudgedField Field, string Decided, double Confidence, IReadOnlyCollection<string> Allowed)[] fields =
        [
            (JudgedField.Intent, decision.Understanding.Intent.Value, decision.Understanding.Intent.Confidence, [.. IntentsOf(taxonomy), Finding.Unclear]),
            (JudgedField.Priority, decision.PriorityWord, decision.Priority.Confidence, TicketWords.Priorities),
            (JudgedField.Group, decision.Route.Group, 1, rules.Current.Document.Content.ListGroups()),
        ];
        var stored = 0;
        foreach (var (field, decided, confidence, allowed) in fields)
        {
            var said = form[field.Word()].ToString();
            if (said.Length == 0 || said == decided)
            {
                continue;
            }

            if (!allowed.Contains(said))
            {
                return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: words[NoSuch(field)]);
            }

            await judgements.AddAsync(
                new Judgement
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    TriageId = triageId,
                    Ticket = id,
                    Field = field,
                    Decided = decided,
                    Said = said,
                    Confidence = confidence,
                    By = context.User.Identity?.Name ?? "somebody",
                    At = clock.GetUtcNow(),
                },
                cancellationToken);
            stored++;
        }

        return Results.LocalRedirect($"{TicketWords.PathOf(helpdesk, number)}?corrected={stored}");
    }

    private static IReadOnlyList<string> IntentsOf(TaxonomyInForce taxonomy) => [.. taxonomy.Current.Content.Intents.Select(intent => intent.Name)];

    private static DateOnly? Day(HttpRequest request, string name) =>
        DateOnly.TryParseExact(request.Query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Given(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 and <= 200 } given ? given : null;
}
