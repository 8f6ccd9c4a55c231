using System.Text;
using TicketTriage.Policies;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>A lead has published rules and a taxonomy in the console; commands tell of the same ones by which tickets are decided.</summary>
[CancelAfter(120_000)]
internal sealed class What_commands_go_by
{
    private const string Rules =
        """
        { "fallbackGroup": "Support", "rules": [
          { "name": "moons", "when": { "field": "intent", "is": "moon/dust" }, "then": { "group": "Astronauts" } } ] }
        """;

    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task Rules_shows_what_a_lead_has_published(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        var file = Path.Combine(site.Folder.Path, "out.json");

        var run = await site.RunAsync(cancellationToken, "rules", "--to", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("1 rules, version r-7 (published)."));
            Assert.That(await File.ReadAllTextAsync(file, cancellationToken), Does.Contain("Astronauts"));
        }
    }

    [Test]
    public async Task A_rule_file_may_name_an_intent_that_only_the_published_taxonomy_has(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        var file = Path.Combine(site.Folder.Path, "rules.json");
        await File.WriteAllTextAsync(file, Rules, cancellationToken);

        var run = await site.RunAsync(cancellationToken, "rules", "--rules", file);

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.ToString());
    }

    [Test]
    public async Task A_published_version_stands_before_a_configured_file_with_faults(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        var file = Path.Combine(site.Folder.Path, "faulty.json");
        await File.WriteAllTextAsync(file, "{", cancellationToken);

        var run = await site.RunAsync(cancellationToken, "rules", $"--Routing:RulesFile={file}");

        Assert.That(run.Output, Does.Contain("version r-7 (published)"), run.ToString());
    }

    [Test]
    public async Task Without_a_publication_a_file_with_faults_is_told_of_in_one_line(CancellationToken cancellationToken)
    {
        await using var site = await Site.OpenAsync();
        var file = Path.Combine(site.Folder.Path, "faulty.json");
        await File.WriteAllTextAsync(file, """{ "fallbackGroup": "Support", "rules": [ { "name": "a" } ] }""", cancellationToken);

        var run = await site.RunAsync(cancellationToken, "rules", $"--Routing:RulesFile={file}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1).And.Some.StartsWith("The routing document has 2 faults: Line 1: "));
        }
    }

    [Test]
    public async Task Backtest_compares_with_what_is_published_and_says_so(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        await site.AddPastTicketsAsync(10, minutesApart: 20);
        var file = Path.Combine(site.Folder.Path, "rules.json");
        await File.WriteAllTextAsync(file, Rules.Replace("Astronauts", "Ground", StringComparison.Ordinal), cancellationToken);

        var run = await site.RunAsync(cancellationToken, "backtest", "--rules", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("Rules in force: version r-7 (published)").And.Contain("Taxonomy: version t-7"));
            Assert.That(run.Output, Does.Contain("10 past tickets, 10 would change").And.Contain("10 from Astronauts to Ground"));
        }
    }

    [Test]
    public async Task Another_roster_alone_is_tried_under_the_rules_in_force(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        await site.AddPastTicketsAsync(100, minutesApart: 2);
        await site.Database.AskAsync<int?>("insert into agents (helpdesk, id, name, known) values ('acme', '1', 'Anna', '{\"groups\":[\"Astronauts\"]}')");
        var roster = Path.Combine(site.Folder.Path, "roster.csv");
        await File.WriteAllTextAsync(roster, "id;name;groups\n1;Anna;Astronauts\n2;Ben;Astronauts\n3;Cleo;Astronauts\n", cancellationToken);

        var run = await site.RunAsync(cancellationToken, "backtest", "--roster", roster, "--helpdesk", "acme");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("Tried: the same").And.Contain("0 would change").And.Contain("Simulated with 1 agents before and 3 after"));
        }
    }

    [Test]
    public async Task What_a_roster_leaves_out_the_helpdesk_says_and_who_has_no_groups_is_in_all(CancellationToken cancellationToken)
    {
        await using var site = await PublishedAsync(cancellationToken);
        await site.AddPastTicketsAsync(100, minutesApart: 2);
        await site.Database.AskAsync<int?>("insert into agents (helpdesk, id, name, known) values ('acme', '1', 'Anna', '{\"groups\":[\"Astronauts\"]}')");
        await site.Database.AskAsync<int?>("insert into agents (helpdesk, id, name, known) values ('acme', '2', 'Ben', '{\"groups\":[\"Ground\"]}')");
        var roster = Path.Combine(site.Folder.Path, "roster.csv");

        async Task<HostRun> TryAsync(string lines)
        {
            await File.WriteAllTextAsync(roster, lines, cancellationToken);
            return await site.RunAsync(cancellationToken, "backtest", "--roster", roster, "--helpdesk", "acme");
        }

        var anna = await TryAsync("id;name;capacity\n1;Anna;2\n");
        var ben = await TryAsync("id;name;capacity\n2;Ben;2\n");
        var cleo = await TryAsync("id;name;capacity\n3;Cleo;2\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anna.Output, Does.Contain("Simulated with 2 agents before and 1 after").And.Not.Contain("Nobody has"), anna.ToString());
            Assert.That(ben.Output, Does.Contain("Nobody has what 0 tickets ask for before, and 100 after"), ben.ToString());
            Assert.That(cleo.Output, Does.Contain("2 agents before and 1 after").And.Not.Contain("Nobody has"), cleo.ToString());
        }
    }

    [Test]
    public async Task A_backtest_of_nothing_is_wrong_usage(CancellationToken cancellationToken)
    {
        await using var site = await Site.OpenAsync();

        var run = await site.RunAsync(cancellationToken, "backtest");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
    }

    private static async Task<Site> PublishedAsync(CancellationToken cancellationToken)
    {
        var site = await Site.OpenAsync();
        var desk = new PolicyDesk(site.Database.Pool, new PolicyBook(site.Database.Pool));
        await desk.PublishAsync(
            "taxonomy", "t-7", Taxonomy, "Lea", "The moon is ours.", PolicyDesk.Beginning, cancellationToken);
        await desk.PublishAsync("routing", "r-7", Rules, "Lea", "The moon is ours.", PolicyDesk.Beginning, cancellationToken);
        return site;
    }

    private static string Taxonomy
    {
        get
        {
            var shipped = ShippedPolicies.LoadTaxonomy().Content;
            return Encoding.UTF8.GetString(
                (shipped with { Intents = [.. shipped.Intents, shipped.Intents[0] with { Name = "moon/dust" }] }).ToJson());
        }
    }

    /// <summary>A database and a folder, and the product's commands on them.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private Site(TriageDatabase database) => Database = database;

        public TriageDatabase Database { get; }

        public TemporaryFolder Folder { get; } = new();

        public static async Task<Site> OpenAsync() => new(await TriageDatabase.CreateAsync());

        public Task<int?> AddPastTicketsAsync(int count, int minutesApart) => Database.AskAsync<int?>(
            $$$"""
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, updated_at)
            select 'acme', n::text, '', 'solved', 'normal', array[]::text[], '{"intent":"moon/dust"}', 'en', 'Dust', '[]',
                   timestamptz '2026-11-02T08:00:00Z' + n * interval '{{{minutesApart}}} minutes', now()
            from generate_series(1, {{{count}}}) n
            """);

        public Task<HostRun> RunAsync(CancellationToken cancellationToken, params string[] arguments) => HostProcess.RunAsync(
            Folder, Nothing, cancellationToken,
            [.. arguments, $"--ConnectionStrings:TicketTriage={Database.ConnectionString}", $"--DataDirectory={Folder.Path}"]);

        public async ValueTask DisposeAsync()
        {
            Folder.Dispose();
            await Database.DisposeAsync();
        }
    }
}
