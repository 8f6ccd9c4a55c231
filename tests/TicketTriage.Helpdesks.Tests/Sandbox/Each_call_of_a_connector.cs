using TicketTriage.Helpdesks.Tests.Contract;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

/// <summary>
/// Makes both connectors send every call that they have, so that whatever stands between them and the sandbox can look at each: see
/// <c>tests/spec-check.sh</c>. A call that is new belongs into the list of its vendor.
/// </summary>
[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
[CancelAfter(120_000)]
public sealed class Each_call_of_a_connector(SandboxKind kind)
{
    /// <summary>All but those for accounts whose answers lack what Zendesk's description promises.</summary>
    private static readonly string[] OfZendesk =
    [
        "POST /oauth/tokens", "GET /api/v2/users/me", "GET /api/v2/tickets", "GET /api/v2/tickets/{id}", "PUT /api/v2/tickets/{id}",
        "GET /api/v2/tickets/{id}/comments", "GET /api/v2/tickets/{id}/audits", "GET /api/v2/tickets/{id}/slas/policy_metrics",
        "GET /api/v2/search/count", "GET /api/v2/incremental/tickets/cursor", "GET /api/v2/incremental/ticket_metric_events",
        "GET /api/v2/ticket_fields", "POST /api/v2/ticket_fields", "PUT /api/v2/ticket_fields/{id}", "GET /api/v2/groups",
        "GET /api/v2/group_memberships", "GET /api/v2/users", "GET /api/v2/routing/attributes",
        "GET /api/v2/routing/agents/instance_values", "GET /api/v2/routing/tickets/{id}/instance_values", "GET /api/v2/agent_availabilities",
        "GET /api/v2/help_center/incremental/articles",
        "GET /api/v2/macros/active", "GET /api/v2/webhooks", "POST /api/v2/webhooks", "GET /api/v2/webhooks/{ulid}/signing_secret",
        "GET /api/v2/triggers", "POST /api/v2/triggers",
    ];

    private static readonly string[] OfFreshdesk =
    [
        "GET /api/v2/agents/me", "GET /api/v2/tickets", "GET /api/v2/tickets/{id}", "PUT /api/v2/tickets/{id}",
        "GET /api/v2/tickets/{id}/conversations", "POST /api/v2/tickets/{id}/notes", "PUT /api/v2/tickets/{id}/summary",
        "GET /api/v2/tickets/archived/{id}", "GET /api/v2/tickets/archived/{id}/conversations", "GET /api/v2/search/tickets",
        "GET /api/v2/ticket_fields", "GET /api/v2/admin/ticket_fields", "GET /api/v2/admin/ticket_fields/{id}",
        "POST /api/v2/admin/ticket_fields", "PUT /api/v2/admin/ticket_fields/{id}", "GET /api/v2/groups", "GET /api/v2/agents",
        "GET /api/v2/admin/skills", "GET /api/v2/automations/{id}/rules", "POST /api/v2/automations/{id}/rules",
        "PUT /api/v2/automations/{id}/rules/{id}", "GET /api/v2/solutions/categories", "GET /api/v2/solutions/categories/{id}/folders",
        "GET /api/v2/solutions/folders/{id}/articles", "GET /api/v2/solutions/folders/{id}/subfolders",
        "GET /api/v2/canned_response_folders", "GET /api/v2/canned_response_folders/{id}/responses",
    ];

    [Test]
    public async Task All_of_them_are_known_to_the_sandbox()
    {
        var called = new HashSet<string>();
        foreach (var options in new SandboxOptions[]
        {
            new() { HasAvailability = true },
            new() { SlaRoutes = SlaRoutes.PolicyMetrics, SubscribesToTickets = false },
            new() { SlaRoutes = SlaRoutes.MetricEvents },
        })
        {
            await using var desk = await ContractDesk.StartAsync(kind, options);
            await WorkAsync(desk);
            await ReadAroundAsync(desk);
            await SetUpAsync(desk);
            called.UnionWith(desk.Sandbox.Journal.CallsByEndpoint.Keys);
        }

        Assert.That(called, Is.SupersetOf(kind == SandboxKind.Zendesk ? OfZendesk : OfFreshdesk));
    }

    /// <summary>A ticket's way: found among the changed, read with many messages, decided, written, found again; and old ones.</summary>
    private static async Task WorkAsync(ContractDesk desk)
    {
        var problem = desk.Sandbox.AddTicket(new NewTicket { Subject = "All is down", Body = "b", Priority = "urgent" }).Number;
        var number = desk.Sandbox.AddTicket(new NewTicket { Subject = "s", Body = "b", Tags = ["vip"], Priority = "low" }).Number;
        for (var message = 0; message < 120; message++)
        {
            desk.Sandbox.AddComment(number, new NewComment { Body = $"{message}" });
        }

        await desk.Helpdesk.IdentifyAsync(Patience());
        await desk.Helpdesk.FindAbilitiesAsync(Patience());
        var page = await desk.Helpdesk.ListChangedAsync(null, DateTimeOffset.UnixEpoch, Patience());
        await desk.Helpdesk.ListChangedAsync(page.Cursor, DateTimeOffset.UnixEpoch, Patience());
        await desk.Helpdesk.ListCommentsAsync($"{number}", 1_000, Patience());
        await desk.Helpdesk.ListCommentsAsync($"{number}", 5, Patience());

        await desk.Helpdesk.ListSkillsOfTicketAsync($"{number}", Patience());

        var change = ContractDesk.WithNote(desk.Change(await desk.ReadAsync(number, Patience())) with
        {
            AssigneeId = $"{desk.Sandbox.TeamLead.Id}",
            SummaryHtml = "<p>Wants a refund.</p>",
            Fields = new Dictionary<TriageField, string>
            {
                [TriageField.Intent] = "refund",
                [TriageField.Language] = "de",
                [TriageField.Product] = "shop",
            },
        });
        await desk.Helpdesk.ApplyAsync(change, Patience());
        await desk.Helpdesk.FindAppliedAsync($"{number}", change.TriageId, Patience());

        // On its own, since only a problem can be tied to, and only where the vendor ties.
        desk.Sandbox.EditAsPerson(problem, new TicketEdit { Type = desk.Sandbox.Kind == SandboxKind.Zendesk ? "problem" : "Problem" });
        var again = desk.Change(await desk.ReadAsync(number, Patience()));
        await desk.Helpdesk.ApplyAsync(
            new HelpdeskChange { Number = again.Number, TriageId = again.TriageId, Stamp = again.Stamp, ProblemNumber = $"{problem}" },
            Patience());

        if (desk.Sandbox.Kind == SandboxKind.Freshdesk)
        {
            desk.Sandbox.Archive(number);
            await desk.Helpdesk.FindTicketAsync($"{number}", Patience());
            await desk.Helpdesk.ListCommentsAsync($"{number}", 1_000, Patience());
        }
    }

    private static async Task ReadAroundAsync(ContractDesk desk)
    {
        var ticket = desk.Sandbox.AddTicket(new NewTicket { Subject = "s", Body = "b", Priority = "high" }).Number;
        await desk.Helpdesk.ListGroupsAsync(Patience());
        if (desk.Ways.People is { } people)
        {
            var agents = await people.ListAgentsAsync(Patience());
            await people.ListSkillsAsync(Patience());
            await people.ListPresenceAsync([.. agents.Select(agent => agent.Id)], Patience());
        }

        if (desk.Ways.ServiceLevels is { } serviceLevels)
        {
            await serviceLevels.FindClocksAsync($"{ticket}", Patience());
        }

        if (desk.Ways.Knowledge is { } knowledge)
        {
            ArticlePage? page = null;
            do
            {
                page = await knowledge.ListArticlesAsync(page?.Cursor, DateTimeOffset.UnixEpoch, Patience());
            }
            while (page.Cursor is not null);

            await knowledge.ListMacrosAsync(Patience());
        }

        if (desk.Ways.History is { } history)
        {
            await history.ReadPageAsync(null, DateTimeOffset.UnixEpoch, Patience());
        }
    }

    /// <summary>Twice, so that what is there is also found; one field is missing at first, one lacks a choice.</summary>
    private static async Task SetUpAsync(ContractDesk desk)
    {
        var setup = desk.Ways.Setup ?? throw new InvalidOperationException("The connector can't set up anything.");
        var product = desk.Sandbox.Fields.Single(field => field.Name == "triage_product");
        desk.Sandbox.ChangeField(product with { Name = "area", Title = "Area" });
        var wish = new SetupWish(
            new Uri("https://triage.acme.example/webhooks/acme"), SandboxCredentials.WebhookSecret, "triage_",
            new Dictionary<TriageField, IReadOnlyList<string>> { [TriageField.Intent] = ["refund", "billing", "complaint"] });

        desk.Sandbox.Webhooks = new() { IsOn = false };
        for (var time = 1; time <= 2; time++)
        {
            foreach (var step in await setup.PlanAsync(wish, Patience()))
            {
                await setup.CarryOutAsync(step, wish, Patience());
            }
        }

        await setup.FindWebhookSecretAsync(wish, Patience());
        await setup.CheckPermissionsAsync(Patience());
        Assert.That(await setup.PlanAsync(wish, Patience()), Has.All.Property(nameof(SetupStep.IsThere)).True);
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
