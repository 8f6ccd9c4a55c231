using Microsoft.Extensions.Options;
using TicketTriage.Models;
using TicketTriage.Reading;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Models;

/// <summary>A helpdesk's tokens of a day, kept for all processes in one table.</summary>
[CancelAfter(60_000)]
public sealed class TokenLedgerTests
{
    private const string Helpdesk = "acme";
    private const string OneVector =
        """
        {"object":"list","model":"embed-test","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAAA="}],"usage":{"prompt_tokens":7,"total_tokens":7}}
        """;

    private const string OneAnswer =
        """
        {"id":"1","object":"chat.completion","created":1760000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{}"},"finish_reason":"stop"}]USAGE}
        """;

    private const string Sum = "select tokens from token_spending where helpdesk = 'acme'";

    [Test]
    public async Task Many_calls_at_once_never_pass_the_budget(CancellationToken cancellationToken)
    {
        const int Budget = 10_000;
        const int Largest = 90;
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = Open(database, new ModelOptions { DailyTokens = Budget });

        var granted = await Task.WhenAll(Enumerable.Range(0, 32).Select(async caller =>
        {
            var chance = new Random(caller);
            var mine = 0;
            for (var call = 0; call < 20; call++)
            {
                mine += await TryReserveAsync(ledger, chance.Next(10, Largest), cancellationToken) is { } reservation ? reservation.Tokens : 0;
            }

            return mine;
        }));

        Assert.That(granted.Sum(), Is.GreaterThan(Budget - Largest).And.AtMost(Budget));
        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(granted.Sum()));
    }

    [Test]
    public async Task What_a_call_did_not_use_is_there_for_the_next(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = Open(database, new ModelOptions { DailyTokens = 1_000 });
        var first = await TryReserveAsync(ledger, 800, cancellationToken);
        var beside = await TryReserveAsync(ledger, 800, cancellationToken);

        await ledger.SettleAsync(first ?? throw new AssertionException("There was room for the first."), 150, cancellationToken);
        var after = await TryReserveAsync(ledger, 800, cancellationToken);

        Assert.That(beside, Is.Null);
        Assert.That(after, Is.Not.Null);
        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(950));
    }

    [Test]
    public async Task A_new_day_has_a_new_budget(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        var ledger = Open(database, new ModelOptions { DailyTokens = 100 }, clock);
        await TryReserveAsync(ledger, 100, cancellationToken);
        var late = await TryReserveAsync(ledger, 1, cancellationToken);

        clock.Advance(TimeSpan.FromDays(1));

        Assert.That(late, Is.Null);
        Assert.That(await TryReserveAsync(ledger, 100, cancellationToken), Is.Not.Null);
    }

    [Test]
    public async Task Each_helpdesk_has_its_own(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = Open(
            database,
            new ModelOptions { DailyTokens = 100, DailyTokensOf = new Dictionary<string, long> { ["Small"] = 10, ["none"] = 0 } });
        await TryReserveAsync(ledger, 100, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TryReserveAsync(ledger, 100, cancellationToken, "other"), Is.Not.Null);
            Assert.That(await TryReserveAsync(ledger, 11, cancellationToken, "small"), Is.Null);
            Assert.That(await TryReserveAsync(ledger, 10, cancellationToken, "small"), Is.Not.Null);
            Assert.That(await TryReserveAsync(ledger, 1, cancellationToken, "none"), Is.Null);
        }
    }

    [Test]
    public async Task Without_a_limit_nothing_is_kept(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = Open(database, new ModelOptions());

        Assert.That(await ledger.ReserveAsync(Helpdesk, 1_000_000, cancellationToken), Is.Null);
        Assert.That(await database.AskAsync<long>("select count(*) from token_spending"), Is.Zero);
    }

    [Test]
    public async Task A_spent_budget_keeps_the_model_from_being_asked(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        // An answer of the script costs 960; up to 1,500 and the question are set aside for it.
        using var model = Asking.Connect(
            server.Answers("{}").Answers("{}"), ledger: Open(database, new ModelOptions { DailyTokens = 3_000 }));
        var question = Asking.Question("x") with { Helpdesk = Helpdesk };

        await model.AskAsync(question, cancellationToken);
        await model.AskAsync(question, cancellationToken);

        Assert.That(
            () => model.AskAsync(question, cancellationToken),
            Throws.TypeOf<ModelFailedException>()
                .With.Property(nameof(ModelFailedException.Failure)).EqualTo(ModelFailure.Spent)
                .And.Message.Contains("acme").And.Message.Contains("3000 a day"));
        Assert.That(server.Calls, Has.Count.EqualTo(2));
        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(1_920));
    }

    [Test]
    public async Task A_question_turned_into_a_vector_is_paid_for_and_an_article_is_nobodys(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, OneVector).Plays(200, OneVector);
        using var model = Asking.ConnectEmbedding(server, Open(database, new ModelOptions { DailyTokens = 20 }));

        await model.EmbedAsync(["What the team has published is as long as it is, and costs no helpdesk anything at all."], cancellationToken);
        await model.EmbedAsync(new Redactor().Redact("Where is it?"), Helpdesk, cancellationToken);

        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(7));
        Assert.That(
            () => model.EmbedAsync(new Redactor().Redact(string.Join(' ', Enumerable.Repeat("where", 21))), Helpdesk, cancellationToken),
            Throws.TypeOf<ModelFailedException>().With.Property(nameof(ModelFailedException.Failure)).EqualTo(ModelFailure.Spent));
        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(7));
    }

    [Test]
    public async Task A_call_that_was_turned_away_costs_nothing(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(
            server.Plays(429, "{}").Answers("{}"), ledger: Open(database, new ModelOptions { DailyTokens = 100_000 }));

        await model.AskAsync(Asking.Question("x") with { Helpdesk = Helpdesk }, cancellationToken);

        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(960));
    }

    [Test]
    public async Task A_call_whose_end_nobody_knows_stays_booked(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(
            server.Hangs(),
            options => options with { Timeout = TimeSpan.FromSeconds(1), Retries = 0 },
            Open(database, new ModelOptions { DailyTokens = 100_000 }));
        var question = Asking.Question("x") with { Helpdesk = Helpdesk };

        Assert.That(() => model.AskAsync(question, cancellationToken), Throws.TypeOf<ModelFailedException>());

        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(1_500 + question.MostInputTokens));
    }

    [TestCase("")]
    [TestCase(""","usage":null""")]
    [TestCase(""","usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""")]
    public async Task An_answer_that_does_not_say_what_it_used_stays_booked_with_the_most(string usage, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, OneAnswer.Replace("USAGE", usage, StringComparison.Ordinal));
        using var model = Asking.Connect(server, ledger: Open(database, new ModelOptions { DailyTokens = 100_000 }));
        var question = Asking.Question("x") with { Helpdesk = Helpdesk };

        var answer = await model.AskAsync(question, cancellationToken);

        Assert.That(answer.Json, Is.EqualTo("{}"));
        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(1_500 + question.MostInputTokens));
    }

    [TestCase("")]
    [TestCase(""","usage":{"prompt_tokens":0,"total_tokens":0}""")]
    public async Task A_vector_that_does_not_say_what_it_used_stays_booked_with_the_most(string usage, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, OneVector.Replace(""","usage":{"prompt_tokens":7,"total_tokens":7}""", usage, StringComparison.Ordinal));
        using var model = Asking.ConnectEmbedding(server, Open(database, new ModelOptions { DailyTokens = 1_000 }));
        const string Question = "Where is my order?";

        await model.EmbedAsync(new Redactor().Redact(Question), Helpdesk, cancellationToken);

        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(TokenCount.Of(Question)));
    }

    [Test]
    public async Task An_answer_of_no_use_costs_what_it_says(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(
            server.Refuses(), options => options with { Retries = 0 }, Open(database, new ModelOptions { DailyTokens = 100_000 }));

        Assert.That(
            () => model.AskAsync(Asking.Question("x") with { Helpdesk = Helpdesk }, cancellationToken), Throws.TypeOf<ModelFailedException>());

        Assert.That(await database.AskAsync<long>(Sum), Is.EqualTo(960));
    }

    private static TokenLedger Open(TriageDatabase database, ModelOptions options, ManualClock? clock = null) =>
        new(database.Pool, Options.Create(options), clock ?? new ManualClock());

    private static async Task<TokenReservation?> TryReserveAsync(
        TokenLedger ledger, int tokens, CancellationToken cancellationToken, string helpdesk = Helpdesk)
    {
        try
        {
            return await ledger.ReserveAsync(helpdesk, tokens, cancellationToken);
        }
        catch (ModelFailedException exception) when (exception.Failure == ModelFailure.Spent)
        {
            return null;
        }
    }
}
