using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding;

public sealed class Keeping_starter_models : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("starter-models-");

    [Test]
    public void The_second_start_learns_nothing_and_decides_the_same()
    {
        var trained = NewModels().LoadOrTrain("one", Train);

        var kept = NewModels().LoadOrTrain("one", () => throw new InvalidOperationException("Nothing is to be learnt."));

        var (before, after) = (trained.Classify("Where is my parcel?"), kept.Classify("Where is my parcel?"));
        Assert.That((after.Label, after.Confidence), Is.EqualTo((before.Label, before.Confidence)));
    }

    [Test]
    public void Another_version_is_learnt_for_itself()
    {
        NewModels().LoadOrTrain("one", Train);
        var times = 0;

        NewModels().LoadOrTrain("two", () =>
        {
            times++;
            return Train();
        });

        Assert.That(times, Is.EqualTo(1));
    }

    [Test]
    public void A_damaged_model_is_learnt_anew()
    {
        NewModels().LoadOrTrain("one", Train);
        var weights = folder.EnumerateFiles("weights-*.bin", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(weights.FullName, [1, 2, 3]);

        var learnt = NewModels().LoadOrTrain("one", Train);
        var kept = NewModels().LoadOrTrain("one", () => throw new InvalidOperationException("It was repaired."));

        Assert.That(kept.Classify("A refund, please").Label, Is.EqualTo(learnt.Classify("A refund, please").Label));
    }

    [Test]
    public void Where_nothing_can_be_written_it_is_learnt_all_the_same()
    {
        var file = Path.Combine(folder.FullName, "a file and no folder");
        File.WriteAllText(file, "");

        var learnt = new StarterModels(file, NullLogger<StarterModels>.Instance).LoadOrTrain("one", Train);

        Assert.That(learnt.Heads, Is.Not.Empty);
    }

    [Test]
    public void Old_models_are_thrown_away()
    {
        foreach (var version in (string[])["a", "b", "c", "d", "e", "f"])
        {
            NewModels().LoadOrTrain(version, Train);
        }

        Assert.That(folder.EnumerateDirectories().ToList(), Has.Count.EqualTo(4));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private StarterModels NewModels() => new(folder.FullName, NullLogger<StarterModels>.Instance);

    private static TextClassifier Train() => TextClassifier.Train(
        [
            .. Enumerable.Range(0, 8).Select(number => new LabelledText($"My parcel number {number} did not arrive", "orders/late")),
            .. Enumerable.Range(0, 8).Select(number => new LabelledText($"I want my money back for item {number}, a refund", "billing/refund")),
        ],
        new MoodWords(WordLists.LoadMoods().Content),
        new TrainingOptions(),
        CancellationToken.None);
}
