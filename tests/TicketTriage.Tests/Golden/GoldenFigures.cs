using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Tests.Reading;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Golden;

/// <summary>Shares of tickets that were read right, in [0, 1], without a model.</summary>
/// <param name="Fields">F1 over the fields that the intent needs.</param>
internal sealed record GoldenFigures(double Intent, double Priority, double Sentiment, double Language, double Fields)
{
    private static readonly LocalUnderstanding Local = new(NullLogger<LocalUnderstanding>.Instance);

    public static async Task<GoldenFigures> MeasureAsync(IReadOnlyList<GoldenTicket> tickets)
    {
        var taxonomy = ShippedPolicies.LoadTaxonomy().Content;
        var policy = PriorityPolicy.LoadShipped().Content;
        var understander = new Understander(Local, model: null, new UnderstandingOptions(), NullLogger<Understander>.Instance);
        var right = new int[4];
        var (found, known, both) = (0, 0, 0);
        foreach (var golden in tickets)
        {
            var clean = Some.Clean([Some.Message(golden.Body)], golden.Subject).Redacted(new Redactor());
            var read = await understander.UnderstandAsync(clean, taxonomy, CancellationToken.None);
            var priority = PriorityScale.Rank(read, clean, policy).Value;
            right[0] += read.Intent.Value == golden.Intent ? 1 : 0;
            right[1] += priority == golden.Priority ? 1 : 0;
            right[2] += read.Sentiment.Value == golden.Sentiment ? 1 : 0;
            right[3] += read.Language.Value == golden.Language ? 1 : 0;
            var fields = taxonomy.ReadFields(clean.CustomerText(20_000), taxonomy.FindIntent(golden.Intent)?.Needs ?? [])
                .Where(field => field.Key != "travel_dates").ToList();
            found += fields.Count;
            known += golden.Fields.Count;
            both += fields.Count(field => golden.Fields.GetValueOrDefault(field.Key) == field.Value);
            if (read.Intent.Value != golden.Intent || priority != golden.Priority || read.Sentiment.Value != golden.Sentiment)
            {
                await TestContext.Out.WriteLineAsync(
                    $"{golden.Id}: {golden.Intent} {golden.Priority} {golden.Sentiment}, read as"
                    + $" {read.Intent.Value} {priority} {read.Sentiment.Value} ({string.Join(", ", read.Signals)})");
            }
        }

        var shares = Array.ConvertAll(right, count => Math.Round((double)count / tickets.Count, 4));
        return new GoldenFigures(shares[0], shares[1], shares[2], shares[3], Math.Round(2.0 * both / (found + known), 4));
    }
}
