using System.Text.RegularExpressions;
using TicketTriage.Host.Pages;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Pages;

internal sealed partial class What_pages_say
{
    [Test]
    public void Has_a_german_sentence_for_each_english_one()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "TicketTriage.Host"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["said"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.That(said, Has.Count.GreaterThan(150));
        Assert.That(said.Where(sentence => !Words.Knows(sentence)), Is.Empty);
    }

    [GeneratedRegex("""(?:Say|words)(?:\[|\.Of\(\s*)"(?<said>[^"]+)"(?:\]|[,)])""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Sentence();
}
