using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Files_beside_messages
{
    [Test]
    public async Task Their_text_is_read_masked_and_kept_with_the_message(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var text = "Die Rechnung stimmt nicht. IBAN DE02120300000000202051"u8.ToArray();

        var ticket = await triage.TriageAsync(
            Mail.LateOrder with { Attachments = [SandboxAttachment.Of("rechnung.txt", "text/plain", text)] }, cancellationToken);

        Assert.That(
            await AskOfFileAsync(triage, ticket.Number, "text", cancellationToken),
            Is.EqualTo("Die Rechnung stimmt nicht. IBAN [IBAN_1]"));
    }

    [Test]
    public async Task One_that_lies_elsewhere_stays_unread_and_the_ticket_is_decided(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await using var stranger = await TriageUnderTest.StartAsync(cancellationToken);
        var file = new SandboxAttachment("a.txt", "text/plain", 8) { Elsewhere = new Uri(stranger.Sandbox.Address, "attachments/1") };

        var ticket = await triage.TriageAsync(Mail.LateOrder with { Attachments = [file] }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await triage.GetRecordAsync(ticket.Number, cancellationToken)).State, Is.EqualTo("written"));
            Assert.That(await AskOfFileAsync(triage, ticket.Number, "unread", cancellationToken), Is.EqualTo("Elsewhere"));
        }
    }

    private static Task<string> AskOfFileAsync(TriageUnderTest triage, long number, string property, CancellationToken cancellationToken) =>
        triage.AskAsync<string>(
            $"select conversation #>> '{{messages,0,attachments,0,{property}}}' from triages where number = '{number}'", cancellationToken);
}
