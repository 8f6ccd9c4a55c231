using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Audits;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Audits;

/// <summary><c>/audit</c>: who changed what and what was decided by itself, by filters; and whether it is as it was written.</summary>
internal static class AuditPages
{
    /// <summary>The choice of what concerns no single helpdesk, which has no name.</summary>
    public const string OfTheService = "-";

    /// <summary>The choice of what the service did beside what people did.</summary>
    public const string Everything = "everything";

    private const int PerPage = 50;

    public static void MapAuditPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", ShowAsync).RequireAuthorization(Roles.Auditor);
        routes.MapPost("/audit/check", CheckAsync).RequireAuthorization(Roles.Auditor).AddEndpointFilter<FormGuard>()
            .RequireRateLimiting(Paces.Replay);
    }

    private static Task<IResult> ShowAsync(
        HttpRequest request, AuditLedger audit, HelpdeskDirectory helpdesks, CancellationToken cancellationToken) =>
        PageAsync(request, report: null, audit, helpdesks, cancellationToken);

    private static async Task<IResult> CheckAsync(
        HttpRequest request,
        AuditLedger audit,
        AuditCheck check,
        AuditHeads heads,
        HelpdeskDirectory helpdesks,
        CancellationToken cancellationToken)
    {
        var report = await check.RunAsync(helpdesk: null, await heads.ReadAsync(cancellationToken), cancellationToken);
        return await PageAsync(request, report, audit, helpdesks, cancellationToken);
    }

    private static async Task<IResult> PageAsync(
        HttpRequest request, AuditReport? report, AuditLedger audit, HelpdeskDirectory helpdesks, CancellationToken cancellationToken)
    {
        var helpdesk = Given(request, "helpdesk");
        var filter = new AuditFilter
        {
            Helpdesk = helpdesk == OfTheService ? "" : helpdesk,
            Action = Given(request, "action"),
            Subject = Given(request, "subject"),
            IsByPeople = Given(request, "by") != Everything,
            Before = long.TryParse(request.Query["before"], CultureInfo.InvariantCulture, out var before) ? before : null,
        };
        return new RazorComponentResult<AuditPage>(new
        {
            Lines = await audit.ListAsync(filter, PerPage, cancellationToken),
            Filter = filter,
            Query = QueryString.Create(request.Query.Where(part => part.Key != "before" && part.Value.ToString().Length > 0)).ToString(),
            Actions = await audit.ListActionsAsync(cancellationToken),
            Helpdesks = helpdesks.Names,
            Report = report,
        });
    }

    private static string? Given(HttpRequest request, string name) =>
        request.Query[name].ToString().Trim() is { Length: > 0 and <= 200 } value ? value : null;
}
