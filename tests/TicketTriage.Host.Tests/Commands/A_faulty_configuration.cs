namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class A_faulty_configuration
{
    private static readonly Dictionary<string, string> Good = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1"));

    private static readonly TestCaseData[] Faulty =
    [
        new("Helpdesks:acme:Knd", "Zendesk", "Helpdesks:acme:Knd: no such key; the nearest is Kind."),
        new("Helpdesks:acme:WebhookSecret", null, "Helpdesks:acme:WebhookSecret: expected"),
        new("Helpdesks:acme:Kind", null, "Helpdesks:acme:Kind: expected Zendesk or Freshdesk"),
        new("Helpdesks:acme:BaseUrl", "acme.zendesk.com", "Helpdesks:acme:BaseUrl: expected an address"),
        new("Model:Provdier", "OpenAI", "Model:Provdier: there is no such key; the nearest is Model:Provider."),
        new("Model:Provider", "OpenAI", "Model:Endpoint is missing"),
        new("Model:Provider", "Gemini", "Model:Provider: expected one of Local, AzureOpenAI, OpenAI, found \"Gemini\"."),
        new("Journey:Workers", "many", "Journey:Workers: expected a whole number, found \"many\"."),
        new("Journey:Workers", "0", "Journey:Workers is 0: it must lie between 1 and 500."),
        new("Journey:FirstRetry", "01:00:00", "Journey:FirstRetry is 01:00:00: it must lie between 00:00:00.01 and 00:01:00."),
        new("Intake:StoreTimeout", "soon", "Intake:StoreTimeout: expected a time written as hours:minutes:seconds, found \"soon\"."),
        new("Intake:MostWaiting", "-1", "Intake:MostWaiting is -1"),
        new("WriteBack:TagPrefix", "Triage-", "WriteBack:TagPrefix is Triage-"),
        new("WriteBack:SetGroup", "yes", "WriteBack:SetGroup: expected true or false, found \"yes\"."),
        new("Routing:Rules:0:Grup", "Billing", "Routing:Rules:0:Grup: there is no such key; the nearest is Routing:Rules:0:Group."),
        new("Access:ApiKeys:desk:Key", "short", "Access:ApiKeys:desk:Key needs 16 characters"),
        new("ConnectionStrings:TicketTriage", "db.example.com", "ConnectionStrings:TicketTriage can't be read"),
    ];

    [TestCaseSource(nameof(Faulty))]
    public void Is_refused_with_the_keys_name_before_anything_is_touched(string key, string? value, string sentence)
    {
        using var folder = new TemporaryFolder();
        var settings = Good.With(key.Replace(":", "__", StringComparison.Ordinal), value)
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value));
        var builder = InMemory.CreateBuilder(folder, settings);

        Assert.That(() => House.OpenAsync(builder, Role.All, CancellationToken.None), Throws.Exception.With.Message.Contains(sentence));
    }

    [Test]
    public async Task In_the_environment_ends_the_start_with_a_line_for_each_fault(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var settings = Good.With("Journey__Workers", "0").With("Intake__Writers", "0").With("Helpdesks__acme__Knd", "Zendesk");

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "serve", "--Logging:LogLevel:Default=None");

        AssertFailsWith(run, "Journey:Workers is 0", "Intake:Writers is 0", "Helpdesks:acme:Knd: no such key");
    }

    [TestCase(
        """{ "Helpdesk": { "acme": { "Kind": "Zendesk" } } }""", "Helpdesk: there is no such key (appsettings.json); the nearest is Helpdesks.")]
    [TestCase("""{ "WriteBack": { """, "appsettings.json")]
    public async Task In_a_file_ends_the_start_with_its_name(string file, string sentence, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), file, cancellationToken);

        var run = await HostProcess.RunAsync(folder, Good, cancellationToken, "check");

        AssertFailsWith(run, sentence);
    }

    private static void AssertFailsWith(HostRun run, params string[] sentences)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors.Split('\n'), Has.Length.EqualTo(sentences.Length), $"a line for each fault, and no more: {run}");
            foreach (var sentence in sentences)
            {
                Assert.That(run.Errors, Does.Contain(sentence));
            }
        }
    }
}
