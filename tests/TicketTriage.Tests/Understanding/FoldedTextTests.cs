using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class FoldedTextTests
{
    [TestCase("Rückgabe GRÖSSE Maß", ExpectedResult = "rueckgabe groesse mass")]
    [TestCase("Ru\u0308ckgabe", ExpectedResult = "rueckgabe")]
    [TestCase("café, naïve", ExpectedResult = "cafe naive")]
    [TestCase("don't can’t", ExpectedResult = "dont cant")]
    [TestCase("Order NK-204817 of 12.03.", ExpectedResult = "order nk 0 of 0 0")]
    [TestCase("🔥!!! \u200b", ExpectedResult = "")]
    [TestCase("", ExpectedResult = "")]
    public string Spellings_of_the_same_word_meet(string text) => FoldedText.Of(text);

    [TestCase("No, thanks. Bye", ExpectedResult = "no . thanks . bye")]
    [TestCase("zum 3. Mal", ExpectedResult = "zum 0 mal")]
    [TestCase("what?!... now", ExpectedResult = "what . now")]
    public string Clauses_end_with_a_break(string text) => string.Join(' ', TicketWords.Split(text));

    [Test]
    public void The_room_suffices_for_any_text([Values("ääää", ".a.a.a", "ßßß", "a,", "0.0", "....")] string text)
    {
        var folded = new char[FoldedText.RoomFor(text.Length)];

        Assert.That(() => FoldedText.Fold(text, folded, keepBreaks: true), Throws.Nothing);
    }
}
