using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class MoodWordsTests
{
    [TestCase("Das war großartig", ExpectedResult = "good")]
    [TestCase("DAS WAR GROSSARTIG", ExpectedResult = "good")]
    [TestCase("Das war nicht gut", ExpectedResult = "bad")]
    [TestCase("no problems at all", ExpectedResult = "good")]
    [TestCase("never had such a great time", ExpectedResult = "good", Description = "the negation is too far away")]
    [TestCase("toll, aber kaputt", ExpectedResult = "good bad")]
    [TestCase("Gutschein", ExpectedResult = "", Description = "a whole word is not the beginning of another")]
    [TestCase("", ExpectedResult = "")]
    public string Moods_are_found_and_negations_turn_them(string text)
    {
        var hashes = new ulong[20];
        var count = Tickets.Moods.Hash($" {FoldedText.Of(text)} ", hashes);

        return string.Join(' ', hashes.Take(count).Select(hash => hash == NGrams.HashMark("good mood") ? "good" : "bad"));
    }
}
