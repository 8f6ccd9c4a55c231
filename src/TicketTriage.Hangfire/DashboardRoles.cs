using Hangfire.Dashboard;

namespace TicketTriage.Hangfire;

/// <summary>
/// Lets only signed-in people with one of the roles see the dashboard. It stands in place of Hangfire's own rule, which lets in whoever
/// seems to sit on the same machine: behind a proxy that is everybody.
/// </summary>
internal sealed class DashboardRoles(IReadOnlyList<string> roles) : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context)
    {
        var user = context.GetHttpContext().User;
        return user.Identity is { IsAuthenticated: true } && roles.Any(user.IsInRole);
    }
}
