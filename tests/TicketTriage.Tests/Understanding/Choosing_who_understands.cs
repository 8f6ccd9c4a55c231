using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class Choosing_who_understands
{
    private const string Refund = "billing/refund";

    private static readonly UnderstandingOptions AsCascade = new()
    {
        Mode = UnderstandingMode.Cascade,
        Bars = [new IntentBar("account/*", 0.98)],
        RiskSignals = [UrgencySignals.Legal],
    };

    [TestCase(Refund, 0.91, "", ExpectedResult = "local")]
    [TestCase(Refund, 0.9, "", ExpectedResult = "local")]
    [TestCase(Refund, 0.89, "", ExpectedResult = "model")]
    [TestCase("account/login", 0.95, "", ExpectedResult = "model")]
    [TestCase("account/login", 0.985, "", ExpectedResult = "local")]
    [TestCase(Refund, 0.97, UrgencySignals.Legal, ExpectedResult = "model")]
    [TestCase(Refund, 0.97, UrgencySignals.Deadline, ExpectedResult = "local")]
    [TestCase(Finding.Unclear, 0, "", ExpectedResult = "model")]
    public async Task<string> The_local_model_answers_alone_where_it_is_sure_and_nothing_is_at_risk(string intent, double confidence, string signal)
    {
        var local = new Fixed("local", AnUnderstanding.Of(intent, confidence, signals: signal.Length == 0 ? [] : [signal]));
        var model = new Fixed("model", AnUnderstanding.Of(Refund) with { Provider = "model" });

        var understanding = await UnderstandAsync(AsCascade, local, model);

        Assert.That(model.Asked, Is.EqualTo(understanding.Provider == "model" ? 1 : 0));
        return understanding.Provider;
    }

    [TestCase(null, null, ExpectedResult = "model")]
    [TestCase(null, "models/intent", ExpectedResult = "local")]
    [TestCase(UnderstandingMode.Local, null, ExpectedResult = "local")]
    [TestCase(UnderstandingMode.Model, "models/intent", ExpectedResult = "model")]
    [TestCase(UnderstandingMode.Cascade, null, ExpectedResult = "local")]
    public async Task<string> A_model_that_was_learnt_from_the_teams_tickets_may_answer_alone_by_default(UnderstandingMode? mode, string? learnt)
    {
        var local = new Fixed("local", AnUnderstanding.Of(Refund, 0.97));
        var model = new Fixed("model", AnUnderstanding.Of(Refund) with { Provider = "model" });

        return (await UnderstandAsync(new UnderstandingOptions { Mode = mode, IntentModel = learnt }, local, model)).Provider;
    }

    [Test]
    public async Task Two_who_agree_are_surer_than_two_who_do_not()
    {
        var model = new Fixed("model", AnUnderstanding.Of(Refund, 0.9) with { Provider = "model" });
        var asked = new UnderstandingOptions { Mode = UnderstandingMode.Model };

        var agreed = await UnderstandAsync(asked, new Fixed("local", AnUnderstanding.Of(Refund, 0.8)), model);
        var contradicted = await UnderstandAsync(asked, new Fixed("local", AnUnderstanding.Of("orders/late", 0.8)), model);
        var alone = await UnderstandAsync(asked, new Fixed("local", AnUnderstanding.Of(Finding.Unclear, 0)), model);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[] { contradicted, alone, agreed }.Select(one => one.Intent.Value), Has.All.EqualTo(Refund), "the model was asked and decides");
            Assert.That(
                new[] { contradicted, alone, agreed }.Select(one => one.Intent.Confidence), Is.Ordered.Ascending.And.All.InRange(0.2, 0.99));
            Assert.That(contradicted.Intent.Reasons, Does.Contain("The local model would have said orders/late."));
            Assert.That(agreed.Intent.Reasons, Does.Contain("The local model agrees."));
        }
    }

    [Test]
    public async Task Where_the_model_fails_the_local_answer_stands_however_unsure()
    {
        var local = new Fixed("local", AnUnderstanding.Of(Refund, 0.3));

        var understanding = await UnderstandAsync(AsCascade, local, new Fixed("model", null));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(understanding.Intent.Confidence, Is.EqualTo(0.3));
            Assert.That(understanding.StandsInBecause, Is.EqualTo("out of order"));
        }
    }

    private static Task<TicketUnderstanding> UnderstandAsync(UnderstandingOptions options, Fixed local, Fixed model) =>
        new Understander(local, model, options, NullLogger<Understander>.Instance)
            .UnderstandAsync(ATicket.Saying("Where is my money?"), SomeTaxonomy.Small, CancellationToken.None);

    private sealed class Fixed(string name, TicketUnderstanding? answer) : IUnderstandingProvider
    {
        public string Name => name;

        public int Asked { get; private set; }

        public Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(answer ?? throw new UnderstandingFailedException("out of order"));
        }
    }
}
