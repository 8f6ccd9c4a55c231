using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TicketTriage.Escalations;
using TicketTriage.Host.Access;
using TicketTriage.Insights;
using TicketTriage.Models;

namespace TicketTriage.Host.Today;

/// <summary><c>/</c>: the day and the week before it in figures, and what needs a person. Those who may not see it are led to what they may.</summary>
internal static class TodayPages
{
    private const int MostInList = 12;
    private const int DaysBefore = 7;

    /// <summary>What is unclear or held stays on the page for so long, also where nobody looked before midnight.</summary>
    private static readonly TimeSpan PersonWithin = TimeSpan.FromDays(7);

    public static void MapTodayPages(this IEndpointRouteBuilder routes) => routes.MapGet("/", ShowAsync).RequireAuthorization(Roles.Anyone);

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        TodayFigures figures,
        WeekFigures week,
        EscalationRecords escalations,
        IOptions<ModelOptions> model,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!context.User.MayOpen(Roles.Lead))
        {
            return Results.LocalRedirect(context.User.MayOpen(Roles.Agent) ? "/tickets" : "/jobs");
        }

        var now = clock.GetUtcNow();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var today = await figures.ReadAsync(midnight, now - PersonWithin, cancellationToken);
        return new RazorComponentResult<TodayPage>(new
        {
            Figures = today,
            Hours = await figures.ListHoursAsync(now.AddHours(-24), now, cancellationToken),
            ForPerson = await figures.ListForPersonAsync(now - PersonWithin, MostInList, cancellationToken),
            Escalations = await escalations.ListAsync(onlyOpen: true, ticket: null, MostInList, cancellationToken),
            Now = now,
            Days = await week.ListAsync(now, DaysBefore, cancellationToken),
            Cost = model.Value.CostOf(today.InputTokens, today.OutputTokens, today.QuestionTokens),
            CostOf = (Func<DayCount, double>)(day => model.Value.CostOf(day.InputTokens, day.OutputTokens, day.QuestionTokens)),
            HasPrice = model.Value.HasPrice(),
        });
    }
}
