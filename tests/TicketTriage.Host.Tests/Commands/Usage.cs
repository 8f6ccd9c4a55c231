namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Usage
{
    private static readonly Dictionary<string, string> Nothing = [];

    [TestCase("--help")]
    [TestCase("serve", "--help")]
    [TestCase("demo", "--help")]
    [TestCase("check", "--help")]
    [TestCase("replay", "--help")]
    [TestCase("redact", "--help")]
    [TestCase("learn", "--help")]
    [TestCase("evaluate", "--help")]
    [TestCase("connect", "--help")]
    [TestCase("import", "--help")]
    public async Task Help_says_how_it_is_used(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, TestContext.CurrentContext.CancellationToken, arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.Contain("Usage:").And.Contain("Description:"));
            Assert.That(run.Errors, Is.Empty);
        }
    }

    [TestCase("sevre")]
    [TestCase("serve", "--role", "both")]
    [TestCase("serve", "--Helpdesk:acme:Kind=Zendesk")]
    [TestCase("check", "everything")]
    [TestCase("learn", "--data", "tickets.jsonl", "--label", "intent", "--folder", "model")]
    [TestCase("evaluate", "--data", "tickets.jsonl", "--model")]
    public async Task A_word_that_means_nothing_is_wrong_usage(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, TestContext.CurrentContext.CancellationToken, arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), $"{run}");
            Assert.That(run.Errors, Does.Contain(arguments[^1].Split('=')[0]).And.Contain("--help"));
            Assert.That(run.Output, Is.Empty);
        }
    }
}
