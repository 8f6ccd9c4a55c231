using System.Text.RegularExpressions;
using TicketTriage.Host.Pages;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Pages;

internal sealed partial class What_pages_say
{
    /// <summary>Doors of programs, and what is said to programs alone.</summary>
    private static readonly string[] ForPrograms = [$"{Path.DirectorySeparatorChar}Api{Path.DirectorySeparatorChar}", "FormSizes.cs", "Refusals.cs"];

    [Test]
    public void Has_a_german_sentence_for_each_english_one()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "TicketTriage.Host"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !ForPrograms.Any(file.Contains))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["said"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.That(said, Has.Count.GreaterThan(150));
        Assert.That(said.Where(sentence => !Words.Knows(sentence)), Is.Empty);
    }

    [TestCase("3 tickets found that no webhook had told of", "3 Tickets gefunden, von denen kein Webhook berichtet hatte")]
    [TestCase("4 articles new or changed, 1 gone.", "4 Artikel neu oder geändert, 1 weggefallen.")]
    [TestCase(
        "4 articles new or changed, 1 gone. 2 sources could not be read; the log says why.",
        "4 Artikel neu oder geändert, 1 weggefallen. 2 Quellen waren nicht zu lesen; warum, steht im Log.")]
    [TestCase(
        "1 tickets were given to agents, 0 wait again, 2 are begun and with agents who are away",
        "1 Tickets an Agenten gegeben, 0 warten wieder, 2 sind begonnen und bei abwesenden Agenten")]
    [TestCase("Deleted rows: triages 12, deliveries 4.", "Gelöschte Zeilen: triages 12, deliveries 4.")]
    [TestCase(
        "It was cut off: its process or its connection to the database ended.",
        "Abgebrochen: Der Prozess oder seine Verbindung zur Datenbank endete.")]
    public void Tells_in_german_what_a_run_of_a_job_brought(string english, string german) =>
        Assert.That(new Words(new Look(IsGerman: true, Theme: null)).Sentence(english), Is.EqualTo(german));

    [Test]
    public void Tells_in_german_what_every_job_brings()
    {
        string[] jobs =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "TicketTriage", "Jobs"), "*Job.cs")
                .Where(file => !file.EndsWith("RecurringJob.cs", StringComparison.Ordinal)).Select(File.ReadAllText),
        ];

        var said = jobs.SelectMany(SourceTexts.In).Where(pieces => pieces.Any(piece => piece.Trim().Contains(' ', StringComparison.Ordinal))).ToList();

        Assert.That(said, Has.Count.GreaterThan(7));
        Assert.That(
            said.Where(pieces => !Host.Jobs.RunsInGerman.Texts.Keys.Any(key => pieces.All(piece => key.Contains(piece, StringComparison.Ordinal))))
                .Select(pieces => string.Join("…", pieces)),
            Is.Empty);
    }

    [GeneratedRegex("""(?:(?:Say|words)(?:\[|\.Of\(\s*)|detail: \$?)"(?<said>[^"]+)"(?:\]|[,)])""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Sentence();
}
