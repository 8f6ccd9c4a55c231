using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class MarksTests
{
    [TestCase("danke :)", ":)")]
    [TestCase("Wirklich?", "?")]
    [TestCase("toll!!!!!", "!!")]
    [TestCase("super \U0001F600\U0001F600", "\U0001F600 \U0001F600")]
    [TestCase("siehe https://example.com/a?b=1", "address")]
    [TestCase("@anna hallo", "@")]
    [TestCase("Guten Tag, das ist alles.", "")]
    [TestCase("", "")]
    public void What_is_said_without_words_is_found(string text, string expected)
    {
        var hashes = new ulong[Marks.RoomFor(text.Length)];

        var count = Marks.Hash(text, hashes);

        ulong[] marks = [.. expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(mark => NGrams.HashMark(mark))];
        Assert.That(hashes[..count], Is.EqualTo(marks));
    }
}
