using TicketTriage.Host.Policies;

namespace TicketTriage.Host.Tests.Policies;

internal sealed class TextDifferenceTests
{
    [TestCase("a\nb\nc", "a\nb\nc", ExpectedResult = "")]
    [TestCase("", "a", ExpectedResult = "+a")]
    [TestCase("a\nb\nc", "a\nx\nc", ExpectedResult = " a|-b|+x| c")]
    [TestCase("a\nb", "b\na", ExpectedResult = "-a| b|+a")]
    [TestCase("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nx\n6\n7\n8\n9", ExpectedResult = " 2| 3| 4|-5|+x| 6| 7| 8")]
    [TestCase("x\n1\n2\n3\n4\n5\n6\n7\n8\ny", "X\n1\n2\n3\n4\n5\n6\n7\n8\nY", ExpectedResult = "-x|+X| 1| 2| 3|…| 6| 7| 8|-y|+Y")]
    public string Shows_each_change_with_a_few_lines_around(string before, string after) =>
        string.Join('|', TextDifference.Of(before, after).Select(line => line.Change switch
        {
            LineChange.Added => $"+{line.Text}",
            LineChange.Removed => $"-{line.Text}",
            LineChange.None => $" {line.Text}",
            LineChange.LeftOut => line.Text,
        }));

    [Test]
    public void Gives_back_both_texts_however_they_differ()
    {
        var random = new Random(7);
        string[] Draw() => [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"{(char)('a' + random.Next(4))}")];

        for (var round = 0; round < 200; round++)
        {
            var (before, after) = (Draw(), Draw());
            var lines = TextDifference.Of(string.Join('\n', before), string.Join('\n', after));
            if (lines.Any(line => line.Change == LineChange.LeftOut) || lines.Count == 0)
            {
                continue;
            }

            var removed = lines.Count(line => line.Change == LineChange.Removed);
            var added = lines.Count(line => line.Change == LineChange.Added);
            Assert.That(added - removed, Is.EqualTo(after.Length - before.Length));
        }
    }
}
