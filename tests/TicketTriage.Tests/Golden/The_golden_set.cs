using System.Text.Json;
using TicketTriage.Policies;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Golden;

/// <summary>
/// What ships is measured on tickets that nothing was learnt from. A change that reads them worse than <c>baseline.json</c> says fails
/// here; one that reads them better moves the baseline.
/// </summary>
public sealed class The_golden_set
{
    private const double MostLost = 0.015;

    private static readonly string[] Languages = ["de", "en"];

    [Test]
    public async Task Is_read_as_well_as_before([ValueSource(nameof(Languages))] string language)
    {
        var before = ReadBaseline()[language];

        var now = await GoldenFigures.MeasureAsync(GoldenTicket.Read(language));

        await TestContext.Out.WriteLineAsync($"{language}: {now}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(now.Intent, Is.AtLeast(before.Intent - MostLost), "intent");
            Assert.That(now.Priority, Is.AtLeast(before.Priority - MostLost), "priority");
            Assert.That(now.Sentiment, Is.AtLeast(before.Sentiment - MostLost), "sentiment");
            Assert.That(now.Language, Is.AtLeast(before.Language - MostLost), "language");
            Assert.That(now.Fields, Is.AtLeast(before.Fields - MostLost), "fields");
        }
    }

    [Test]
    public void Is_large_and_has_each_intent_several_times([ValueSource(nameof(Languages))] string language)
    {
        var tickets = GoldenTicket.Read(language);
        var intents = ShippedPolicies.LoadTaxonomy().Content.Intents.Select(intent => intent.Name).Append(Finding.Unclear);

        Assert.That(tickets, Has.Count.AtLeast(150));
        Assert.That(tickets.Select(ticket => ticket.Intent).Distinct(), Is.EquivalentTo(intents));
        Assert.That(tickets.CountBy(ticket => ticket.Intent).Select(intent => intent.Value), Is.All.AtLeast(5));
        Assert.That(tickets.Select(ticket => ticket.Body), Is.Unique);
        Assert.That(tickets.Select(ticket => ticket.Language), Is.All.EqualTo(language));
    }

    [Test]
    public void Is_nothing_that_the_shipped_model_learns_from([ValueSource(nameof(Languages))] string language)
    {
        var examples = ShippedPolicies.LoadAllIntents().Content.Intents
            .SelectMany(intent => intent.Examples.Values).SelectMany(texts => texts).Select(Letters).ToHashSet();

        Assert.That(GoldenTicket.Read(language).Where(ticket => examples.Contains(Letters(ticket.Body))), Is.Empty);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToUpperInvariant();

    private static SortedDictionary<string, GoldenFigures> ReadBaseline() =>
        JsonSerializer.Deserialize(
            File.ReadAllBytes(Path.Combine(GoldenTicket.Folder, "baseline.json")), GoldenJson.Default.SortedDictionaryStringGoldenFigures)
        ?? throw new JsonException("The baseline is empty.");
}
