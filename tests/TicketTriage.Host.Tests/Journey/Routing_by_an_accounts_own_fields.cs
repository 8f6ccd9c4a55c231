using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Routing_by_an_accounts_own_fields
{
    [Test]
    public async Task A_rule_that_asks_for_one_decides_a_live_ticket_and_says_so(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var rules = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(
            rules,
            """
            { "fallbackGroup": "Support", "rules": [
              { "name": "gold", "when": { "field": "fields.Customer_plan", "is": "gold" }, "then": { "group": "Billing" } } ] }
            """,
            cancellationToken);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Sandbox = new() { Fields = [new NewField("Customer plan", SandboxFieldKind.Choice, "gold", "silver")] },
            Settings = new Dictionary<string, string?> { ["Routing:RulesFile"] = rules },
        });

        var gold = await triage.TriageAsync(
            Mail.LateOrder with { CustomFields = new Dictionary<string, string> { ["customer_plan"] = "gold" } }, cancellationToken);
        var silver = await triage.TriageAsync(
            Mail.LateOrder with { CustomFields = new Dictionary<string, string> { ["customer_plan"] = "silver" } }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(NameOf(triage, gold), Is.EqualTo("Billing"));
            Assert.That(NameOf(triage, silver), Is.EqualTo("Support"));
            Assert.That(
                await triage.AskAsync<string>($"select route ->> 'reasons' from triages where number = '{gold.Number}'", cancellationToken),
                Does.Contain("fields.customer_plan gold"));
        }
    }

    private static string? NameOf(TriageUnderTest triage, SandboxTicket ticket) =>
        triage.Sandbox.Groups.FirstOrDefault(group => group.Id == ticket.GroupId)?.Name;
}
