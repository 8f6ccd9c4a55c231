using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Access;

[CancelAfter(120_000)]
internal sealed class The_log_of_requests
{
    [TestCase("Logging:LogLevel:Default")]
    [TestCase("Logging:LogLevel:Microsoft.AspNetCore")]
    [TestCase("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    public async Task Never_has_a_one_time_link(string key)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        var settings = new Dictionary<string, string?> { [key] = "Trace" };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { Role = Role.Web, Settings = settings });
        var link = triage.Services.GetRequiredService<SignInLinks>().Create(Roles.Ops);

        using var opened = await triage.Http.GetAsync(link, cancellationToken);
        using var again = await triage.Http.GetAsync(link, cancellationToken);

        var token = link[(link.LastIndexOf('/') + 1)..];
        Assert.That(triage.Log.Lines.Select(line => line.Text), Is.Not.Empty.And.None.Contains(token));
        Assert.That(triage.Log.Scopes, Has.None.Contains(token));
    }
}
