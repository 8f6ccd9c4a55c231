using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Host.Health;
using TicketTriage.Host.Live;
using TicketTriage.Host.Pages;
using TicketTriage.Jobs;
using TicketTriage.Tickets;
#if HANGFIRE
using TicketTriage.Hangfire;
#endif

namespace TicketTriage.Host.Jobs;

/// <summary><c>/jobs</c>: what runs when, what came of it, what is parked, and the buttons. The same pages with every engine.</summary>
internal static class JobPages
{
    private const int RunsInList = 5;

    public static void MapJobPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/jobs").RequireAuthorization(Roles.Ops);
        pages.MapGet("", ListAsync);
        pages.MapGet("/{name}", ShowAsync);
        routes.MapGet("/live/jobs", Listen).RequireAuthorization(Roles.Ops);

        var buttons = pages.MapGroup("/{name}").AddEndpointFilter<FormGuard>();
        buttons.MapPost("/run", RunAsync);
        buttons.MapPost("/pause", PauseAsync);
        buttons.MapPost("/resume", ResumeAsync);
        routes.MapParkedPages();
#if HANGFIRE
        routes.MapHangfireDashboard(Roles.Ops, [.. Roles.ThatOpen(Roles.Ops)]);
#endif
    }

    private static async Task<IResult> ListAsync(
        JobBoard board,
        ParkedTickets parked,
        HealthLook health,
        TimeProvider clock,
        string? asked,
        int? replayed,
        CancellationToken cancellationToken)
    {
        var jobs = await board.ListAsync(RunsInList, cancellationToken);
        var waiting = await parked.ListAsync(helpdesk: null, ParkedPages.MostInList, cancellationToken);
        var known = jobs.Any(overview => overview.Job.Name == asked) ? asked : null;
        return new RazorComponentResult<JobsPage>(new
        {
            Jobs = jobs,
            board.Engine,
            Now = clock.GetUtcNow(),
            Asked = known,
            Parked = waiting,
            Health = await health.LookAsync(cancellationToken),
            Replayed = replayed,
        });
    }

    private static async Task<IResult> ShowAsync(string name, JobBoard board, Words words, CancellationToken cancellationToken)
    {
        var overview = await board.FindAsync(name, cancellationToken);
        return overview is null ? Unknown(name, words) : new RazorComponentResult<JobPage>(new { Overview = overview });
    }

    private static ServerSentEventsResult<string> Listen(LiveFeed feed, JobBoard board, ParkedTickets parked, HttpContext context) =>
        TypedResults.ServerSentEvents(feed.ListenAsync(
            async token => $"{await board.MarkAsync(RunsInList, token)} {await parked.MarkAsync(ParkedPages.MostInList, token)}",
            LiveFeed.Often,
            context.RequestAborted));

    private static async Task<IResult> RunAsync(
        string name, JobSchedule schedule, JobBoard board, HttpContext context, Words words, CancellationToken cancellationToken)
    {
        if (schedule.Find(name) is not { } job)
        {
            return Unknown(name, words);
        }

        await board.RunNowAsync(job, By(context), cancellationToken);
        return Results.LocalRedirect($"/jobs?asked={name}");
    }

    private static async Task<IResult> PauseAsync(
        string name, JobSchedule schedule, JobBoard board, HttpContext context, Words words, CancellationToken cancellationToken)
    {
        if (schedule.Find(name) is not { } job)
        {
            return Unknown(name, words);
        }

        await board.PauseAsync(job, By(context), cancellationToken);
        return Results.LocalRedirect("/jobs");
    }

    private static async Task<IResult> ResumeAsync(
        string name, JobSchedule schedule, JobBoard board, HttpContext context, Words words, CancellationToken cancellationToken)
    {
        if (schedule.Find(name) is not { } job)
        {
            return Unknown(name, words);
        }

        await board.ResumeAsync(job, By(context), cancellationToken);
        return Results.LocalRedirect("/jobs");
    }

    private static string By(HttpContext context) => context.User.Identity?.Name ?? "somebody";

    private static IResult Unknown(string name, Words words) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words.Of("The schedule has no job '{0}'.", name));
}
