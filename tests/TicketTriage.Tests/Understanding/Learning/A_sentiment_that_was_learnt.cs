using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Policies;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class A_sentiment_that_was_learnt
{
    [TestCase("The parcel of Meier: what a cucumber day.", ExpectedResult = "positive")]
    [TestCase("The parcel of Meier: what a radish day.", ExpectedResult = "negative")]
    public async Task<string> Counts_before_the_list_of_words(string text)
    {
        var learnt = new LearntIntents(Learn("positive", "negative"), "intent");
        var local = new LocalUnderstanding(NullLogger<LocalUnderstanding>.Instance, learnt);

        var understanding = await local.UnderstandAsync(ATicket.Saying(text), ShippedPolicies.LoadTaxonomy().Content, CancellationToken.None);

        return understanding.Sentiment.Value;
    }

    [Test]
    public void Has_the_values_that_the_service_knows()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Learn("sunny", "rainy").Save(folder);

        Assert.That(
            () => LearntIntents.Load(folder, ShippedPolicies.LoadTaxonomy().Content),
            Throws.TypeOf<LearningException>().With.Message.Contains("calls a sentiment sunny, rainy; known are negative"));

        Directory.Delete(folder, recursive: true);
    }

    private static TicketModel Learn(string good, string bad) => Tickets.Learn(
        [
            .. Tickets.Several(12, n => $"The parcel of {Name(n)}: what a cucumber day.", "orders/late", good),
            .. Tickets.Several(12, n => $"The parcel of {Name(n)}: what a radish day.", "orders/late", bad),
            .. Tickets.Several(12, n => $"The refund for {Name(n)}: what a cucumber day.", "billing/refund", good),
            .. Tickets.Several(12, n => $"The refund for {Name(n)}: what a radish day.", "billing/refund", bad),
        ],
        "intent",
        "sentiment");

    private static string Name(int n) => new((char)('a' + n), 4);
}
