using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Samples;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class The_page_of_the_sandbox
{
    [Test]
    public async Task It_runs_no_script_but_its_own_file()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var page = await caller.GetAsync("/");
        var files = Reference().Matches(page.Text).Select(match => match.Groups["file"].Value).Where(file => file != "#").ToArray();

        Assert.That(page.Header("Content-Security-Policy"), Does.Contain("default-src 'none'").And.Not.Contain("unsafe"));
        Assert.That(page.Text, Does.Not.Match("<script(?![^>]*src=)|<style| on[a-z]+=| style="));
        Assert.That(files, Has.Length.GreaterThan(2).And.All.StartsWith("/"));
        foreach (var file in files)
        {
            Assert.That((await caller.GetAsync(file)).Status, Is.EqualTo(200), file);
        }
    }

    [Test]
    public async Task A_ticket_is_written_answered_and_read_there()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var written = await caller.PostAsync("/sandbox/tickets", new { name = "Ada Reiter", subject = "Lamp", text = "<b>Broken</b>" });
        await caller.PostAsync("/sandbox/tickets/1/messages", new { text = "Still broken" });
        await caller.ChangeAsync(1, new { comment = new { html_body = "<p>Angry</p>", @public = false } });
        var read = await caller.GetAsync("/sandbox/tickets/1");
        var list = await caller.GetAsync("/sandbox/tickets");

        Assert.That(written.Status, Is.EqualTo(201));
        Assert.That(read.ListAt("messages", "isPublic"), Is.EqualTo(new[] { "true", "true", "false" }));
        Assert.That(read.ListAt("messages", "author"), Is.EqualTo(new[] { "Ada Reiter", "Ada Reiter", "Triage Assistant" }));
        Assert.That(read.At("messages.0.html"), Is.EqualTo("null"));
        Assert.That((string?)read.Json?["messages"]?[0]?["text"], Is.EqualTo("<b>Broken</b>"));
        Assert.That((string?)read.Json?["messages"]?[2]?["html"], Is.EqualTo("<p>Angry</p>"));
        Assert.That((string?)list.Json?[0]?["requester"], Is.EqualTo("Ada Reiter"));
    }

    [TestCase("/sandbox/tickets", """{"name":"x","text":"no subject"}""", 400)]
    [TestCase("/sandbox/tickets", "[]", 400)]
    [TestCase("/sandbox/tickets/9/messages", """{"text":"x"}""", 404)]
    [TestCase("/sandbox/samples", """{"count":0}""", 400)]
    public async Task What_can_not_be_sent_is_refused_with_a_sentence(string path, string body, int status)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.PostAsync(path, System.Text.Json.JsonDocument.Parse(body).RootElement);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.At("error"), Does.EndWith("."));
    }

    [Test]
    public async Task Another_sites_page_can_not_write_here()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var client = new HttpClient { BaseAddress = helpdesk.Address };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var response = await client.PostAsJsonAsync("/sandbox/samples", new { count = 1 });

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
        Assert.That(helpdesk.FindTicket(1), Is.Null);
    }

    [Test]
    public async Task An_open_page_hears_of_every_change()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var client = new HttpClient { BaseAddress = helpdesk.Address, Timeout = TimeSpan.FromSeconds(20) };
        using var events = new StreamReader(await client.GetStreamAsync("/sandbox/events"));
        await events.ReadLineAsync();

        helpdesk.AddTicket("s", "b");
        string? line;
        do
        {
            line = await events.ReadLineAsync();
        }
        while (line is "");

        Assert.That(line, Is.EqualTo("data: [1]"));
    }

    [Test]
    public void The_samples_are_many_differ_and_write_from_nowhere_real()
    {
        var samples = new SampleTickets().All;

        Assert.That(samples, Has.Count.GreaterThanOrEqualTo(40));
        Assert.That(samples.Select(sample => sample.Subject), Is.Unique);
        Assert.That(samples.Select(sample => sample.RequesterEmail), Has.All.Match(@"[@.]example\.(com|org)$"));
        Assert.That(samples.Select(sample => sample.Body ?? sample.HtmlBody), Has.None.Null.And.None.Empty);
        Assert.That(samples.Count(sample => sample.HtmlBody is not null), Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public async Task Samples_can_be_there_from_the_start_be_asked_for_and_arrive_by_themselves()
    {
        var count = new SampleTickets().All.Count;
        await using var full = await SandboxHelpdesk.StartAsync(new() { WithSamples = true }, default);
        await using var empty = await SandboxHelpdesk.StartAsync(new(), default);
        var drip = new SampleDrip { After = TimeSpan.Zero, First = count, FirstPause = TimeSpan.FromMilliseconds(1) };
        await using var dripping = await SandboxHelpdesk.StartAsync(new() { Drip = drip }, default);
        using var caller = new SandboxCaller(empty);

        await caller.PostAsync("/sandbox/samples", new { count = count + 2 });

        Assert.That(full.Journal.Changes, Has.Count.EqualTo(count));
        Assert.That(empty.GetTicket(count + 1).Subject, Is.EqualTo(empty.GetTicket(1).Subject));
        Assert.That(() => dripping.Journal.Changes.Count, Is.EqualTo(count).After(10_000, 10));
    }

    [Test]
    public async Task An_answer_without_content_leaves_the_connection_open()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler);

        for (var i = 0; i < 5; i++)
        {
            using var reply = await http.DeleteAsync(new Uri(helpdesk.Address, "sandbox/faults"));
            Assert.That((int)reply.StatusCode, Is.EqualTo(204));
        }

        Assert.That(connections, Is.EqualTo(1));
    }

    [GeneratedRegex("(?:src|href)=\"(?<file>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}
