using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Insights;
using TicketTriage.Models;

namespace TicketTriage.Host.Quality;

/// <summary><c>/reports</c>: what became of tickets, by intent, product, language, group or week; also as CSV.</summary>
internal static class ReportPages
{
    private static readonly int[] Windows = [7, 30, 90, 365];

    public static void MapReportPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports", ShowAsync).RequireAuthorization(Roles.Lead);
        routes.MapGet("/reports.csv", DownloadAsync).RequireAuthorization(Roles.Lead);
    }

    private static async Task<IResult> ShowAsync(
        string? by, int? days, Reports reports, TimeProvider clock, IOptions<ModelOptions> model, CancellationToken cancellationToken)
    {
        var (key, window) = Read(by, days);
        var report = await ListAsync(key, window, reports, clock, cancellationToken);
        return new RazorComponentResult<ReportsPage>(new
        {
            By = key,
            Days = window,
            Windows = (IReadOnlyList<int>)Windows,
            Lines = report.Lines,
            report.At,
            CostOf = (Func<ReportLine, double>)(line => CostOf(model.Value, line)),
            HasPrice = model.Value.HasPrice(),
        });
    }

    private static async Task<IResult> DownloadAsync(
        string? by, int? days, Reports reports, TimeProvider clock, IOptions<ModelOptions> model, CancellationToken cancellationToken)
    {
        var (key, window) = Read(by, days);
        var csv = new StringBuilder(
            "key,tickets,decisions,mean_confidence,corrected,median_first_reply_minutes,median_resolution_minutes,known_outcomes,reopened,"
            + "transferred,targets_met,targets_missed,escalated,missed,input_tokens,output_tokens,question_tokens,cost,cost_per_ticket\r\n");
        var report = await ListAsync(key, window, reports, clock, cancellationToken);
        foreach (var line in report.Lines)
        {
            var cost = CostOf(model.Value, line);
            csv.Append(CsvCells.Of(line.Key)).Append(CultureInfo.InvariantCulture,
                $",{line.Tickets},{line.Decisions},{line.Confidence:0.####},{line.Corrected},{line.FirstReply?.TotalMinutes:0.#},"
                + $"{line.Resolution?.TotalMinutes:0.#},{line.KnownOutcomes},{line.Reopened},{line.Transferred},{line.TargetsMet},"
                + $"{line.TargetsMissed},{line.Escalated},{line.Missed},{line.InputTokens},{line.OutputTokens},{line.QuestionTokens},{cost:0.####},"
                + $"{(line.Tickets == 0 ? 0 : cost / line.Tickets):0.######}\r\n");
        }

        return Results.File(
            Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"tickets-by-{key.ToString().ToLowerInvariant()}.csv");
    }

    private static double CostOf(ModelOptions model, ReportLine line) =>
        model.CostOf(line.InputTokens, line.OutputTokens, line.QuestionTokens);

    private static Task<Report> ListAsync(
        ReportKey by, int days, Reports reports, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return reports.ListAsync(by, today.AddDays(-days), today, cancellationToken);
    }

    private static (ReportKey By, int Days) Read(string? by, int? days) => (
        Enum.TryParse<ReportKey>(by, ignoreCase: true, out var key) && Enum.IsDefined(key) ? key : ReportKey.Intent,
        days is { } given && Windows.Contains(given) ? given : 30);
}
