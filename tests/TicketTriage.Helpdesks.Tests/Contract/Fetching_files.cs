using System.Text;
using TicketTriage.Helpdesks.Tests.Zendesk;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Contract;

/// <summary>What is in a file comes from the helpdesk's own hosts, or not at all.</summary>
[TestFixture(SandboxKind.Zendesk)]
[TestFixture(SandboxKind.Freshdesk)]
[CancelAfter(60_000)]
public class Fetching_files(SandboxKind kind)
{
    private const int Most = 1_000;

    [Test]
    public async Task The_helpdesk_gives_what_is_in_it(CancellationToken cancellationToken)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var file = await AttachAsync(desk, SandboxAttachment.Of("log.txt", "text/plain", "Error 17"u8.ToArray()), cancellationToken);

        var read = await desk.Helpdesk.ReadFileAsync(file, Most, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(read.Content.GetValueOrDefault().Span), Is.EqualTo("Error 17"));
            Assert.That(read.Unread, Is.Null);
        }
    }

    [Test]
    public async Task One_that_lies_elsewhere_is_left_there(CancellationToken cancellationToken)
    {
        await using var stranger = await ScriptedZendesk.StartAsync();
        await using var desk = await ContractDesk.StartAsync(kind);
        var file = await AttachAsync(
            desk, new SandboxAttachment("log.txt", "text/plain", 8) { Elsewhere = new Uri(stranger.Address, "log.txt") }, cancellationToken);

        var read = await desk.Helpdesk.ReadFileAsync(file, Most, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.Unread, read.Content), Is.EqualTo((UnreadFile.Elsewhere, (ReadOnlyMemory<byte>?)null)));
            Assert.That(stranger.Calls, Is.Empty);
        }
    }

    [Test]
    public async Task Neither_a_large_one_nor_one_that_is_larger_than_it_says_is_read(CancellationToken cancellationToken)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var large = SandboxAttachment.Of("a.txt", "text/plain", new byte[Most + 1]);

        var honest = await desk.Helpdesk.ReadFileAsync(await AttachAsync(desk, large, cancellationToken), Most, cancellationToken);
        var lying = await desk.Helpdesk.ReadFileAsync(await AttachAsync(desk, large with { Size = 5 }, cancellationToken), Most, cancellationToken);

        Assert.That((UnreadFile?[])[honest.Unread, lying.Unread], Is.All.EqualTo(UnreadFile.TooLarge));
    }

    [Test]
    public async Task One_that_is_gone_fails_nothing(CancellationToken cancellationToken)
    {
        await using var desk = await ContractDesk.StartAsync(kind);
        var file = await AttachAsync(desk, new SandboxAttachment("log.txt", "text/plain", 8), cancellationToken);

        Assert.That((await desk.Helpdesk.ReadFileAsync(file, Most, cancellationToken)).Unread, Is.EqualTo(UnreadFile.Away));
    }

    private static async Task<HelpdeskAttachment> AttachAsync(ContractDesk desk, SandboxAttachment file, CancellationToken cancellationToken)
    {
        var number = desk.Sandbox.AddTicket(new NewTicket { Subject = "s", Body = "b", Attachments = [file] }).Number;
        return (await desk.Helpdesk.ListCommentsAsync($"{number}", 10, cancellationToken))[0].Attachments[0];
    }
}
