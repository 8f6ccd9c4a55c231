using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Connecting_a_helpdesk
{
    private const string SecretFile = "Helpdesks__acme__WebhookSecret";

    [Test]
    public async Task Everything_is_made_once_and_the_service_finds_the_secret_by_itself(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = WithoutSecret(sandbox).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var first = await ConnectAsync(folder, settings, cancellationToken);
        var second = await ConnectAsync(folder, settings, cancellationToken);
        var check = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        var secret = (await File.ReadAllTextAsync(PathOfSecret(folder), cancellationToken)).Trim();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, $"{first}");
            Assert.That(first.Output.Split("to make").Length - 1, Is.EqualTo(6), first.Output);
            Assert.That(second.ExitCode, Is.Zero, $"{second}");
            Assert.That(second.Output, Does.Not.Contain("to make"));
            Assert.That(first.Output + second.Output, Does.Not.Contain(secret), "it stays out of logs");
            Assert.That(check.ExitCode, Is.Zero, $"{check}");
            Assert.That(check.Output, Does.Contain("helpdesk acme: ok").And.Not.Contain("lacks"));
        }
    }

    [Test]
    public async Task The_secret_is_for_its_owner_alone(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such bits.");
            return;
        }

        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);

        await ConnectAsync(folder, WithoutSecret(sandbox), cancellationToken);

        var path = PathOfSecret(folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(path) ?? ""),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    [Test]
    public async Task An_agent_without_rights_is_told_what_is_missing_and_still_passes_the_check(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions { ServiceRole = "agent" }, cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var connect = await ConnectAsync(folder, settings, cancellationToken);
        var check = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(connect.Output, Does.Contain("missing").And.Contain("only administrators make ticket fields"));
            Assert.That(check.ExitCode, Is.Zero, $"{check}");
            Assert.That(check.Output, Does.Contain("the record of changes"));
        }
    }

    [TestCase("connect", "other", "--address", "https://triage.acme.example")]
    [TestCase("import", "other", "--since", "2026-01-01")]
    public async Task A_name_that_is_not_configured_is_named(params string[] arguments)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var settings = SettingsOf.Database(database.ConnectionString);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain("other").And.Not.Contain("   at "));
        }
    }

    [TestCase("connect", "acme", "--address", "triage")]
    [TestCase("import", "acme", "--since", "yesterday")]
    [TestCase("import", "acme")]
    public async Task Arguments_that_mean_nothing_are_wrong_usage(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var settings = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1"));

        var run = await HostProcess.RunAsync(folder, settings, TestContext.CurrentContext.CancellationToken, arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), $"{run}");
            Assert.That(run.Errors, Does.Contain("--help"));
        }
    }

    private static Dictionary<string, string> WithoutSecret(SandboxHelpdesk sandbox) =>
        SettingsOf.Helpdesk(sandbox.Address).With("Helpdesks__acme__WebhookSecret", null);

    private static Task<HostRun> ConnectAsync(
        TemporaryFolder folder, Dictionary<string, string> settings, CancellationToken cancellationToken) => HostProcess.RunAsync(
        folder, settings, cancellationToken, "connect", "acme", "--address", "http://127.0.0.1:5080", "--yes");

    private static string PathOfSecret(TemporaryFolder folder) => Path.Combine(folder.Path, "data", "secrets", SecretFile);
}
