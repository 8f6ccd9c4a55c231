using System.Net;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Agents;
using TicketTriage.Host.Access;
using TicketTriage.Host.Health;
using TicketTriage.Host.Jobs;
using TicketTriage.Host.Live;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Insights;
using TicketTriage.Jobs;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Jobs;

[CancelAfter(120_000)]
internal sealed class Job_pages
{
    private static readonly JobSchedule Schedule =
        new([RecurringJob.Of<ScriptedWork>("sweep", "0 3 1 1 *", "Sweeps <the> floor.")]);

    [Test]
    public async Task Show_what_runs_and_take_requests(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var door = await OpenAsync(database, new WorkScript(), cancellationToken);
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);

        using var asked = await Door.SubmitAsync(browser, "/jobs", "/jobs/sweep/run", [], cancellationToken);
        using var paused = await Door.SubmitAsync(browser, "/jobs", "/jobs/sweep/pause", [], cancellationToken);
        var history = await Eventually.GetAsync(
            () => browser.GetStringAsync("/jobs/sweep", cancellationToken), page => page.Contains("Did it."), cancellationToken);
        var list = await browser.GetStringAsync("/jobs?asked=sweep", cancellationToken);
        using var resumed = await Door.SubmitAsync(browser, "/jobs", "/jobs/sweep/resume", [], cancellationToken);
        var after = await browser.GetStringAsync("/jobs", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Headers.Location?.OriginalString, Is.EqualTo("/jobs?asked=sweep"));
            Assert.That(paused.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(resumed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(history, Does.Contain("done"));
            Assert.That(list, Does.Contain("sweep was asked to run").And.Contain("paused by otto"));
            Assert.That(list, Does.Contain("Sweeps &lt;the&gt; floor."));
            Assert.That(after, Does.Not.Contain("paused by").And.Contain("Next run"));
        }
    }

    [TestCase("insert into job_pauses values ('sweep', now(), 'lea')")]
    [TestCase("insert into job_runs (name, due_at, started_at, attempts, process) values ('sweep', now(), now(), 1, 'p')")]
    [TestCase("update job_runs set ended_at = now(), outcome = 'Did it.' where name = 'sweep'")]
    [TestCase("update tickets set outcome = 'parked', reason = 'r', changed_at = now()")]
    public async Task Hear_of_what_they_show_without_being_loaded_again(string happens)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """
            insert into tickets (helpdesk, number, wanted, done, outcome) values ('acme', '1', 1, 1, 'written');
            insert into job_runs (name, due_at, started_at, attempts, process)
            values ('sweep', now() - interval '1 day', now() - interval '1 day', 1, 'p');
            """);
        await using var door = await OpenAsync(database, new WorkScript(), cancellationToken);
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);
        var page = await browser.GetStringAsync("/jobs", cancellationToken);
        await using var stream = await browser.GetStreamAsync("/live/jobs", cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        await events.MoveNextAsync();
        var first = events.Current.EventType;
        await database.AskAsync<object>(happens);
        await events.MoveNextAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, events.Current.EventType), Is.EqualTo(("hello", "change")));
            Assert.That(
                page,
                Does.Contain("data-live-from=\"/live/jobs\"").And.Contain("data-live=\"health\"").And.Contain("data-live=\"parked\"")
                    .And.Contain("data-live=\"job-sweep\""));
        }
    }

    [TestCase(null, HttpStatusCode.Redirect, HttpStatusCode.BadRequest)]
    [TestCase(Door.AgentKey, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Door.LeadKey, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Door.OpsKey, HttpStatusCode.OK, HttpStatusCode.BadRequest)]
    [TestCase(Door.AdminKey, HttpStatusCode.OK, HttpStatusCode.BadRequest)]
    public async Task Are_for_those_who_run_the_service(string? key, HttpStatusCode reading, HttpStatusCode pressing)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        await using var door = await OpenAsync(database, script, CancellationToken.None);
        using var browser = key is null ? door.Browser() : await door.SignedInAsync(key, CancellationToken.None);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");

        foreach (var path in Paths())
        {
            using var read = await browser.GetAsync(path);
            Assert.That(read.StatusCode, Is.EqualTo(reading), path);
        }

        using var nothing = new FormUrlEncodedContent([]);
        using var pressed = await browser.PostAsync("/jobs/sweep/run", nothing);
        Assert.That(pressed.StatusCode, Is.EqualTo(key is null ? HttpStatusCode.Redirect : pressing));
        Assert.That(script.Started, Is.Zero);
    }

    [Test]
    public async Task Take_requests_of_a_program_with_a_key(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        await using var door = await OpenAsync(database, script, cancellationToken);
        using var program = door.Program(Door.OpsKey);

        using var answer = await program.PostAsync("/jobs/sweep/run", content: null, cancellationToken);
        using var unknown = await program.PostAsync("/jobs/sleep/run", content: null, cancellationToken);
        await Eventually.TrueAsync(() => script.Started == 1, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task Show_what_is_parked_and_bring_it_back_once(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, outcome, reason, tries) select 'acme', n::text, 1, 'parked', 'Refused <422>.', 4 "
            + "from generate_series(1, 3) n");
        await using var door = await OpenAsync(database, new WorkScript(), cancellationToken);
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);

        var list = await browser.GetStringAsync("/jobs", cancellationToken);
        using var one = await Door.SubmitAsync(browser, "/jobs", "/jobs/parked/acme/2/replay", [], cancellationToken);
        using var again = await Door.SubmitAsync(browser, "/jobs", "/jobs/parked/acme/2/replay", [], cancellationToken);
        using var all = await Door.SubmitAsync(browser, "/jobs", "/jobs/parked/replay", [], cancellationToken);
        var after = await browser.GetStringAsync("/jobs?replayed=2", cancellationToken);

        string?[] answers = [.. new[] { one, again, all }.Select(answer => answer.Headers.Location?.OriginalString)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(list, Does.Contain("acme/2").And.Contain("Refused &lt;422&gt;.").And.Contain("never decided"));
            Assert.That(answers, Is.EqualTo(new[] { "/jobs?replayed=1", "/jobs?replayed=0", "/jobs?replayed=2" }));
            Assert.That(after, Does.Contain("2 tickets are replayed").And.Not.Contain("acme/2"));
            Assert.That(await database.AskAsync<string>("select distinct reason from tickets"), Is.EqualTo("Replayed by otto."));
        }
    }

    [TestCase(null, HttpStatusCode.Redirect)]
    [TestCase(Door.LeadKey, HttpStatusCode.Forbidden)]
    [TestCase(Door.OpsKey, HttpStatusCode.BadRequest)]
    public async Task Replay_only_what_those_ask_who_run_the_service(string? key, HttpStatusCode expected)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>("insert into tickets (helpdesk, number, wanted, outcome) values ('acme', '2', 1, 'parked')");
        await using var door = await OpenAsync(database, new WorkScript(), CancellationToken.None);
        using var browser = key is null ? door.Browser() : await door.SignedInAsync(key, CancellationToken.None);

        foreach (var path in new[] { "/jobs/parked/replay", "/jobs/parked/acme/2/replay" })
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await browser.PostAsync(path, form);
            Assert.That(answer.StatusCode, Is.EqualTo(expected), $"{path}, as from another site");
        }

        Assert.That(await database.AskAsync<string>("select state from tickets"), Is.EqualTo("parked"));
    }

    [Test]
    public async Task Lead_to_the_engines_own_dashboard_where_it_has_one(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var door = await OpenAsync(database, new WorkScript(), cancellationToken);
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);

        var page = await browser.GetStringAsync("/jobs", cancellationToken);

        Assert.That(page.Contains("href=\"/hangfire\"", StringComparison.Ordinal), Is.EqualTo(EngineDriver.Dashboard == "/hangfire"));
    }

    [Test]
    public async Task Let_that_dashboard_have_its_styles_and_nothing_from_elsewhere(CancellationToken cancellationToken)
    {
        await using var door = await Door.OpenAsync(
            cancellationToken, map: app => app.MapGet("/hangfire/like", () => "in").RequireAuthorization(Roles.Ops));
        using var browser = await door.SignedInAsync(Door.OpsKey, cancellationToken);

        using var answer = await browser.GetAsync("/hangfire/like", cancellationToken);
        using var ours = await browser.GetAsync("/pages/ops", cancellationToken);

        var policy = Policy(answer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(policy["default-src"], Is.EqualTo("'none'"));
            Assert.That(policy["script-src"], Is.EqualTo("'self'"));
            Assert.That(policy["style-src"], Is.EqualTo("'self' 'unsafe-inline'"));
            Assert.That(policy["font-src"], Is.EqualTo("'self'"));
            Assert.That(policy.Values.SelectMany(sources => sources.Split(' ')), Is.All.AnyOf("'none'", "'self'", "'unsafe-inline'", "data:"));
            Assert.That(Policy(ours)["style-src"], Is.EqualTo("'self'"));
        }
    }

    private static Dictionary<string, string> Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ")
            .ToDictionary(part => part.Split(' ')[0], part => part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    private static string[] Paths() =>
        EngineDriver.Dashboard is { } dashboard ? ["/jobs", "/jobs/sweep", dashboard] : ["/jobs", "/jobs/sweep"];

    private static Task<Door> OpenAsync(TriageDatabase database, WorkScript script, CancellationToken cancellationToken) => Door.OpenAsync(
        cancellationToken,
        add: builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new($"ConnectionStrings:{StorageServices.ConnectionName}", database.ConnectionString)]);
            JobProcess.KeepLog(builder, script);
            builder.Services.AddSingleton(script);
            builder.AddStorage();
            builder.AddJobs(Schedule);
            builder.AddJobEngine(runs: true);
            builder.Services.AddSingleton<HelpdeskFailures>();
            builder.Services.AddSingleton<TicketList>();
            builder.Services.AddSingleton<AgentBook>();
            builder.Services.AddSingleton<LiveFeed>();
            builder.Services.AddSingleton<HealthLook>();
        },
        map: app => app.MapJobPages());
}
