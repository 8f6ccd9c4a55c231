using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;
using TicketTriage.Policies;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(300_000)]
internal sealed class Trying_a_draft
{
    [Test]
    public async Task A_lead_cancels_while_tickets_are_decided_and_nothing_is_found_afterwards(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(40, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        using var reached = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var decided = 0;
        var desk = console.Services.GetRequiredService<TrialDesk>();
        var trial = desk.Begin(new TrialPlan("routing", "v", "lead", null, DateTimeOffset.UnixEpoch, (past, tell, cancelled) =>
        {
            for (; decided < past.Count; decided++)
            {
                tell(decided);
                if (decided == 10)
                {
                    reached.Release();
                    goOn.Wait(cancellationToken);
                }

                cancelled.ThrowIfCancellationRequested();
            }

            return new TrialFigures(past.Count, 0, [], []);
        })) ?? throw new InvalidOperationException("No trial was begun.");
        await reached.WaitAsync(cancellationToken);

        var midway = await lead.GetStringAsync($"/tries/{trial.Id}", cancellationToken);
        using var cancel = await Door.SubmitAsync(lead, $"/tries/{trial.Id}", $"/tries/{trial.Id}/cancel", [], cancellationToken);
        var page = await lead.GetStringAsync($"/tries/{trial.Id}", cancellationToken);
        goOn.Release();
        var next = await RunAnotherAsync(desk, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(midway, Does.Contain("10 of 40 tickets are decided").And.Contain("<progress max=\"40\" value=\"10\""));
            Assert.That(page, Does.Contain("The trial was cancelled"), "whoever cancels does not wait for the ticket under way");
            Assert.That(next.State, Is.EqualTo(TrialState.Done), "the next has its turn");
            Assert.That((trial.State, trial.Figures, decided), Is.EqualTo((TrialState.Cancelled, (TrialFigures?)null, 10)));
        }
    }

    [Test]
    public async Task A_taxonomy_is_tried_by_understanding_the_tickets_anew(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(9, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update triages set conversation = jsonb_set(jsonb_set(conversation, '{messages,0,text}',
                to_jsonb(case when number::int % 3 = 0 then 'I want my money back, please refund the payment.'::text
                         else 'My parcel has not arrived, where is my order?' end)), '{subject}', '""')
            """);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var inForce = console.Services.GetRequiredService<TaxonomyInForce>().Current.Content;
        var candidate = inForce with { Intents = [.. inForce.Intents.Where(intent => !intent.Name.StartsWith("orders/", StringComparison.Ordinal))] };
        using var saved = await Door.SubmitAsync(
            lead, "/taxonomy/text", "/taxonomy/text", [new("text", Encoding.UTF8.GetString(candidate.ToJson())), new("revision", "0")], cancellationToken);

        var path = await Trials.RunAsync(console, lead, "/taxonomy", "taxonomy", cancellationToken);
        var page = await lead.GetStringAsync(path, cancellationToken);
        var figures = Trials.Of(console, path)?.Figures;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(page, Does.Contain("understood twice by the local classifier"));
            Assert.That(figures?.Tickets, Is.EqualTo(9));
            Assert.That(
                figures?.Changes.Select(change => change.Ticket.Number), Is.EquivalentTo(new[] { "1", "2", "4", "5", "7", "8" }),
                "what was about orders has no intent any more, and refunds are refunds still");
            Assert.That(figures?.Changes.Select(change => change.Before), Is.All.EqualTo("Orders"));
        }
    }

    private static async Task<Trial> RunAnotherAsync(TrialDesk desk, CancellationToken cancellationToken)
    {
        var next = desk.Begin(new TrialPlan(
            "routing", "w", "lead", null, DateTimeOffset.UnixEpoch, (past, _, _) => new TrialFigures(past.Count, 0, [], [])))
            ?? throw new InvalidOperationException("No trial was begun.");
        await Eventually.TrueAsync(() => next.IsOver, cancellationToken);
        return next;
    }
}
