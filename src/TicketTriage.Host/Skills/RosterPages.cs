using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Policies;
using TicketTriage.Rehearsals;
using TicketTriage.Routing;

namespace TicketTriage.Host.Skills;

/// <summary>
/// <c>/skills/roster</c>: a roster is looked at before it counts, may be tried on past tickets, and one that was replaced may be returned to.
/// </summary>
internal static class RosterPages
{
    private const int MostCharacters = 1_000_000;
    private const int DaysOfTrial = 7;

    public static void MapRosterPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/roster", LookBackAsync).RequireAuthorization(Roles.Lead);
        routes.MapPost("/skills/roster", ImportAsync).RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
        routes.MapPost("/skills/roster/try", TryAsync).RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
    }

    /// <summary>What a return to a roster that was replaced would change.</summary>
    private static async Task<IResult> LookBackAsync(
        string? helpdesk, string? kept, HelpdeskDirectory helpdesks, RosterDesk desk, Words words, CancellationToken cancellationToken) =>
        SkillPages.Choose(helpdesks, helpdesk) is { } chosen
        && await desk.FindKeptAsync(chosen, kept ?? "", cancellationToken) is { } agents
            ? await PreviewAsync(new RosterSent(chosen, "", kept ?? ""), agents, isOvertaken: false, desk, cancellationToken)
            : Gone(words);

    /// <summary>
    /// A roster with a fault is not taken at all, and what was typed is shown again. Any other is shown with what it changes, and is taken
    /// once its sender has seen that; where the roster is another by then, it is shown anew.
    /// </summary>
    private static async Task<IResult> ImportAsync(
        HttpContext context, HelpdeskDirectory helpdesks, AgentBook book, RosterDesk desk, Words words, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var sent = await ReadAsync(form, helpdesks, cancellationToken);
        if (sent.Helpdesk is not { } helpdesk)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words["No helpdesk of this name is configured."]);
        }

        if (await FindAgentsAsync(sent, desk, words, cancellationToken) is not { } reading)
        {
            return Gone(words);
        }

        if (reading.Faults.Count > 0)
        {
            return await SkillPages.PageAsync(helpdesk, imported: null, reading.Faults, sent.Text, helpdesks, book, desk, cancellationToken);
        }

        if (form["seen"].ToString() is not { Length: > 0 } seen)
        {
            return await PreviewAsync(sent, reading.Agents, isOvertaken: false, desk, cancellationToken);
        }

        return await desk.ReplaceAsync(helpdesk, reading.Agents, seen, PolicyPages.By(context), cancellationToken)
            ? Results.LocalRedirect($"/skills?helpdesk={Uri.EscapeDataString(helpdesk)}&imported={reading.Agents.Count}")
            : await PreviewAsync(sent, reading.Agents, isOvertaken: true, desk, cancellationToken);
    }

    /// <summary>Last week's tickets under the rules in force, with the agents who are known and with those of the roster.</summary>
    private static async Task<IResult> TryAsync(
        HttpContext context,
        HelpdeskDirectory helpdesks,
        RosterDesk desk,
        RulesInForce rules,
        TrialDesk trials,
        TimeProvider clock,
        Words words,
        CancellationToken cancellationToken)
    {
        var sent = await ReadAsync(await context.Request.ReadFormAsync(cancellationToken), helpdesks, cancellationToken);
        if (sent.Helpdesk is not { } helpdesk || await FindAgentsAsync(sent, desk, words, cancellationToken) is not { Faults.Count: 0 } reading)
        {
            return Gone(words);
        }

        var inForce = rules.Current.Compiled;
        var trial = trials.Begin(new TrialPlan(
            TriedRoster.Kind,
            rules.Current.Document.Version,
            PolicyPages.By(context),
            helpdesk,
            clock.GetUtcNow().AddDays(-DaysOfTrial),
            (past, tell, stop) => TrialFigures.Of(Backtest.Run(past, inForce, inForce, tell, stop)))
        {
            Roster = new TriedRoster(reading.Agents, sent.Text, sent.Kept),
        });
        return trial is null
            ? Message(words["Too many trials are waiting"], words["Wait a moment and try again."], StatusCodes.Status503ServiceUnavailable)
            : Results.LocalRedirect($"/tries/{trial.Id}");
    }

    private static async Task<RosterSent> ReadAsync(IFormCollection form, HelpdeskDirectory helpdesks, CancellationToken cancellationToken)
    {
        var text = form["text"].ToString();
        if (form.Files["file"] is { Length: > 0 } file)
        {
            using var reader = new StreamReader(file.OpenReadStream());
            text = await reader.ReadToEndAsync(cancellationToken);
        }

        return new RosterSent(SkillPages.Choose(helpdesks, form["helpdesk"]), text, form["kept"].ToString());
    }

    /// <returns><see langword="null"/> where it names a roster that isn't kept any more.</returns>
    private static async Task<RosterReading?> FindAgentsAsync(
        RosterSent sent, RosterDesk desk, Words words, CancellationToken cancellationToken)
    {
        if (sent.Kept.Length == 0)
        {
            return sent.Text.Length > MostCharacters
                ? new RosterReading([], [words.Of("The roster has more than {0} characters.", MostCharacters)])
                : RosterFile.Read(sent.Text);
        }

        return await desk.FindKeptAsync(sent.Helpdesk ?? "", sent.Kept, cancellationToken) is { } agents ? new RosterReading(agents, []) : null;
    }

    private static async Task<IResult> PreviewAsync(
        RosterSent sent, IReadOnlyList<RosterLine> agents, bool isOvertaken, RosterDesk desk, CancellationToken cancellationToken)
    {
        var last = await desk.FindAsync(sent.Helpdesk ?? "", cancellationToken);
        return new RazorComponentResult<RosterPage>(new
        {
            Helpdesk = sent.Helpdesk ?? "",
            sent.Text,
            sent.Kept,
            Seen = last.Mark,
            Changes = last.Against(agents),
            IsOvertaken = isOvertaken,
        })
        {
            StatusCode = isOvertaken ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
    }

    private static RazorComponentResult<MessagePage> Gone(Words words) =>
        Message(words["Nothing was found"], words["This roster is not kept any more: import it again."], StatusCodes.Status404NotFound);

    private static RazorComponentResult<MessagePage> Message(string title, string message, int status) =>
        new(new { Title = title, Message = message, Here = "/skills", Back = "/skills" }) { StatusCode = status };

    /// <param name="Kept">The version of a roster that was replaced; empty where <paramref name="Text"/> counts.</param>
    private sealed record RosterSent(string? Helpdesk, string Text, string Kept);
}
