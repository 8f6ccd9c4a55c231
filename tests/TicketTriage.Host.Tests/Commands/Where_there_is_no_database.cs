namespace TicketTriage.Host.Tests.Commands;

/// <summary>An operator in the wrong folder, or without the service's environment.</summary>
[CancelAfter(180_000)]
internal sealed class Where_there_is_no_database
{
    [TestCase("audit verify")]
    [TestCase("audit export")]
    [TestCase("replay")]
    [TestCase("replay --all")]
    [TestCase("escalations")]
    [TestCase("erase --helpdesk acme --requester 1")]
    [TestCase("rules")]
    [TestCase("knowledge gaps")]
    [TestCase("learn --from-history --label intent --model model")]
    public async Task A_command_about_what_is_there_refuses_and_makes_none(string command)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(
            folder, new Dictionary<string, string>(), TestContext.CurrentContext.CancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")), $"{run}");
            Assert.That(run.Errors, Does.StartWith("No database is named, and there is none in ").And.Contain("run this where").And.Not.Contain("\n"));
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
        }
    }
}
