using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class ModelFolderTests
{
    private static readonly TicketModel Model = Tickets.Learn(Tickets.OfShop, "intent", "priority");

    [Test]
    public void A_model_answers_alike_after_it_was_saved_and_loaded()
    {
        using var folder = new SavedModel();

        var loaded = TicketModel.Load(folder.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded.Labels, Is.EqualTo(["intent", "priority"]));
            Assert.That(loaded.Measured, Is.EqualTo(Model.Measured));
            Assert.That(loaded.Classify("Danke!!! :) my parcel"), Is.EqualTo(Model.Classify("Danke!!! :) my parcel")));
        }
    }

    [Test]
    public void The_same_tickets_give_the_same_files()
    {
        using var folder = new SavedModel();
        using var other = new SavedModel(Tickets.Learn(Tickets.OfShop, "intent", "priority"));

        Assert.That(other.ReadAll(), Is.EqualTo(folder.ReadAll()));
    }

    [Test]
    public void A_new_model_takes_the_place_of_the_old_one()
    {
        using var folder = new SavedModel();

        Tickets.Learn(Tickets.OfShop, "intent").Save(folder.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TicketModel.Load(folder.Path).Labels, Is.EqualTo(["intent"]));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(2), "the old weights are gone");
        }
    }

    [Test]
    public void A_folder_without_a_model_is_refused()
    {
        using var folder = new SavedModel();
        File.Delete(folder.Manifest);

        AssertRefused(folder, "There is no model in");
    }

    [Test]
    public void Weights_that_changed_are_refused([Values(0, 1000, -1)] int at)
    {
        using var folder = new SavedModel();
        var bytes = File.ReadAllBytes(folder.Weights);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(folder.Weights, bytes);

        AssertRefused(folder, "does not have its checksum");
    }

    [Test]
    public void Weights_that_were_cut_off_are_refused()
    {
        using var folder = new SavedModel();
        File.WriteAllBytes(folder.Weights, File.ReadAllBytes(folder.Weights)[..^100]);

        AssertRefused(folder, "bytes instead of");
    }

    [Test]
    public void Weights_that_are_missing_are_refused()
    {
        using var folder = new SavedModel();
        File.Delete(folder.Weights);

        AssertRefused(folder, "is missing");
    }

    [TestCase("\"version\": 1", "\"version\": 99", "has format 99")]
    [TestCase("tickettriage-classifier", "recipe", "describes no classifier")]
    [TestCase("\"weights-", "\"../weights-", "names a file elsewhere")]
    [TestCase("{", "", "manifest.json can't be read")]
    [TestCase("\"sha256\"", "\"sha1\"", "manifest.json can't be read")]
    public void A_manifest_that_says_something_else_is_refused(string was, string becomes, string expected)
    {
        using var folder = new SavedModel();
        File.WriteAllText(folder.Manifest, File.ReadAllText(folder.Manifest).Replace(was, becomes, StringComparison.Ordinal));

        AssertRefused(folder, expected);
    }

    private static void AssertRefused(SavedModel folder, string expected) =>
        Assert.That(() => TicketModel.Load(folder.Path), Throws.TypeOf<LearningException>().With.Message.Contains(expected));

    private sealed class SavedModel : IDisposable
    {
        public SavedModel()
            : this(Model)
        {
        }

        public SavedModel(TicketModel model) => model.Save(Path);

        public string Path { get; } = Directory.CreateTempSubdirectory("tickettriage-test-").FullName;

        public string Manifest => System.IO.Path.Combine(Path, "manifest.json");

        public string Weights => Directory.GetFiles(Path, "weights-*.bin").Single();

        public byte[] ReadAll() => [.. File.ReadAllBytes(Manifest), .. File.ReadAllBytes(Weights)];

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
