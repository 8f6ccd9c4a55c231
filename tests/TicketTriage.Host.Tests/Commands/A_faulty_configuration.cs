namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class A_faulty_configuration
{
    private static readonly Dictionary<string, string> Good = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1"));

    private static readonly TestCaseData[] InTheEnvironment =
    [
        new TestCaseData(Good.With("Helpdesks__acme__Knd", "Zendesk"), "Helpdesks:acme:Knd: no such key; the nearest is Kind."),
        new TestCaseData(Good.With("Helpdesks__acme__WebhookSecret", null), "Helpdesks:acme:WebhookSecret: expected"),
        new TestCaseData(Good.With("Helpdesks__acme__Kind", null), "Helpdesks:acme:Kind: expected Zendesk"),
        new TestCaseData(Good.With("Helpdesks__acme__BaseUrl", "acme.zendesk.com"), "Helpdesks:acme:BaseUrl: expected an address"),
        new TestCaseData(Good.With("Model__Provdier", "OpenAI"), "Model:Provdier: there is no such key; the nearest is Model:Provider."),
        new TestCaseData(Good.With("Model__Provider", "OpenAI"), "Model:Endpoint is missing"),
        new TestCaseData(Good.With("Model__Provider", "Gemini"), "Model:Provider: expected one of Local, AzureOpenAI, OpenAI, found \"Gemini\"."),
        new TestCaseData(Good.With("Journey__Workers", "many"), "Journey:Workers: expected a whole number, found \"many\"."),
        new TestCaseData(Good.With("Journey__Workers", "0"), "Journey:Workers: expected 1 to 500."),
        new TestCaseData(Good.With("Routing__Rules__0__Grup", "Billing"), "Routing:Rules:0:Grup: there is no such key"),
        new TestCaseData(Good.With("Access__ApiKeys__desk__Key", "short"), "Access:ApiKeys:desk:Key needs 16 characters"),
        new TestCaseData(Good.With("ConnectionStrings__TicketTriage", "db.example.com"), "ConnectionStrings:TicketTriage can't be read"),
    ];

    [TestCaseSource(nameof(InTheEnvironment))]
    public async Task In_the_environment_ends_the_start_with_the_keys_name(
        Dictionary<string, string> settings, string sentence, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "serve", "--Logging:LogLevel:Default=None");

        AssertFailsWith(run, sentence);
    }

    [TestCase("""{ "Helpdesk": { "acme": { "Kind": "Zendesk" } } }""", "Helpdesk: there is no such key (appsettings.json); the nearest is Helpdesks.")]
    [TestCase("""{ "WriteBack": { "TeamLanguage": "fr" } }""", "WriteBack:TeamLanguage: expected en or de.")]
    [TestCase("""{ "WriteBack": { """, "appsettings.json")]
    public async Task In_a_file_ends_the_start_with_the_keys_name(string file, string sentence, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), file, cancellationToken);

        var run = await HostProcess.RunAsync(folder, Good, cancellationToken, "check");

        AssertFailsWith(run, sentence);
    }

    [Test]
    public async Task In_several_places_is_named_all_at_once(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var settings = Good.With("Journey__Workers", "0").With("Intake__Writers", "0").With("Helpdesks__acme__Kind", null);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        AssertFailsWith(run, "Journey:Workers: expected", "Intake:Writers: expected", "Helpdesks:acme:Kind: expected");
    }

    private static void AssertFailsWith(HostRun run, params string[] sentences)
    {
        var lines = run.Errors.Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(lines, Has.Length.EqualTo(sentences.Length), $"a line for each fault, and no more: {run}");
            foreach (var sentence in sentences)
            {
                Assert.That(run.Errors, Does.Contain(sentence));
            }
        }
    }
}
