using System.Net;
using System.Net.Http.Headers;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Api;

[CancelAfter(180_000)]
internal sealed class Replaying
{
    [Test]
    public async Task A_parked_ticket_goes_its_way_once_the_cause_is_mended(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1", Kind = FaultKind.Status, Status = 422 });
        await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        var parked = await triage.GetRecordAsync(1, cancellationToken);
        triage.Sandbox.Faults.Clear();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReplayAsync(triage, Roles.Ops, "acme/1", cancellationToken)));
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked.State, Is.EqualTo("parked"));
            Assert.That(answers, Has.Exactly(1).EqualTo(HttpStatusCode.Accepted).And.Exactly(4).EqualTo(HttpStatusCode.Conflict));
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(await ReplayAsync(triage, Roles.Ops, "acme/4711", cancellationToken), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await ReplayAsync(triage, Roles.Agent, "acme/1", cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await ReplayAsync(triage, Roles.Lead, "acme/1", cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task The_command_shows_what_is_parked_and_brings_back_one_or_all(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, outcome, reason, tries) "
            + "select 'acme', n::text, 1, 'parked', 'Refused (422).', 2 from generate_series(1, 3) n");
        var settings = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1")).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var list = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay");
        var one = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay", "--ticket", "2");
        var again = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay", "--helpdesk", "acme", "--ticket", "2");
        var all = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay", "--helpdesk", "acme", "--all");
        var both = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay", "--ticket", "2", "--all");

        var slip = await HostProcess.RunAsync(folder, settings, cancellationToken, "replay", "--helpdesk", "acmee", "--all");

        HostRun[] runs = [list, one, again, all, both, slip];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.EqualTo(new[] { 0, 0, 1, 0, 2, 2 }), string.Join("\n", runs.Select(run => $"{run}")));
            Assert.That(list.Output, Does.Contain("acme/3").And.Contain("tried 2 times: Refused (422).").And.Contain("3 parked."));
            Assert.That(one.Output, Is.EqualTo("acme/2 is replayed."));
            Assert.That(again.Errors, Does.StartWith("acme/2 is not parked"));
            Assert.That(all.Output, Does.StartWith("2 tickets are replayed"));
            Assert.That(slip.Errors, Does.StartWith("There is no helpdesk acmee; the settings have acme."));
            Assert.That(await database.AskAsync<long>("select count(*) from tickets where state = 'received'"), Is.EqualTo(3));
        }
    }

    private static async Task<HttpStatusCode> ReplayAsync(TriageUnderTest triage, string role, string ticket, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/tickets/{ticket}/replay");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TriageUnderTest.KeyOf(role));
        using var answer = await triage.Http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
