using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Forgetting;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Learning_from_corrections
{
    private const string Question = "intent: orders/damaged-or-wrong";

    [Test]
    public async Task A_corrected_ticket_is_shown_beside_the_next_one_like_it_until_its_customer_is_erased(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        triage.Model.Otherwise(_ => ModelAnswers.LateOrder.Replace("\"frustration\"", "", StringComparison.Ordinal));
        var first = await triage.TriageAsync(
            Mail.LateOrder with { Body = $"My order 7731048, tom.hadley@customer.example.\n\n{Mail.LateOrder.Body}" }, cancellationToken);
        var decided = await triage.GetRecordAsync(first.Number, cancellationToken);
        await CorrectAsync(triage, first.Number, decided.Decided.Id, cancellationToken);

        var second = await triage.TriageAsync(
            Mail.LateOrder with { RequesterName = "Ida Brook", RequesterEmail = "ida@customer.example" }, cancellationToken);
        var shown = await triage.AskAsync<string>(
            $"select understanding -> 'examples' ->> 0 from triages where number = '{second.Number}'", cancellationToken);
        await triage.Services.GetRequiredService<ErasureDesk>()
            .EraseAsync(TriageUnderTest.Helpdesk, $"{first.RequesterId}", [], [], "Ada", cancellationToken);
        await triage.TriageAsync(
            Mail.LateOrder with { RequesterName = "Joe Finch", RequesterEmail = "joe@customer.example" }, cancellationToken);

        var asked = AskedOf(triage);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Has.Count.EqualTo(3));
            Assert.That(asked[0], Does.Not.Contain(Question));
            Assert.That(asked[1], Does.Contain(Question).And.Contain("| My order [NUMBER], [EMAIL]."));
            Assert.That(asked[1], Does.Not.Contain("7731048").And.Not.Contain("Hadley").And.Not.Contain("tom."));
            Assert.That(asked[2], Does.Not.Contain(Question), "nothing of what was erased is shown");
            Assert.That(shown, Is.EqualTo($"{decided.Decided.Id}"));
        }
    }

    [Test]
    public async Task None_is_shown_where_the_configuration_gives_no_tokens_for_it(CancellationToken cancellationToken)
    {
        var silent = new Dictionary<string, string?> { ["Understanding:CorrectedTokens"] = "0" };
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true, Settings = silent });
        triage.Model.Otherwise(_ => ModelAnswers.LateOrder.Replace("\"frustration\"", "", StringComparison.Ordinal));
        var first = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        await CorrectAsync(triage, first.Number, (await triage.GetRecordAsync(first.Number, cancellationToken)).Decided.Id, cancellationToken);

        await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        Assert.That(AskedOf(triage), Has.Exactly(2).Items.And.None.Contains(Question));
    }

    private static List<string> AskedOf(TriageUnderTest triage) => [.. triage.Model.Calls
        .Where(call => call.Body.Contains("ticket_understanding", StringComparison.Ordinal)).Select(call => call.Said("user"))];

    private static Task CorrectAsync(TriageUnderTest triage, long number, Guid decision, CancellationToken cancellationToken) =>
        triage.Services.GetRequiredService<Judgements>().AddAsync(
            new Judgement
            {
                Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                TriageId = decision,
                Ticket = new TicketId(TriageUnderTest.Helpdesk, $"{number}"),
                Field = JudgedField.Intent,
                Decided = "orders/late",
                Said = "orders/damaged-or-wrong",
                Confidence = 0.9,
                By = "lea",
                At = DateTimeOffset.UnixEpoch,
            },
            cancellationToken);
}
