using TicketTriage.Policies;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Classification;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

/// <summary>Past tickets to learn from, made up and easy to tell apart.</summary>
internal static class Tickets
{
    public static MoodWords Moods { get; } = new(WordLists.LoadMoods().Content);

    public static IReadOnlyList<TicketRow> OfShop { get; } =
    [
        .. Several(20, n => $"Where is my parcel, order {Word(n)}? It has not arrived.", "delivery", "high"),
        .. Several(20, n => $"The invoice of {Word(n)} shows the wrong amount.", "billing", "low"),
        .. Several(20, n => $"I cannot log in, my password for {Word(n)} is rejected.", "account", "high"),
    ];

    public static TicketModel Learn(IReadOnlyList<TicketRow> tickets, params string[] labels) =>
        TicketModel.Learn(labels, tickets, [], _ => { }, CancellationToken.None);

    public static IEnumerable<TicketRow> Several(int count, Func<int, string> text, params string[] labels) =>
        Enumerable.Range(0, count).Select(n => new TicketRow(text(n), labels));

    public static IReadOnlyList<LabelledText> ExamplesOfTaxonomy { get; } = TaxonomyReader.ExamplesOf(ShippedPolicies.LoadTaxonomy().Content);

    private static string Word(int n) => new((char)('a' + n), 5);
}
