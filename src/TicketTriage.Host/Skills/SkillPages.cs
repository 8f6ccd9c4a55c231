using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Live;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Skills;

/// <summary><c>/skills</c>: who can do what, who is there, how much each has.</summary>
internal static class SkillPages
{
    public static void MapSkillPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills", ShowAsync).RequireAuthorization(Roles.Lead);
        routes.MapGet("/live/skills", LiveFeed.Skills).RequireAuthorization(Roles.Lead);
        routes.MapGet("/skills/agent", EditAsync).RequireAuthorization(Roles.Lead);
        routes.MapPost("/skills/agent", SaveAsync).RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> ShowAsync(
        string? helpdesk, int? imported, HelpdeskDirectory helpdesks, AgentBook book, RosterDesk desk, CancellationToken cancellationToken) =>
        await PageAsync(Choose(helpdesks, helpdesk), imported, [], "", helpdesks, book, desk, cancellationToken);

    private static async Task<IResult> EditAsync(
        string? helpdesk, string? id, AgentBook book, Words words, CancellationToken cancellationToken) =>
        await book.FindAsync(helpdesk ?? "", id ?? "", cancellationToken) is { } sheet
            ? await FormAsync(helpdesk ?? "", sheet, AgentForm.Of(sheet.Roster), fault: null, book, cancellationToken)
            : Gone(words);

    /// <summary>What can't be understood is shown again; so is what was sent where the roster says something else by now.</summary>
    private static async Task<IResult> SaveAsync(HttpContext context, AgentBook book, Words words, CancellationToken cancellationToken)
    {
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var form = AgentForm.Of(sent);
        var (helpdesk, id) = (sent["helpdesk"].ToString(), sent["id"].ToString());
        if (await book.FindAsync(helpdesk, id, cancellationToken) is not { } sheet)
        {
            return Gone(words);
        }

        try
        {
            return await book.ChangeAsync(
                helpdesk, id, form.ToEntry(), sent["mark"].ToString(), context.User.Identity?.Name ?? "somebody", cancellationToken)
                ? Results.LocalRedirect($"/skills?helpdesk={Uri.EscapeDataString(helpdesk)}")
                : await FormAsync(
                    helpdesk, sheet, form, words["somebody has changed the roster meanwhile; look at the list, then save once more"], book,
                    cancellationToken);
        }
        catch (FormatException e)
        {
            return await FormAsync(helpdesk, sheet, form, e.Message, book, cancellationToken);
        }
    }

    private static async Task<IResult> FormAsync(
        string helpdesk, AgentSheet sheet, AgentForm form, string? fault, AgentBook book, CancellationToken cancellationToken)
    {
        var others = await book.ListAsync(helpdesk, cancellationToken);
        return new RazorComponentResult<AgentPage>(new
        {
            Helpdesk = helpdesk,
            Sheet = sheet,
            Form = form,
            Fault = fault,
            Skills = (IReadOnlyList<string>)[.. others.SelectMany(one => one.Agent.Skills.Keys).Distinct().Order(StringComparer.Ordinal)],
        })
        {
            StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static RazorComponentResult<MessagePage> Gone(Words words) => new(new
    {
        Title = words["Nothing was found"],
        Message = words["No agent of this id is active in that helpdesk."],
        Here = "/skills",
        Back = "/skills",
    })
    {
        StatusCode = StatusCodes.Status404NotFound,
    };

    internal static async Task<IResult> PageAsync(
        string? helpdesk,
        int? imported,
        IReadOnlyList<string> faults,
        string text,
        HelpdeskDirectory helpdesks,
        AgentBook book,
        RosterDesk desk,
        CancellationToken cancellationToken) => new RazorComponentResult<SkillsPage>(new
        {
            Helpdesk = helpdesk ?? "",
            Helpdesks = helpdesks.Names,
            Agents = helpdesk is null ? [] : await book.ListAsync(helpdesk, cancellationToken),
            Kept = helpdesk is null ? [] : await desk.ListKeptAsync(helpdesk, cancellationToken),
            Imported = imported,
            Faults = faults,
            Text = text,
        })
        {
            StatusCode = faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };

    internal static string? Choose(HelpdeskDirectory helpdesks, string? wanted) =>
        wanted is { Length: > 0 } ? helpdesks.Names.FirstOrDefault(name => name == wanted) : helpdesks.Names is [var first, ..] ? first : null;
}
