using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Insights;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Jobs;

/// <summary>Those who run the service see how it stands, and no link leads them where they may not go.</summary>
[CancelAfter(120_000)]
internal sealed class What_ops_see
{
    [TestCase(Roles.Ops, false)]
    [TestCase(Roles.Admin, true)]
    public async Task A_parked_ticket_is_a_link_only_for_those_who_may_open_it(string role, bool isLink)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<object>("update tickets set outcome = 'parked', reason = 'r' where number = '2'");
        using var browser = await console.SignedInAsync(role, cancellationToken);

        var page = await browser.GetStringAsync("/jobs", cancellationToken);
        using var ticket = await browser.GetAsync("/tickets/acme/2", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("acme/2"));
            Assert.That(page.Contains("href=\"/tickets/acme/2\"", StringComparison.Ordinal), Is.EqualTo(isLink));
            Assert.That(ticket.StatusCode, Is.EqualTo(isLink ? HttpStatusCode.OK : HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task Health_stands_beside_the_jobs_as_load_balancers_are_told_it(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(3, cancellationToken);
        await console.Database.AskAsync<object>("update tickets set outcome = 'parked', reason = 'r' where number = '2'");
        var refused = new HelpdeskRefusedException("Zendesk refuses the credentials (401).", HttpStatusCode.Unauthorized);
        await console.Services.GetRequiredService<HelpdeskFailures>().KeepAsync("acme", refused, cancellationToken);
        using var ops = await console.SignedInAsync(Roles.Ops, cancellationToken);

        var told = await ops.GetStringAsync("/health/ready", cancellationToken);
        var english = Card(await ops.GetStringAsync("/jobs", cancellationToken));
        var german = Card(await Door.ReadInGermanAsync(ops, "/jobs", cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                told,
                Does.Contain("database: ok\n").And.Contain("intake: ok\n").And.Contain("helpdesks: credentials; /connections says whose\n")
                    .And.Contain("queue: 0 waiting, the oldest for 0 s").And.Contain("parked: 1\n").And.Contain("months ahead\n"));
            Assert.That(
                english,
                Does.Contain("<span class=\"state bad\">one refuses the credentials</span>").And.Contain("0 waiting, the oldest for 0 s")
                    .And.Contain("<span class=\"state bad\">1</span>").And.Contain("<span class=\"state good\">ok</span>"));
            Assert.That(
                german,
                Does.Contain("einer lehnt die Zugangsdaten ab").And.Contain("0 warten, das älteste seit 0 s").And.Contain("in Ordnung")
                    .And.Contain("Monate im Voraus").And.Not.Contain("waiting").And.Not.Contain("months").And.Not.Contain("database"));
            Assert.That(await ops.GetStringAsync("/connections", cancellationToken), Does.Contain("href=\"/jobs#health\""));
        }
    }

    [Test]
    public void Every_reason_has_its_german()
    {
        var reasons = SourceTexts.In(Repository.Read("src/TicketTriage.Host/Health/HealthLook.cs"))
            .Concat(SourceTexts.In(Repository.Read("src/TicketTriage/Intake/IntakeWatch.cs")).Where(pieces => pieces is [var whole] && whole.EndsWith('.')))
            .Select(pieces => string.Join("", pieces)).Where(text => text.Length > 3 && text.Contains(' ', StringComparison.Ordinal))
            .Where(text => !text.Contains("/connections", StringComparison.Ordinal)).ToList();

        Assert.That(reasons, Has.Count.GreaterThan(8));
        Assert.That(reasons.Where(reason => !Words.Knows(reason)), Is.Empty);
    }

    private static string Card(string page)
    {
        var from = page.IndexOf("id=\"health\"", StringComparison.Ordinal);
        return page[from..page.IndexOf("</dl>", from, StringComparison.Ordinal)];
    }
}
