using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Helpdesks;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Tests.Models;
using TicketTriage.Tickets;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

[CancelAfter(60_000)]
public sealed class UnderstanderTests
{
    [Test]
    public async Task Without_a_model_the_local_provider_answers_in_nobodys_place(CancellationToken cancellationToken)
    {
        var understander = new Understander(new Local(), model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);

        var understanding = await understander.UnderstandAsync(Ticket("de", 0.9), SomeTaxonomy.Small, cancellationToken);

        Assert.That(understanding.Provider, Is.EqualTo("local"));
        Assert.That(understanding.StandsInBecause, Is.Null);
    }

    [TestCase("billing/refund", IntentRisk.High)]
    [TestCase("orders/late", IntentRisk.Low)]
    [TestCase(Finding.Unclear, null)]
    public async Task A_decision_says_how_much_harm_a_wrong_answer_could_do(string intent, IntentRisk? risk)
    {
        var local = new Local { Intent = new Finding(intent, 0.9, []) };
        var understander = new Understander(local, model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);

        var understanding = await understander.UnderstandAsync(
            Ticket("de", 0.9), ShippedPolicies.LoadTaxonomy().Content, CancellationToken.None);

        Assert.That(understanding.Risk, Is.EqualTo(risk));
    }

    [Test]
    public async Task What_stands_in_a_file_is_not_asked_for(CancellationToken cancellationToken)
    {
        var file = new CleanFile("order.txt", FileKinds.Text, 30, "Order number: 100482");
        var ticket = ATicket.Saying("My parcel has not been delivered, tracking does not move. See the file.");
        ticket = ticket with { Messages = [ticket.Messages[0] with { Attachments = [file] }] };
        var local = new LocalUnderstanding(NullLogger<LocalUnderstanding>.Instance);
        var understander = new Understander(local, model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);

        var understanding = await understander.UnderstandAsync(ticket, ShippedPolicies.LoadTaxonomy().Content, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(understanding.Fields, Is.EqualTo(new Dictionary<string, string> { ["order_number"] = "100482" }));
            Assert.That(understanding.Missing, Is.Empty);
        }
    }

    [Test]
    public async Task Where_the_model_talks_nonsense_the_local_provider_stands_in(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Answers("Sure! Here it is."));
        var understander = new Understander(
            new Local(), new ModelUnderstanding(model, []), new UnderstandingOptions(), NullLogger<Understander>.Instance);

        var understanding = await understander.UnderstandAsync(Ticket("de", 0.9), SomeTaxonomy.Small, cancellationToken);

        Assert.That(understanding.Provider, Is.EqualTo("local"));
        Assert.That(understanding.StandsInBecause, Is.EqualTo("The model's answer is not JSON."));
    }

    [Test]
    public async Task A_caller_who_leaves_gets_no_stand_in()
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Hangs());
        var understander = new Understander(
            new Local(), new ModelUnderstanding(model, []), new UnderstandingOptions(), NullLogger<Understander>.Instance);
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(
            () => understander.UnderstandAsync(Ticket("de", 0.9), SomeTaxonomy.Small, leaving.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("nl", ExpectedResult = "nl")]
    [TestCase("de", ExpectedResult = "de")]
    public async Task<string> What_a_model_takes_a_language_for_counts_only_among_the_teams(string teams)
    {
        var understander = new Understander(new Local(), model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance)
        {
            Languages = [teams],
        };

        return (await understander.UnderstandAsync(Ticket("de", 0.4), SomeTaxonomy.Small, CancellationToken.None)).Language.Value;
    }

    [TestCase("crack.jpg", 240_000, ExpectedResult = "picture_attached")]
    [TestCase("logo.png", 4_000, ExpectedResult = "")]
    [TestCase("invoice.pdf", 80_000, ExpectedResult = "document_attached")]
    [TestCase("orders.xlsx", 80_000, ExpectedResult = "spreadsheet_attached")]
    [TestCase("noise.mov", 40_000_000, ExpectedResult = "recording_attached large_file_attached")]
    [TestCase("logs.zip", 9_000, ExpectedResult = "archive_attached")]
    [TestCase("trace.log", 12_000_000, ExpectedResult = "large_file_attached")]
    [TestCase("note.txt", 900, ExpectedResult = "")]
    public async Task<string> What_was_sent_beside_the_words_is_a_signal_whoever_understands_the_words(string name, long bytes)
    {
        var understander = new Understander(new Local(), model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);
        var file = FileReader.Read(new HelpdeskAttachment(name, "application/octet-stream", bytes), new HiddenText());
        var sent = Ticket("en", 0.9) with { Messages = [ATicket.FromCustomer("Look.") with { Attachments = [file, file] }] };
        var answer = Ticket("en", 0.9) with { Messages = [ATicket.FromAgent("Look.") with { Attachments = [file] }] };

        var understanding = await understander.UnderstandAsync(sent, SomeTaxonomy.Small, CancellationToken.None);
        var ofAnswer = await understander.UnderstandAsync(answer, SomeTaxonomy.Small, CancellationToken.None);

        Assert.That(ofAnswer.Signals, Is.Empty);
        return string.Join(' ', understanding.Signals);
    }

    [TestCase("de", 0.9, ExpectedResult = "de")]
    [TestCase("de", 0.4, ExpectedResult = "nl")]
    [TestCase(Finding.Unclear, 0.0, ExpectedResult = "nl")]
    public async Task<string> The_counted_language_wins_unless_it_is_a_guess(string counted, double confidence)
    {
        var understander = new Understander(new Local(), model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);

        return (await understander.UnderstandAsync(Ticket(counted, confidence), SomeTaxonomy.Small, CancellationToken.None)).Language.Value;
    }

    [TestCase("Local", false)]
    [TestCase("OpenAI", true)]
    public async Task The_configuration_decides_whether_a_model_is_asked(string provider, bool isAsked)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Otherwise(_ => "{}");
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Model:Provider"] = provider,
            ["Model:Endpoint"] = $"{server.Address}v1/",
            ["Model:Deployment"] = "gpt-test",
            ["Model:ApiKey"] = "k",
        });
        builder.AddPolicies();
        builder.AddReading();
        builder.Services.AddSingleton<ITokenLedger, UnlimitedTokens>();
        builder.Services.AddSingleton<ICorrectedTickets, NoCorrectedTickets>();
        builder.AddModels();
        builder.AddUnderstanding();
        builder.Services.AddLogging();
        builder.Services.AddKeyedSingleton<IUnderstandingProvider>(Understander.Local, new Local());
        await using var services = builder.Services.BuildServiceProvider();

        var understanding = await services.GetRequiredService<Understander>()
            .UnderstandAsync(Ticket("de", 0.9), SomeTaxonomy.Small, CancellationToken.None);

        Assert.That(server.Calls, Has.Count.EqualTo(isAsked ? 1 : 0));
        Assert.That(understanding.StandsInBecause, isAsked ? Does.Contain("lacks summary") : Is.Null);
    }

    private static CleanTicket Ticket(string language, double confidence) => new()
    {
        Id = new TicketId("acme", "7"),
        Subject = "Lampe",
        Language = new Finding(language, confidence, []),
        ContentHash = "",
    };

    private sealed class Local : IUnderstandingProvider
    {
        public string Name => Understander.Local;

        public Finding Intent { get; init; } = Finding.Nothing("a test");

        public Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken) =>
            Task.FromResult(new TicketUnderstanding
            {
                Intent = Intent,
                Product = Finding.Nothing("a test"),
                Sentiment = new Finding("neutral", 1, []),
                Language = new Finding("nl", 0.7, []),
                Summary = "",
                Provider = Name,
                ModelVersion = "1",
            });
    }
}
