using System.Globalization;
using System.Text;
using TicketTriage.Knowledge;

namespace TicketTriage.Benchmarks;

/// <summary>
/// Articles of made-up words that are as common as words are (Zipf's law), with German compounds and the little words of both languages,
/// so that indexes and rarities are as with real ones.
/// </summary>
internal sealed class MadeUpLibrary
{
    private const int Words = 30_000;
    private const int WordsOfPassage = 60;

    private static readonly string[] LittleGerman = ["die", "der", "und", "in", "zu", "den", "das", "nicht", "von", "sie", "ist", "des", "sich", "mit", "dem", "ein", "eine", "auf", "für", "wie"];
    private static readonly string[] LittleEnglish = ["the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "with", "be", "on", "your", "you", "can", "how", "are", "this"];
    private static readonly string[] Begins = ["be", "ver", "kon", "pro", "re", "an", "ge", "mo", "sta", "tri", "lu", "fa", "ser", "pa", "do", "ka", "mi", "no", "wa", "ti"];
    private static readonly string[] Middles = ["ra", "li", "son", "tem", "bur", "gal", "nor", "pel", "dis", "mar", "fel", "kun", "sel", "tor", "vin", "ham"];
    private static readonly string[] Ends = ["ung", "er", "keit", "ing", "tion", "al", "en", "ity", "st", "ment", "el", "or", "heit", "age", "um", "is"];

    private readonly Random random;
    private readonly string[] german = Make("de");
    private readonly string[] english = Make("en");
    private readonly double[] share = new double[Words];

    public MadeUpLibrary(int seed)
    {
        random = new Random(seed);
        var sum = 0.0;
        for (var rank = 0; rank < Words; rank++)
        {
            sum += 1.0 / (rank + 10);
            share[rank] = sum;
        }
    }

    public KnowledgeArticle NextArticle(int place, int passages)
    {
        var isGerman = place % 2 == 0;
        return new KnowledgeArticle
        {
            Source = "made-up",
            Key = place.ToString(CultureInfo.InvariantCulture),
            Title = Sentence(isGerman, 6),
            Language = isGerman ? "de" : "en",
            Sections = [.. Enumerable.Range(0, passages).Select(_ => new ArticleSection(Sentence(isGerman, 4), Sentence(isGerman, WordsOfPassage)))],
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    /// <summary>Half of its words stand in one passage of the article; one of three has a typing error or is a part of a longer word.</summary>
    public string Question(KnowledgeArticle article)
    {
        var isGerman = article.Language == "de";
        var section = article.Sections[random.Next(article.Sections.Count)];
        var own = section.Text.Split(' ').Where(word => word.Length > 4).Distinct().OrderBy(_ => random.Next()).Take(7).ToArray();
        if (own.Length > 0 && random.Next(3) == 0)
        {
            var at = random.Next(1, own[0].Length - 1);
            own[0] = own[0].Remove(at, 1);
        }

        return $"{Sentence(isGerman, 7)} {string.Join(' ', own)}?";
    }

    private string Sentence(bool isGerman, int words)
    {
        var (little, all) = isGerman ? (LittleGerman, german) : (LittleEnglish, english);
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Next(10) < 4 ? little[random.Next(little.Length)] : all[Rank()]));
    }

    private int Rank()
    {
        var at = Array.BinarySearch(share, random.NextDouble() * share[^1]);
        return Math.Min(at < 0 ? ~at : at, Words - 1);
    }

    private static string[] Make(string language)
    {
        var random = new Random(language == "de" ? 1 : 2);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Words)
        {
            var word = new StringBuilder();
            for (var parts = language == "de" && random.Next(4) == 0 ? 2 : 1; parts > 0; parts--)
            {
                word.Append(Begins[random.Next(Begins.Length)]);
                for (var middle = random.Next(1, 3); middle > 0; middle--)
                {
                    word.Append(Middles[random.Next(Middles.Length)]);
                }

                word.Append(Ends[random.Next(Ends.Length)]);
            }

            words.Add(word.ToString());
        }

        return [.. words];
    }
}
