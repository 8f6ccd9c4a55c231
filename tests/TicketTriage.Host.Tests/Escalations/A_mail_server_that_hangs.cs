using System.Globalization;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>A mail server that takes every call and never answers.</summary>
[CancelAfter(120_000)]
internal sealed class A_mail_server_that_hangs
{
    private static readonly NewTicket OpeningHours = new() { Subject = "Opening hours", Body = "When are you open on Saturday?", Priority = "urgent" };

    [Test]
    public async Task Other_escalations_come_while_it_hangs(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var mail = new MailTrap { IsMute = true };
        await using var webhook = await CallTrap.StartAsync(cancellationToken);
        await using var triage = await StartAsync(folder, mail, webhook, cancellationToken);

        triage.Sandbox.AddTicket(OpeningHours);
        await Eventually.TrueAsync(() => mail.Waiting == 1 && webhook.Calls.Count == 1, cancellationToken);
        var second = triage.Sandbox.AddTicket(OpeningHours with { Subject = "Closing hours" }).Number;
        // The first ticket's other clocks may be told of before it.
        await Eventually.TrueAsync(
            () => webhook.Calls.Any(call => call.Body.Contains($"\"number\":\"{second}\"", StringComparison.Ordinal)), cancellationToken);

        Assert.That(
            await triage.AskAsync<long>("select count(*) from messages where channel = 'mail' and state = 'sending'", cancellationToken),
            Is.EqualTo(1), "The first mail still hangs.");
    }

    private static async Task<TriageUnderTest> StartAsync(
        TemporaryFolder folder, MailTrap mail, CallTrap webhook, CancellationToken cancellationToken)
    {
        var matrix = Path.Combine(folder.Path, "escalation.json");
        await File.WriteAllTextAsync(matrix, Matrix, cancellationToken);
        return await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Settings = new Dictionary<string, string?>
            {
                ["Escalations:Enabled"] = "true",
                ["Escalations:MatrixFile"] = matrix,
                ["Escalations:People:lead:Email"] = "lead@acme.example",
                ["Escalations:Mail:Host"] = "127.0.0.1",
                ["Escalations:Mail:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
                ["Escalations:Mail:From"] = "triage@acme.example",
                ["Escalations:Mail:UseTls"] = "false",
                ["Escalations:WebhookUrl"] = $"{webhook.Address}",
                ["Escalations:WebhookSecret"] = "a-secret-of-the-test-with-enough-letters",
            },
        });
    }

    private const string Matrix =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [ { "name": "all", "levels": [
            { "atShare": 0.0001, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 60, "by": ["mail", "webhook"] } ] } ]
        }
        """;
}
