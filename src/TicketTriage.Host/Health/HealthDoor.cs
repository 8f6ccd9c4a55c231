namespace TicketTriage.Host.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work. A line for each part.</summary>
internal static class HealthDoor
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("process: ok\n")).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(HealthLook health, CancellationToken cancellationToken)
    {
        var report = await health.LookAsync(cancellationToken);
        return Results.Text(
            $"process: ok\n{string.Concat(report.Lines.Select(line => $"{line}\n"))}",
            statusCode: report.IsReady ? null : StatusCodes.Status503ServiceUnavailable);
    }
}
