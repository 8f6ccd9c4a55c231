using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(120_000)]
internal sealed class Importing_a_roster
{
    [TestCase("id,name,skills\n{0},Ken,refunds:3\n{0},Ken O.,\n", "roster.csv, Line 3: the id {0} stands in lines 2 and 3; each agent has one line.")]
    [TestCase("id,name,zone\n{0},Ken,Mars/Olympus\n", "roster.csv, Line 2: there is no time zone Mars/Olympus")]
    [TestCase("id,name\n{0},Ken\n4711,Nobody\n", "roster.csv, Line 3: the helpdesk has no agent 4711 who can have tickets.")]
    public async Task A_faulty_one_is_refused_with_its_line_and_the_last_one_stays(string csv, string why)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);
        var (id, file) = ($"{sandbox.Staff[^1].Id}", Path.Combine(folder.Path, "roster.csv"));

        await File.WriteAllTextAsync(file, $"id,name,capacity\n{id},Lena,4\n", cancellationToken);
        var first = await HostProcess.RunAsync(folder, settings, cancellationToken, "roster", "--data", file);
        await File.WriteAllTextAsync(file, csv.Replace("{0}", id, StringComparison.Ordinal), cancellationToken);
        var second = await HostProcess.RunAsync(folder, settings, cancellationToken, "roster", "--data", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.ExitCode, first.Output), Is.EqualTo((0, "1 agents of acme are on the roster.")), $"{first}");
            Assert.That(second.ExitCode, Is.EqualTo(1), $"{second}");
            Assert.That(second.Errors, Does.StartWith(why.Replace("{0}", id, StringComparison.Ordinal)).And.Contain("the last roster stays"));
            Assert.That(
                await database.AskAsync<string>("select string_agg(id || ' ' || name || ' ' || most_units, ', ') from agents"),
                Is.EqualTo($"{id} Lena 4"));
        }
    }

    [Test]
    public async Task Beside_a_helpdesk_that_is_away_it_is_imported_and_what_was_not_compared_is_said(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1")).With("ConnectionStrings__TicketTriage", database.ConnectionString);
        var file = Path.Combine(folder.Path, "roster.csv");
        await File.WriteAllTextAsync(file, "id,name\n4711,Lena\n", cancellationToken);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "roster", "--data", file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Errors, Does.StartWith("The agents of acme could not be asked for, so that no id was compared with them."));
            Assert.That(await database.AskAsync<long>("select count(*) from agents where id = '4711'"), Is.EqualTo(1));
        }
    }
}
