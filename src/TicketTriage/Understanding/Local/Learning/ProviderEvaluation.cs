using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>
/// How the service's own way of understanding fares, the model included, on tickets whose right values are known. Shares lie in [0, 1];
/// "unclear" is wrong for a ticket of a known value.
/// </summary>
/// <param name="Rows">Tickets whose value is known; the next four figures are about these.</param>
/// <param name="AskedShare">Share of all tickets that the model was asked about.</param>
/// <param name="FailedShare">Share of all tickets that the local model answered because the model failed.</param>
/// <param name="CostPer1000">Of a thousand such tickets, in the currency of the prices; <see langword="null"/> without prices.</param>
public sealed record ProviderEvaluation(
    int Rows,
    double Accuracy,
    double MacroF1,
    double Ece,
    double CoverageAt95,
    UnknownFigures Unknown,
    double AskedShare,
    double FailedShare,
    long InputTokens,
    long OutputTokens,
    double? CostPer1000)
{
    private const int AskedAtOnce = 4;

    /// <param name="local">Knows the label's values as intents.</param>
    /// <param name="options">Say who is asked when.</param>
    /// <param name="price">0 where nobody knows.</param>
    /// <returns>The figures, and what teaches <see cref="JointConfidence"/>.</returns>
    public static async Task<(ProviderEvaluation Figures, IReadOnlyList<JudgedChoice> Judged)> MeasureAsync(
        IUnderstandingProvider local,
        IUnderstandingProvider model,
        UnderstandingOptions options,
        JointConfidence confidence,
        Taxonomy taxonomy,
        IReadOnlyList<TicketRow> tickets,
        ModelPrice price,
        ILogger<Understander> logger,
        CancellationToken cancellationToken)
    {
        var (heardLocal, heardModel) = (new Overheard(local), new Overheard(model));
        var understander = new Understander(heardLocal, heardModel, options, logger) { Confidence = confidence };
        var understood = new TicketUnderstanding[tickets.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, tickets.Count), limits, async (row, token) =>
            understood[row] = await understander.UnderstandAsync(TicketOf(tickets[row].Text, row), taxonomy, token));

        var judged = new List<JudgedChoice>();
        for (var row = 0; row < tickets.Count; row++)
        {
            if (heardModel.Intents.TryGetValue(IdOf(row), out var choice) && choice.Value != Finding.Unclear)
            {
                judged.Add(new JudgedChoice(choice, heardLocal.Intents[IdOf(row)], choice.Value == tickets[row].Labels[0]));
            }
        }

        return (Sum(taxonomy, tickets, understood, price), judged);
    }

    private static ProviderEvaluation Sum(
        Taxonomy taxonomy, IReadOnlyList<TicketRow> tickets, TicketUnderstanding[] understood, ModelPrice price)
    {
        var numbers = taxonomy.Intents.Index().ToDictionary(intent => intent.Item.Name, intent => intent.Index, StringComparer.Ordinal);
        var tally = new Tally(numbers.Count);
        var bins = new ChanceBins();
        var sure = new List<(double Chance, bool IsRight)>();
        var (unclear, caught) = (0, 0);
        for (var row = 0; row < understood.Length; row++)
        {
            var intent = understood[row].Intent;
            var isUnclear = intent.Value == Finding.Unclear;
            if (!numbers.TryGetValue(tickets[row].Labels[0] ?? "", out var number))
            {
                caught += isUnclear ? 1 : 0;
                continue;
            }

            if (isUnclear)
            {
                unclear++;
                tally.CountUndecided(number);
            }
            else
            {
                tally.Count(number, numbers[intent.Value]);
            }

            var isRight = intent.Value == tickets[row].Labels[0];
            bins.Count(intent.Confidence, isRight);
            sure.Add((intent.Confidence, isRight));
        }

        var failed = understood.Count(one => one.StandsInBecause is not null);
        var asked = failed + understood.Count(one => one.Provider != Understander.Local);
        var (input, output) = (understood.Sum(one => (long)one.InputTokens), understood.Sum(one => (long)one.OutputTokens));
        var outside = tickets.Count - tally.Rows;
        return new ProviderEvaluation(
            tally.Rows,
            tally.Accuracy,
            tally.MacroF1,
            bins.Error,
            ModelEvaluation.CoverageOf(sure, 0.95),
            new UnknownFigures(Share(unclear, tally.Rows), outside, Share(caught, outside)),
            Share(asked, understood.Length),
            Share(failed, understood.Length),
            input,
            output,
            price.Input + price.Output > 0 ? price.Of(input, output) * 1000 / understood.Length : null);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static TicketId IdOf(int row) => new("evaluate", row.ToString(CultureInfo.InvariantCulture));

    private static CleanTicket TicketOf(string text, int row) => TicketCleaner.Clean(
        new HelpdeskTicket { Number = row.ToString(CultureInfo.InvariantCulture), Stamp = "1" },
        [new HelpdeskComment { Id = "1", Text = text, IsFromCustomer = true, IsPublic = true }],
        IdOf(row));

    /// <summary>Remembers what a provider found.</summary>
    private sealed class Overheard(IUnderstandingProvider inner) : IUnderstandingProvider
    {
        public string Name => inner.Name;

        public ConcurrentDictionary<TicketId, Finding> Intents { get; } = new();

        public async Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
        {
            var understanding = await inner.UnderstandAsync(ticket, taxonomy, cancellationToken);
            Intents[ticket.Id] = understanding.Intent;
            return understanding;
        }
    }
}
