namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class A_model_that_fails
{
    private static readonly TriageSetUp AskingImpatiently = new()
    {
        AsksModel = true,
        Settings = new Dictionary<string, string?> { ["Model:Timeout"] = "00:00:01" },
    };

    [Test]
    public async Task Stops_no_ticket_and_the_record_says_who_stood_in(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, AskingImpatiently);
        triage.Model
            .Plays(500, """{"error":{"message":"The server had an error."}}""")
            .HangsUp()
            .Hangs()
            .Plays(200, "<html>Back soon</html>")
            .Answers("I would say it is about a late order.")
            .Answers(ModelAnswers.LateOrder.Replace("orders/late", "orders/lost", StringComparison.Ordinal))
            .Refuses();
        var failures = 7;

        foreach (var _ in Enumerable.Range(0, failures))
        {
            await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Model.Calls, Has.Count.EqualTo(failures));
            for (var number = 1; number <= failures; number++)
            {
                var record = await triage.GetRecordAsync(number, cancellationToken);
                Assert.That(record.State, Is.EqualTo("written"), $"ticket {number}");
                Assert.That(record.Versions?.Provider, Is.EqualTo("local"), $"ticket {number}");
                Assert.That(record.Decided.StandsInBecause, Is.Not.Empty, $"ticket {number}");
                Assert.That(record.Decided.Intent.Value, Is.EqualTo("orders/late"), $"ticket {number}");
            }
        }
    }

    [Test]
    public async Task Is_asked_for_no_more_than_the_days_tokens_by_all_processes_and_the_rest_is_decided_here(CancellationToken cancellationToken)
    {
        const int Budget = 12_000;
        var setUp = new TriageSetUp
        {
            AsksModel = true,
            Settings = new Dictionary<string, string?> { [$"Model:DailyTokensOf:{TriageUnderTest.Helpdesk}"] = $"{Budget}" },
        };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, setUp);
        triage.Model.Otherwise(_ => ModelAnswers.LateOrder);
        await triage.StartAnotherAsync(setUp with { Role = Role.Worker }, cancellationToken);
        await triage.StartAnotherAsync(setUp with { Role = Role.Worker }, cancellationToken);
        var tickets = Enumerable.Range(0, 24).Select(_ => triage.AddUnheard(Mail.LateOrder).Number).ToList();

        await Task.WhenAll(tickets.Select(number => triage.TellOfAsync(number, cancellationToken)));
        await triage.WhenQuietAsync(cancellationToken);

        var records = new List<TicketAnswer>();
        foreach (var number in tickets)
        {
            records.Add(await triage.GetRecordAsync(number, cancellationToken));
        }

        using (Assert.EnterMultipleScope())
        {
            // Each answer of the script says that it cost 960.
            Assert.That(
                await triage.AskAsync<long>("select sum(tokens)::bigint from token_spending", cancellationToken), Is.EqualTo(triage.Model.Calls.Count * 960));
            Assert.That(triage.Model.Calls, Has.Count.GreaterThan(1).And.Count.AtMost(Budget / 960));
            Assert.That(records.Select(record => record.State), Has.All.EqualTo("written"));
            Assert.That(records.Select(record => record.Versions?.Provider).Distinct(), Is.EquivalentTo(new[] { "openai", "local" }));
            Assert.That(
                records.Where(record => record.Versions?.Provider == "local").Select(record => record.Decided.StandsInBecause),
                Has.All.Contains("used up"));
        }
    }

    [Test]
    public async Task Is_asked_what_it_is_about_and_for_a_sentence_to_somebody_angry_and_never_about_a_person(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        triage.Model.Answers(ModelAnswers.LateOrder).Answers("""{"sentence":"Your stools have not arrived."}""");
        var arriving = Mail.LateOrder with
        {
            Body = $"{Mail.LateOrder.Body}\ntom.hadley@customer.example, IBAN GB33 BUKB 2020 1555 5555 55",
        };

        var ticket = await triage.TriageAsync(arriving, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Versions?.Provider, Is.EqualTo("openai"));
            Assert.That(record.Versions?.Model, Is.EqualTo("scripted-2026-01-01"));
            Assert.That(record.Versions?.Prompt, Is.Not.Empty);
            Assert.That(record.Decided.StandsInBecause, Is.Null);
            Assert.That(record.Decided.Summary, Is.EqualTo("The customer waits for two kitchen stools."));
            Assert.That(ticket.Tags, Has.Member("triage_sentiment_negative"));
            foreach (var secret in new[] { "customer.example", "BUKB", "Hadley" })
            {
                Assert.That(triage.Model.Calls.Select(call => call.Body), Has.Exactly(2).Items.And.None.Contains(secret));
            }
        }
    }
}
