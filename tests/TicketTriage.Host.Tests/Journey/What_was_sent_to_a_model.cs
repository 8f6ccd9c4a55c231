using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Forgetting;
using TicketTriage.Host.Tickets;
using TicketTriage.Journey;
using TicketTriage.Models;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>The record of what left for a model, against what its server got.</summary>
[CancelAfter(120_000)]
internal sealed class What_was_sent_to_a_model
{
    private const string Draft = """{"supported":true,"sentences":[{"text":"We look into it.","source":0}]}""";

    [Test]
    public async Task Is_kept_to_the_letter_with_other_tickets_by_reference(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        triage.Model.Otherwise(call => call.Body.Contains("reply_draft", StringComparison.Ordinal) ? Draft : ModelAnswers.LateOrder);
        var first = await triage.TriageAsync(
            Mail.LateOrder with { Body = $"My order 7731048, tom.hadley@customer.example.\n\n{Mail.LateOrder.Body}" }, cancellationToken);
        await CorrectAsync(triage, first.Number, cancellationToken);
        var before = triage.Model.Calls.Count;

        var second = await triage.TriageAsync(
            Mail.LateOrder with { RequesterName = "Ida Brook", RequesterEmail = "ida@customer.example" }, cancellationToken);
        var asked = triage.Model.Calls.Skip(before).ToList();
        var kept = await ReadAsync(triage, second.Number, cancellationToken);
        var json = await SentJsonAsync(triage, second.Number, cancellationToken);
        var page = await PageAsync(triage, second.Number, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.Not.Empty);
            Assert.That(kept.Select(Messages), Is.EqualTo(asked.Select(call => (call.Said("system"), call.Said("user")))));
            Assert.That(kept[0].Examples, Has.Count.EqualTo(1));
            Assert.That(kept[0].Call.InputTokens, Is.GreaterThan(0));
            Assert.That(json, Does.Not.Contain("[NUMBER]"), "the other ticket's text stays with the other ticket");
            Assert.That(json, Does.Not.Contain("ida@customer.example").And.Not.Contain("tom.hadley"));
            Assert.That(WebUtility.HtmlDecode(page), Does.Contain(kept[0].Call.Text).And.Contain("intent: orders/damaged-or-wrong"));
        }
    }

    [Test]
    public async Task Says_plainly_what_is_kept_no_more(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        triage.Model.Otherwise(call => call.Body.Contains("reply_draft", StringComparison.Ordinal) ? Draft : ModelAnswers.LateOrder);
        var first = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        await CorrectAsync(triage, first.Number, cancellationToken);
        var second = await triage.TriageAsync(
            Mail.LateOrder with { RequesterName = "Ida Brook", RequesterEmail = "ida@customer.example" }, cancellationToken);

        await triage.Services.GetRequiredService<ErasureDesk>()
            .EraseAsync(TriageUnderTest.Helpdesk, $"{first.RequesterId}", [], [], "Ada", cancellationToken);
        var erased = await PageAsync(triage, second.Number, cancellationToken);
        await triage.AskAsync<int>($"update triages set sent = null where number = '{second.Number}' returning 1", cancellationToken);
        var old = await PageAsync(triage, second.Number, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(erased, Does.Contain("An example with the answer intent: orders/damaged-or-wrong; its text is kept no more"));
            Assert.That(old, Does.Contain("It was not kept: this decision is older than the keeping of what is sent."));
        }
    }

    [Test]
    public async Task Is_nothing_where_no_model_is_asked(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var page = await PageAsync(triage, ticket.Number, cancellationToken);

        Assert.That(page, Does.Contain("Nothing. No model was asked for this decision."));
    }

    [Test]
    public async Task Costs_all_that_was_asked_for_the_ticket_not_understanding_alone(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new() { AsksModel = true });
        // An answer of no use is followed by another try; both were paid for.
        triage.Model.Answers("", "length").Otherwise(
            call => call.Body.Contains("reply_draft", StringComparison.Ordinal) ? Draft : ModelAnswers.LateOrder);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var kept = await ReadAsync(triage, ticket.Number, cancellationToken);
        var line = await triage.AskAsync<string>(
            $"select input_tokens || '/' || output_tokens from decision_lines where number = '{ticket.Number}'", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.Sum(text => text.Call.Attempts), Is.EqualTo(triage.Model.Calls.Count));
            Assert.That(line, Is.EqualTo($"{kept.Sum(text => text.Call.InputTokens)}/{kept.Sum(text => text.Call.OutputTokens)}"));
            Assert.That(kept.Sum(text => text.Call.InputTokens), Is.EqualTo(900 * triage.Model.Calls.Count));
        }
    }

    /// <summary>As the server joins them: what stands in one role, a line between two messages.</summary>
    private static (string System, string User) Messages(SentText text)
    {
        var examples = string.Join("\n\n", text.Examples.Select(shown => $"{shown.Text}\n{shown.Example.Answer}"));
        string?[] user = [text.Call.Published, examples.Length > 0 ? examples : null, text.Call.Text];
        return (text.Prompt?.Instructions ?? "", string.Join('\n', user.OfType<string>()));
    }

    private static async Task<IReadOnlyList<SentText>> ReadAsync(TriageUnderTest triage, long number, CancellationToken cancellationToken)
    {
        var id = new TicketId(TriageUnderTest.Helpdesk, $"{number}");
        var stored = await triage.Services.GetRequiredService<TicketRecords>().ListTriagesAsync(id, 1, cancellationToken);
        var sent = DecisionView.Of(stored[0]).Sent ?? SentToModel.Of([]);
        return (await triage.Services.GetRequiredService<SentTexts>().ListAsync([sent], cancellationToken))[0];
    }

    private static Task<string> SentJsonAsync(TriageUnderTest triage, long number, CancellationToken cancellationToken) =>
        triage.AskAsync<string>($"select sent::text from triages where number = '{number}'", cancellationToken);

    private static Task<string> PageAsync(TriageUnderTest triage, long number, CancellationToken cancellationToken) =>
        triage.Agent.GetStringAsync($"/tickets/{TriageUnderTest.Helpdesk}/{number}", cancellationToken);

    private static async Task CorrectAsync(TriageUnderTest triage, long number, CancellationToken cancellationToken)
    {
        var decided = await triage.GetRecordAsync(number, cancellationToken);
        await triage.Services.GetRequiredService<Judgements>().AddAsync(
            new Judgement
            {
                Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                TriageId = decided.Decided.Id,
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
}
