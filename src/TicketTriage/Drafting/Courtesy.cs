using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Tells sentences that only thank, regret or ask from those that state something, and so need a source.</summary>
internal static class Courtesy
{
    private const int MostWords = 24;

    private static readonly string[] Begins =
    [
        "dank", "leid", "entschuld", "verstaend", "versteh", "bedau", "freu", "geduld", "unannehm", "aerger",
        "thank", "sorry", "apolog", "understand", "appreciat", "glad", "regret", "inconven", "patien",
    ];

    public static bool Is(string sentence)
    {
        var words = SearchWords.Of(sentence).ToList();
        return words.Count <= MostWords
            && (sentence.TrimEnd().EndsWith('?')
                || words.Exists(word => Begins.Any(begin => word.StartsWith(begin, StringComparison.Ordinal))));
    }
}
