using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Metrics;

/// <summary>A rise is seen between two values: the first of anything would go unseen if its count were not there before it.</summary>
[CancelAfter(120_000)]
internal sealed class Counting_from_zero
{
    [Test]
    public async Task What_has_never_happened_is_shown_as_zero(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            AsksModel = true,
            Settings = new Dictionary<string, string?>
            {
                // Nobody is there, and no other test counts under this name.
                ["Helpdesks:quiet:Kind"] = "Freshdesk",
                ["Helpdesks:quiet:BaseUrl"] = "http://127.0.0.1:1",
                ["Helpdesks:quiet:ApiToken"] = "none",
                ["Helpdesks:quiet:WebhookSecret"] = "a-secret-with-letters-enough",
            },
        });
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));

        var lines = (await ops.GetStringAsync("metrics", cancellationToken)).Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Does.Contain("""tickettriage_deliveries_total{helpdesk="quiet",answer="accepted"} 0"""));
            Assert.That(lines, Does.Contain("""tickettriage_journeys_total{helpdesk="quiet",end="parked"} 0"""));
            Assert.That(lines, Does.Contain("""tickettriage_write_backs_total{helpdesk="quiet",state="refused"} 0"""));
            Assert.That(lines, Does.Contain("""tickettriage_helpdesk_quota_refusals_total{helpdesk="quiet",kind="account"} 0"""));
            Assert.That(lines, Does.Contain("""tickettriage_helpdesk_warnings_total{helpdesk="quiet"} 0"""));
            Assert.That(lines, Has.Some.StartsWith("""tickettriage_model_calls_total{model="openai",result="spent"} """));
        }
    }
}
