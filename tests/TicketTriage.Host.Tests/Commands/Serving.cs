using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Serving
{
    [Test]
    public async Task A_process_for_the_web_and_one_for_the_work_take_a_ticket_the_whole_way(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Access__ApiKeys__test__Key", "key-of-the-test-for-agents")
            .With("Access__ApiKeys__test__Role", "agent");
        await using var web = HostProcess.Start(folder, settings, "serve", "--role", "web");
        await using var worker = HostProcess.Start(folder, settings, "serve", "--role", "worker");
        using var http = new HttpClient { BaseAddress = new Uri(await web.WaitForLineAsync("Now listening on: ", cancellationToken)) };
        using var other = new HttpClient { BaseAddress = new Uri(await worker.WaitForLineAsync("Now listening on: ", cancellationToken)) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "key-of-the-test-for-agents");
        sandbox.ConnectWebhook(new SandboxWebhook(new Uri(http.BaseAddress, "webhooks/acme")));

        var number = sandbox.AddTicket(Mail.WrongInvoice).Number;
        var record = await Eventually.GetAsync(GetRecordAsync, record => record is { State: "written" }, cancellationToken);

        using var ready = await other.GetAsync("health/ready", cancellationToken);
        var health = await ready.Content.ReadAsStringAsync(cancellationToken);
        using var delivery = SignedDelivery.OfTicket(number).ToRequest("acme");
        using var delivered = await other.SendAsync(delivery, cancellationToken);
        HostRun[] runs = [await web.StopAsync(cancellationToken), await worker.StopAsync(cancellationToken)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record?.Decided.Intent.Value, Is.EqualTo("billing/invoice-wrong"));
            Assert.That(sandbox.GetTicket(number).Tags, Has.Exactly(4).StartsWith("triage_"));
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(sandbox.Journal.UnplannedCalls, Is.Empty);
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a worker says how it is");
            Assert.That(health, Does.Contain("database: ok\nhelpdesks: ok\nqueue: 0 waiting").And.Not.Contain("intake"));
            Assert.That(delivered.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "a worker takes nothing in");
            Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, $"{runs[0]}\n{runs[1]}");
        }

        async Task<TicketAnswer?> GetRecordAsync()
        {
            using var answer = await http.GetAsync($"api/tickets/acme/{number}", cancellationToken);
            return answer.StatusCode == HttpStatusCode.NotFound
                ? null
                : await answer.Content.ReadFromJsonAsync<TicketAnswer>(JsonSerializerOptions.Web, cancellationToken);
        }
    }

    [Test]
    public async Task What_is_under_way_at_the_stop_is_ended_in_peace(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1"))
            .With("ConnectionStrings__TicketTriage", database.ConnectionString);
        await using var web = HostProcess.Start(folder, settings, "serve", "--role=web");
        using var http = new HttpClient { BaseAddress = new Uri(await web.WaitForLineAsync("Now listening on: ", cancellationToken)) };
        using var body = new SlowContent();
        var answering = http.PostAsync("webhooks/acme", body, cancellationToken);
        await body.Begun;
        using var other = await http.GetAsync("health/live", cancellationToken);

        var stopping = web.StopAsync(cancellationToken);
        // Longer than a command line's own patience with a program that was told to end.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        body.End();

        using var answer = await answering;
        var run = await stopping;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "it was read to its end, and is not signed");
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
        }
    }

    [Test]
    public async Task A_ticket_whose_model_hangs_is_given_back_at_the_stop_and_done_by_another(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        await using var model = await ScriptedModel.StartAsync();
        model.Hangs().Otherwise(_ => ModelAnswers.LateOrder);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Model__Provider", "OpenAI")
            .With("Model__Endpoint", $"{new Uri(model.Address, "v1")}")
            .With("Model__ApiKey", "key-of-the-test")
            .With("Model__Deployment", "gpt-test")
            .With("Model__Timeout", "00:02:00")
            .With("Model__Budget", "00:05:00")
            // Nobody else would get the ticket by waiting.
            .With("Journey__Lease", "00:10:00")
            .With("Escalations__Enabled", "false");
        var number = sandbox.AddTicket(Mail.LateOrder).Number;
        await using var first = HostProcess.Start(folder, settings, "serve");
        using var http = new HttpClient { BaseAddress = new Uri(await first.WaitForLineAsync("Now listening on: ", cancellationToken)) };
        using var delivery = SignedDelivery.OfTicket(number).ToRequest("acme");
        using var accepted = await http.SendAsync(delivery, cancellationToken);
        await Eventually.TrueAsync(() => model.Calls.Count > 0, cancellationToken);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var run = await first.StopAsync(patience.Token);
        var givenBack = await database.AskAsync<bool>(
            "select lease_until is null and next_at <= now() and attempts = 0 and failures = 0 from tickets");
        await using var second = HostProcess.Start(folder, settings, "serve", "--role", "worker");
        await Eventually.TrueAsync(() => sandbox.Journal.ApiChanges.Count > 0, cancellationToken);
        await Eventually.GetAsync(() => database.AskAsync<string>("select outcome from tickets"), outcome => outcome == "written", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(givenBack, Is.True, "at once, and not counted as a failure");
            Assert.That(sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task An_address_that_is_taken_ends_it_with_one_sentence(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var taken = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Database(database.ConnectionString).With("Urls", $"{taken.Address}");

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "serve", "--Logging:LogLevel:Default=None");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain(taken.Address.Authority).And.Contain("in use"));
            Assert.That(run.Errors, Does.Not.Contain("\n"));
        }
    }

    /// <summary>A body that ends when it is told to.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => begun.Task;

        public void End() => ended.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{"u8.ToArray());
            await stream.FlushAsync();
            begun.SetResult();
            await ended.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
