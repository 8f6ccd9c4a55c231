using TicketTriage.Reading;

namespace TicketTriage.Tests.Golden;

/// <summary>Stretches of the golden tickets: customers write short, and a reply in the wrong language is seen by everybody.</summary>
public sealed class The_language_of_few_words
{
    private static readonly string[] OfTheTeam = ["de", "en"];

    [TestCase("de", 7, 0.98)]
    [TestCase("en", 7, 0.98)]
    [TestCase("de", 3, 0.94)]
    [TestCase("en", 3, 0.94)]
    public async Task Is_told_for_a_team_of_two_languages(string language, int words, double least)
    {
        var stretches = Stretches(language, words).ToList();

        var missed = stretches.Where(text => LanguageFinder.Find(text, OfTheTeam).Value != language).ToList();
        var amongAll = stretches.Count(text => LanguageFinder.Find(text).Value == language);

        await TestContext.Out.WriteLineAsync(
            $"{stretches.Count} stretches, missed {missed.Count}; among all languages told {(double)amongAll / stretches.Count:F3}");
        await TestContext.Out.WriteLineAsync(string.Join('\n', missed));
        Assert.That(stretches, Has.Count.GreaterThan(200));
        Assert.That(1 - ((double)missed.Count / stretches.Count), Is.GreaterThanOrEqualTo(least));
    }

    /// <summary>The texts cut into pieces of so many words, without greeting and signature: names have no language.</summary>
    private static IEnumerable<string> Stretches(string language, int words) => GoldenTicket.Read(language)
        .Where(ticket => ticket.Language == language)
        .SelectMany(ticket => ticket.Body.Split("\n\n").Where(part => part.Length > 60))
        .SelectMany(part => part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetter)).Chunk(words))
        .Where(chunk => chunk.Length == words)
        .Select(chunk => string.Join(' ', chunk));
}
