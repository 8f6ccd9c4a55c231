using System.Globalization;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Testing;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class ScaleOut : IScenario
{
    private const int TicketsAtOnce = 4;
    private const double LeastGrowth = 1.9;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(800);
    private static readonly int[] Processes = [1, 2, 4];

    public string Name => "scale-out";

    public string Story => $"One, two and four workers, each with {TicketsAtOnce} tickets in hand and a model that thinks for {Thinking.TotalMilliseconds:0} ms.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Otherwise(AnswerTo, Thinking);
        site.Settings["Journey:Workers"] = TicketsAtOnce.ToString(CultureInfo.InvariantCulture);
        site.Settings["Model:Provider"] = "OpenAI";
        site.Settings["Model:Endpoint"] = $"{new Uri(model.Address, "v1")}";
        site.Settings["Model:ApiKey"] = "none";
        site.Settings["Model:Deployment"] = "scripted";
        var running = 0;
        var before = 0.0;
        foreach (var wanted in Processes)
        {
            for (; running < wanted; running++)
            {
                await site.StartWorkerAsync(cancellationToken);
            }

            await MeasureAsync(site, site.Deliveries * wanted / (4 * Processes.Sum()), cancellationToken);
            var perSecond = await MeasureAsync(site, site.Deliveries * wanted * 3 / (4 * Processes.Sum()), cancellationToken);
            site.Figures.Add(new Figure($"{wanted} worker{(wanted > 1 ? "s" : "")}", perSecond, "tickets/s"));
            if (before > 0)
            {
                site.Figures.Add(new Figure($"{wanted} workers, times half as many", perSecond / before, "") { Least = LeastGrowth });
            }

            before = perSecond;
        }
    }

    /// <summary>Gives the workers a heap.</summary>
    /// <returns>How much of it they wrote in a second.</returns>
    private static async Task<double> MeasureAsync(Site site, int deliveries, CancellationToken cancellationToken)
    {
        site.Postman.HoldsBack = true;
        await site.Customers.WriteAsync(deliveries, TimeSpan.Zero, cancellationToken);
        var before = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes.Count;
        site.Postman.HoldsBack = false;
        await site.SettleAsync(cancellationToken);
        var effects = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes.Skip(before).Where(change => change.IsEffect).ToList();
        // From the first to the last: what lies before is the post's doing.
        return (effects.Count - 1) / (effects.Max(effect => effect.At) - effects.Min(effect => effect.At)).TotalSeconds;
    }

    private static string AnswerTo(ModelCall call) =>
        call.Body.Contains("reply_draft", StringComparison.Ordinal) ? """{"supported":false,"sentences":[]}"""
        : call.Body.Contains("\"concern\"", StringComparison.Ordinal) ? """{"sentence":""}"""
        : """
            {
              "summary": "The customer waits for an order.",
              "intent": { "value": "orders/late", "confidence": 0.9 },
              "product": { "value": "web-shop", "confidence": 0.8 },
              "sentiment": { "value": "neutral", "confidence": 0.7 },
              "language": { "value": "en", "confidence": 0.99 },
              "signals": [],
              "missing": []
            }
            """;
}
