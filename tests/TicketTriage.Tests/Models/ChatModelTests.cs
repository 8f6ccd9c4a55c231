using TicketTriage.Models;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Models;

[CancelAfter(60_000)]
public sealed class ChatModelTests
{
    private const string ServerError = """{"error":{"message":"no","code":"internal"}}""";

    [Test]
    public async Task A_question_goes_out_as_one_strict_request(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Answers("""{"word":"ok"}"""));

        var answer = await model.AskAsync(Asking.Question("first\nsecond from a@x.example\n\rthird"), cancellationToken);

        var call = server.Calls.Single();
        var format = call.Json.GetProperty("response_format");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(call.Path, Is.EqualTo("/v1/chat/completions"));
            Assert.That(call.Headers["Authorization"], Is.EqualTo("Bearer key-of-the-test"));
            Assert.That(call.Json.GetProperty("model").GetString(), Is.EqualTo("gpt-test"));
            Assert.That(call.Json.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(1_500));
            Assert.That(call.Json.TryGetProperty("temperature", out _), Is.False);
            Assert.That(format.GetProperty("type").GetString(), Is.EqualTo("json_schema"));
            Assert.That(format.GetProperty("json_schema").GetProperty("name").GetString(), Is.EqualTo("word"));
            Assert.That(format.GetProperty("json_schema").GetProperty("strict").GetBoolean(), Is.True);
            Assert.That(call.Said("system"), Is.EqualTo("Say a word."));
            Assert.That(call.Said("user"), Is.EqualTo("| first\n| second from [EMAIL_1]\n| \n| third"));
            Assert.That(answer, Is.EqualTo(new ChatAnswer("""{"word":"ok"}""", "scripted-2026-01-01", 900, 60, 768)));
        }
    }

    [Test]
    public async Task Azure_without_a_key_is_asked_with_an_Entra_ID_token(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.ConnectAsAzure(server.Answers("{}"), hasToken: true);

        await model.AskAsync(Asking.Question("x"), cancellationToken);

        Assert.That(server.Calls[0].Path, Is.EqualTo("/openai/v1/chat/completions"));
        Assert.That(server.Calls[0].Headers["X-Meant-For"], Is.EqualTo("acme.openai.azure.com"));
        Assert.That(server.Calls[0].Headers["Authorization"], Is.EqualTo("Bearer token for https://cognitiveservices.azure.com/.default"));
        Assert.That(model.Name, Is.EqualTo("azure-openai"));
    }

    [Test]
    public async Task A_machine_without_an_identity_is_told_so(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.ConnectAsAzure(server, hasToken: false);

        Assert.That(
            () => model.AskAsync(Asking.Question("x"), cancellationToken),
            Throws.TypeOf<ModelFailedException>().With.Message.Contains("Entra ID gave"));
        Assert.That(server.Calls, Is.Empty);
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(408)]
    public async Task A_server_that_stumbles_is_asked_again(int status, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Plays(status, ServerError).Plays(502, "<html>bad gateway</html>").Answers("{}"));

        Assert.That((await model.AskAsync(Asking.Question("x"), cancellationToken)).Json, Is.EqualTo("{}"));
        Assert.That(server.Calls, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_broken_connection_is_tried_again(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.HangsUp().Answers("{}"));

        Assert.That((await model.AskAsync(Asking.Question("x"), cancellationToken)).Json, Is.EqualTo("{}"));
    }

    [TestCase("Retry-After", "0")]
    [TestCase("retry-after-ms", "5")]
    [TestCase("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task A_busy_server_is_asked_again_when_it_says(string header, string value, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(
            server.Plays(429, ServerError, (header, value)).Answers("{}"),
            options => options with { RetryDelay = TimeSpan.FromMinutes(1) });

        Assert.That((await model.AskAsync(Asking.Question("x"), cancellationToken)).Json, Is.EqualTo("{}"));
    }

    [Test]
    public async Task A_wait_beyond_the_budget_is_not_begun(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Plays(429, ServerError, ("Retry-After", "600")));

        Assert.That(
            () => model.AskAsync(Asking.Question("x"), cancellationToken),
            Throws.TypeOf<ModelFailedException>()
                .With.Property(nameof(ModelFailedException.Failure)).EqualTo(ModelFailure.Busy)
                .And.Property(nameof(ModelFailedException.RetryAfter)).EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That(server.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_says_nothing_is_given_up(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Hangs(), options => options with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0 });

        Assert.That(
            () => model.AskAsync(Asking.Question("x"), cancellationToken),
            Throws.TypeOf<ModelFailedException>().With.Message.Contains("no answer within 00:00:00.2"));
    }

    [Test]
    public async Task A_caller_who_leaves_is_not_a_failure_of_the_model()
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Hangs());
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(() => model.AskAsync(Asking.Question("x"), leaving.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(400, """{"error":{"code":"content_filter","message":"x"}}""", ModelFailure.Refused)]
    [TestCase(400, """{"error":{"code":"context_length_exceeded"}}""", ModelFailure.Rejected)]
    [TestCase(400, """{"error":"odd"}""", ModelFailure.Rejected)]
    [TestCase(401, """{"error":{"code":"invalid_api_key"}}""", ModelFailure.Misconfigured)]
    [TestCase(404, "<html>nothing</html>", ModelFailure.Misconfigured)]
    [TestCase(302, "", ModelFailure.Misconfigured)]
    [TestCase(429, """{"error":{"code":"insufficient_quota"}}""", ModelFailure.Misconfigured)]
    [TestCase(200, "<html>welcome</html>", ModelFailure.Nonsense)]
    [TestCase(200, "{}", ModelFailure.Nonsense)]
    [TestCase(200, """{"model":"m","choices":[]}""", ModelFailure.Nonsense)]
    [TestCase(
        200,
        """{"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":""}}]}""",
        ModelFailure.Nonsense)]
    [TestCase(
        200,
        """{"model":"m","choices":[{"index":0,"finish_reason":"odd","message":{"role":"assistant","content":"x"}}]}""",
        ModelFailure.Nonsense)]
    [TestCase(
        200,
        """{"model":"m","choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":"{"}}]}""",
        ModelFailure.CutOff)]
    [TestCase(
        200,
        """{"model":"m","choices":[{"index":0,"finish_reason":"content_filter","message":{"role":"assistant","content":"x"}}]}""",
        ModelFailure.Refused)]
    [TestCase(200, "null", ModelFailure.Nonsense)]
    [TestCase(200, "[]", ModelFailure.Nonsense)]
    [TestCase(200, "", ModelFailure.Nonsense)]
    public async Task What_cannot_be_helped_is_said_once(int status, string body, ModelFailure failure, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Plays(status, body));

        Assert.That(
            () => model.AskAsync(Asking.Question("x"), cancellationToken),
            Throws.TypeOf<ModelFailedException>().With.Property(nameof(ModelFailedException.Failure)).EqualTo(failure));
        Assert.That(server.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_absent_model_is_left_alone_and_found_again(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            server.Plays(503, ServerError);
        }

        using var model = Asking.Connect(server, options => options with { Retries = 0, BreakDuration = TimeSpan.FromSeconds(2) });
        for (var i = 0; i < 5; i++)
        {
            Assert.That(() => model.AskAsync(Asking.Question("x"), cancellationToken), Throws.TypeOf<ModelFailedException>());
        }

        Assert.That(
            () => model.AskAsync(Asking.Question("x"), cancellationToken),
            Throws.TypeOf<ModelFailedException>().With.Message.Contains("left alone"));
        Assert.That(server.Calls, Has.Count.EqualTo(5));

        server.Answers("{}");
        await Task.Delay(TimeSpan.FromSeconds(2.2), TimeProvider.System, cancellationToken);
        Assert.That((await model.AskAsync(Asking.Question("x"), cancellationToken)).Json, Is.EqualTo("{}"));
    }

    [Test]
    public async Task Refused_texts_and_busy_hours_do_not_open_the_breaker(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server, options => options with { Retries = 0 });
        for (var i = 0; i < 10; i++)
        {
            server.Refuses().Plays(429, ServerError);
            Assert.That(
                () => model.AskAsync(Asking.Question("x"), cancellationToken),
                Throws.TypeOf<ModelFailedException>().With.Message.Contains("declined"));
            Assert.That(
                () => model.AskAsync(Asking.Question("x"), cancellationToken),
                Throws.TypeOf<ModelFailedException>().With.Message.Contains("429"));
        }

        server.Answers("{}");
        Assert.That((await model.AskAsync(Asking.Question("x"), cancellationToken)).Json, Is.EqualTo("{}"));
    }

    [Test]
    public async Task The_check_asks_for_one_word(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server.Answers("""{"word":"ok"}"""));

        Assert.That((await model.CheckAsync(cancellationToken)).Model, Is.EqualTo("scripted-2026-01-01"));
    }

    [Test]
    public async Task A_call_that_nobody_scripted_fails_the_test(CancellationToken cancellationToken)
    {
        var server = await ScriptedModel.StartAsync();
        using var model = Asking.Connect(server);

        Assert.That(() => model.AskAsync(Asking.Question("x"), cancellationToken), Throws.TypeOf<ModelFailedException>());
        Assert.That(async () => await server.DisposeAsync(), Throws.InvalidOperationException);
    }
}
