using System.Text;
using TicketTriage.Helpdesks.Tests.Freshdesk;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests;

/// <summary>A file's address may send on, and may lie.</summary>
[CancelAfter(30_000)]
public class Files_of_others
{
    [Test]
    public async Task No_redirect_leads_away_from_the_helpdesk([Values(301, 302, 303, 307, 308)] int status, CancellationToken cancellationToken)
    {
        await using var stranger = await ScriptedZendesk.StartAsync();
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /attachments/token/1", Reply.Status(status, ("Location", new Uri(stranger.Address, "file").ToString())));

        var read = await connected.Helpdesk.ReadFileAsync(FileAt(connected.Zendesk.Address, "attachments/token/1"), 100, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Unread, Is.EqualTo(UnreadFile.Elsewhere));
            Assert.That(stranger.Calls, Is.Empty);
        }
    }

    [Test]
    public async Task A_redirect_at_home_is_followed_a_few_times(CancellationToken cancellationToken)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /a", Reply.Status(302, ("Location", "/b")));
        connected.Zendesk.Plan("GET /b", Reply.Json("\"here\""));
        connected.Zendesk.Plan("GET /round", [.. Enumerable.Repeat(Reply.Status(302, ("Location", "/round")), 4)]);

        var read = await connected.Helpdesk.ReadFileAsync(FileAt(connected.Zendesk.Address, "a"), 100, cancellationToken);
        var endless = await connected.Helpdesk.ReadFileAsync(FileAt(connected.Zendesk.Address, "round"), 100, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(read.Content.GetValueOrDefault().Span), Is.EqualTo("\"here\""));
            Assert.That(endless.Unread, Is.EqualTo(UnreadFile.Elsewhere));
            Assert.That(connected.Zendesk.Calls.Select(call => call.Authorization), Has.All.StartsWith("Bearer "), "Files may be private.");
        }
    }

    [TestCase("https://p18.zdusercontent.com/attachment/1?token=x", true)]
    [TestCase("http://p18.zdusercontent.com/attachment/1", false, TestName = "Not_without_tls")]
    [TestCase("https://zdusercontent.com.evil.example/1", false, TestName = "Not_where_the_name_only_begins_so")]
    [TestCase("https://evilzdusercontent.com/1", false, TestName = "Not_where_the_name_only_ends_so")]
    [TestCase("https://p18.zdusercontent.com@evil.example/1", false, TestName = "Not_where_it_is_only_the_user")]
    [TestCase("https://p18.zdusercontent.com:8443/1", false, TestName = "Not_at_another_port")]
    [TestCase("https://169.254.169.254/latest/meta-data", false, TestName = "Not_inside_the_network")]
    public void Zendesk_keeps_files_on_hosts_of_its_own(string address, bool isOwn) =>
        Assert.That(new FilePlace(".zdusercontent.com").Has(new Uri(address)), Is.EqualTo(isOwn));

    [TestCase("https://s3.amazonaws.com/cdn.freshdesk.com/data/1", true)]
    [TestCase("https://s3.amazonaws.com/evil/cdn.freshdesk.com/1", false, TestName = "Not_in_a_bucket_of_others")]
    [TestCase("https://s3.amazonaws.com/cdn.freshdesk.com/../evil/1", false, TestName = "Not_by_way_of_theirs")]
    public void Freshdesk_shares_its_host_with_others(string address, bool isOwn) =>
        Assert.That(new FilePlace("s3.amazonaws.com", "/cdn.freshdesk.com/").Has(new Uri(address)), Is.EqualTo(isOwn));

    [Test]
    public async Task The_key_of_freshdesk_stays_at_home_too(CancellationToken cancellationToken)
    {
        await using var stranger = await ScriptedFreshdesk.StartAsync();
        await using var connected = await ConnectedFreshdesk.StartAsync();

        var read = await connected.Helpdesk.ReadFileAsync(FileAt(stranger.Address, "attachments/1"), 100, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Unread, Is.EqualTo(UnreadFile.Elsewhere));
            Assert.That(stranger.Calls, Is.Empty);
        }
    }

    private static HelpdeskAttachment FileAt(Uri address, string path) => new("a.txt", "text/plain", 10) { Address = new Uri(address, path) };
}
