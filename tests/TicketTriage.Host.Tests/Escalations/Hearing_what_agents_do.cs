using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Journey;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>Told of what <c>connect</c> subscribes to, and of nothing else, while agents do their work without a comment.</summary>
[CancelAfter(120_000)]
internal sealed class Hearing_what_agents_do
{
    private const string Matrix =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 9, "direction": "functional", "who": ["group"], "acknowledgeMinutes": 600, "by": ["note"] }] }],
          "atOnce": [{ "cause": "payment_stop", "words": ["stop payment"], "level": 1, "because": "the customer stops payment" }]
        }
        """;

    private static readonly NewTicket StopsPayment = new()
    {
        Subject = "Invoice 4711",
        Body = "Nobody answers me. I will stop payment until somebody looks into invoice 4711.",
    };

    [TestCase("solve", "closed prevented")]
    [TestCase("assign", "acknowledged assigned")]
    [TestCase("delete", "closed neutral")]
    [TestCase("spam", "closed neutral")]
    [TestCase("merge", "closed prevented")]
    public async Task By_a_subscription(string deed, string state)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var triage = await StartAsync(new SandboxOptions(), cancellationToken);
        var number = await EscalateAsync(triage, cancellationToken);

        Do(deed, number, triage.Sandbox);

        await BecomesAsync(state, triage, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);
        Assert.That(
            await triage.AskAsync<long>($"select count(*) from write_backs where number = '{number}'", cancellationToken), Is.EqualTo(1),
            "nothing is triaged anew");
    }

    [TestCase("solve", "closed prevented")]
    [TestCase("assign", "acknowledged assigned")]
    public async Task By_triggers(string deed, string state)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var triage = await StartAsync(new SandboxOptions { SubscribesToTickets = false }, cancellationToken);
        var number = await EscalateAsync(triage, cancellationToken);

        Do(deed, number, triage.Sandbox);

        await BecomesAsync(state, triage, cancellationToken);
    }

    [TestCase("solve", "closed prevented")]
    [TestCase("assign", "acknowledged assigned")]
    public async Task By_rules_of_a_freshdesk(string deed, string state)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var triage = await StartAsync(new SandboxOptions { Kind = SandboxKind.Freshdesk }, cancellationToken);
        var number = await EscalateAsync(triage, cancellationToken);

        Do(deed, number, triage.Sandbox);

        await BecomesAsync(state, triage, cancellationToken);
    }

    [TestCase("solve", "closed prevented")]
    [TestCase("assign", "acknowledged assigned")]
    [TestCase("delete", "closed neutral")]
    [TestCase("merge", "closed prevented")]
    public async Task By_looking_where_no_webhook_came(string deed, string state)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var triage = await StartAsync(new SandboxOptions(), cancellationToken);
        var number = await EscalateAsync(triage, cancellationToken);
        triage.Sandbox.Webhooks = triage.Sandbox.Webhooks with { IsOn = false };

        Do(deed, number, triage.Sandbox);
        var found = await triage.Services.GetRequiredService<Reconciler>().RunAsync(cancellationToken);

        await BecomesAsync(state, triage, cancellationToken);
        Assert.That(found, Does.Not.StartWith("0 "));
    }

    [Test]
    public async Task An_answer_in_time_counts_although_it_is_heard_of_with_the_end(CancellationToken cancellationToken)
    {
        await using var triage = await StartAsync(new SandboxOptions(), cancellationToken);
        var number = await EscalateAsync(triage, cancellationToken);
        triage.Sandbox.Webhooks = triage.Sandbox.Webhooks with { IsOn = false };

        // The helpdesk's times are whole seconds: an answer in the second of the escalation would seem to come before it.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, cancellationToken);
        triage.Sandbox.EditAsPerson(number, new TicketEdit { Status = "solved", Comment = new NewComment { Body = "It is settled, thank you." } });
        await triage.Services.GetRequiredService<Reconciler>().RunAsync(cancellationToken);

        await Eventually.GetAsync(
            () => triage.AskAsync<string>("select coalesce(acknowledged_how, '-') || ' ' || coalesce(outcome, '-') from escalations", cancellationToken),
            seen => seen == "answered prevented", cancellationToken);
    }

    [Test]
    public async Task What_this_service_has_written_is_watched_and_its_note_answers_nobody(CancellationToken cancellationToken)
    {
        await using var triage = await StartAsync(new SandboxOptions(), cancellationToken);

        var number = await EscalateAsync(triage, cancellationToken);
        var written = triage.Sandbox.GetTicket(number);
        await Eventually.GetAsync(
            () => triage.AskAsync<string>("select lower(priority) || ' ' || coalesce(group_id, '-') from watched_tickets", cancellationToken),
            seen => seen == $"{written.Priority} {(written.GroupId is { } group ? $"{group}" : "-")}", cancellationToken);
        triage.Sandbox.EditAsPerson(number, new TicketEdit { Status = "pending" });
        await Eventually.GetAsync(
            () => triage.AskAsync<string>("select status from watched_tickets", cancellationToken), status => status == "Pending", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written.Priority, Is.Not.Null, "a priority that only this service has set");
            Assert.That(await triage.AskAsync<string>("select events::text from watched_tickets", cancellationToken), Does.Not.Contain("AgentNote"));
        }
    }

    private static Task<TriageUnderTest> StartAsync(SandboxOptions sandbox, CancellationToken cancellationToken) =>
        TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            IsConnected = true,
            Sandbox = sandbox,
            Settings = new Dictionary<string, string?>
            {
                ["Escalations:Enabled"] = "true",
                ["Escalations:MatrixFile"] = MatrixFile(),
            },
        });

    private static string MatrixFile()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"matrix-{TestContext.CurrentContext.Test.ID}.json");
        File.WriteAllText(path, Matrix);
        return path;
    }

    private static async Task<long> EscalateAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var ticket = await triage.TriageAsync(StopsPayment, cancellationToken);
        await BecomesAsync("open -", triage, cancellationToken);
        return ticket.Number;
    }

    private static Task<string> BecomesAsync(string state, TriageUnderTest triage, CancellationToken cancellationToken) => Eventually.GetAsync(
        () => triage.AskAsync<string>(
            """
            select coalesce(max(state || ' ' || case state when 'acknowledged' then acknowledged_how else coalesce(outcome, '-') end), '')
            from escalations where cause = 'payment_stop'
            """,
            cancellationToken),
        seen => seen == state, cancellationToken);

    private static void Do(string deed, long number, SandboxHelpdesk sandbox)
    {
        switch (deed)
        {
            case "solve":
                sandbox.EditAsPerson(number, new TicketEdit { Status = "solved" });
                break;
            case "assign":
                sandbox.EditAsPerson(number, new TicketEdit { AssigneeId = sandbox.Staff[0].Id });
                break;
            case "delete":
                sandbox.Delete(number);
                break;
            case "spam":
                sandbox.MarkAsSpam(number);
                break;
            default:
                sandbox.Merge(number, sandbox.AddTicket("Another", "about the same").Number);
                break;
        }
    }
}
