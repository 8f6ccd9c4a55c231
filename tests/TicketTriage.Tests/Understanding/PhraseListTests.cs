using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class PhraseListTests
{
    [TestCase("kündig*", "Hiermit kuendige ich", ExpectedResult = true)]
    [TestCase("kündig*", "Ich habe gekündigt", ExpectedResult = false)]
    [TestCase("*ausfall", "Ein Serverausfall!", ExpectedResult = true)]
    [TestCase("zum dritten mal", "ZUM DRITTEN MAL!!!", ExpectedResult = true)]
    [TestCase("zum * mal", "zum vierten Mal", ExpectedResult = true)]
    [TestCase("push-nachricht", "eine Push-Nachricht", ExpectedResult = true)]
    [TestCase("no answer", "no. answer", ExpectedResult = false)]
    public bool A_phrase_is_found_by_its_words(string phrase, string text) =>
        new PhraseList<int>([KeyValuePair.Create(phrase, 1)]).FindIn(TicketWords.Split(text)).Count > 0;

    [Test]
    public void Of_two_phrases_from_one_word_on_the_longer_counts()
    {
        var list = new PhraseList<string>(
            [KeyValuePair.Create("freundliche", "praise"), KeyValuePair.Create("freundliche grüße", "nothing")]);

        var found = list.FindIn(TicketWords.Split("Freundliche Grüße"));

        Assert.That(found.Select(phrase => phrase.Meaning), Is.EqualTo(["nothing"]));
    }
}
