using TicketTriage.Models;
using TicketTriage.Reading;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class TicketExcerptTests
{
    [Test]
    public void The_newest_messages_come_first_and_whole()
    {
        var ticket = ATicket.Saying("", "Lamp") with
        {
            Messages =
            [
                ATicket.FromCustomer("The first words about the lamp, long ago."),
                ATicket.FromAgent("An agent's answer."),
                ATicket.FromCustomer("The second message."),
                ATicket.FromCustomer("The newest message."),
            ],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                TicketExcerpt.Take(ticket, 100),
                Is.EqualTo("Lamp\nThe newest message.\nThe second message.\nThe first words about the lamp, long ago."));
            Assert.That(TicketExcerpt.Take(ticket, 20), Is.EqualTo("Lamp\nThe newest message.\nThe second message.\n[older messages left out]"));
            Assert.That(TicketExcerpt.Take(ticket, 12), Is.EqualTo("Lamp\nThe newest message.\n[older messages left out]"));
        }
    }

    [Test]
    public void An_older_message_does_not_slip_in_where_a_newer_one_did_not_fit()
    {
        var ticket = ATicket.Saying("", "Lamp") with
        {
            Messages =
            [
                ATicket.FromCustomer("Short."),
                ATicket.FromCustomer(string.Concat(Enumerable.Repeat("A long story. ", 50))),
                ATicket.FromCustomer("The newest message."),
            ],
        };

        Assert.That(TicketExcerpt.Take(ticket, 50), Is.EqualTo("Lamp\nThe newest message.\n[older messages left out]"));
    }

    [Test]
    public void Of_a_newest_message_that_is_too_long_whole_sentences_stay()
    {
        var ticket = ATicket.Saying(string.Concat(Enumerable.Repeat("It flickers at 3.5 volts. ", 50)), "Lamp");

        var text = TicketExcerpt.Take(ticket, 40);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Match(@"^Lamp\n(It flickers at 3\.5 volts\. ?)+\n\[rest of this message left out\]$"));
            Assert.That(TokenCount.Of(text), Is.InRange(25, 40));
        }
    }

    [Test]
    public void What_files_say_is_told_below_their_message()
    {
        var ticket = ATicket.Saying("", "Invoice") with
        {
            Messages = [ATicket.FromCustomer("The first words."), WithFile("See the file.", "The amount is 40 euros too high.")],
        };

        Assert.That(
            TicketExcerpt.Take(ticket, 100),
            Is.EqualTo("Invoice\nSee the file.\n[file: letter.txt]\nThe amount is 40 euros too high.\nThe first words."));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_long_file_takes_nothing_of_its_message(bool isNewest)
    {
        var message = WithFile("See the file.", string.Concat(Enumerable.Repeat("It flickers at 3.5 volts. ", 50)));
        var ticket = ATicket.Saying("", "Lamp") with { Messages = isNewest ? [message] : [message, ATicket.FromCustomer("Any news?")] };

        var text = TicketExcerpt.Take(ticket, 60);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith(isNewest ? "Lamp\nSee the file.\n" : "Lamp\nAny news?\nSee the file.\n"));
            Assert.That(text, Does.Contain("It flickers").And.EndsWith("\n[rest of this message left out]"));
            Assert.That(TokenCount.Of(text), Is.AtMost(60));
        }
    }

    private static CleanMessage WithFile(string text, string content) =>
        ATicket.FromCustomer(text) with { Attachments = [new CleanFile("letter.txt", FileKinds.Text, content.Length, content)] };

    [TestCase("", ExpectedResult = 0)]
    [TestCase("lamp", ExpectedResult = 1)]
    [TestCase("Rechnung 4711 falsch!", ExpectedResult = 7)]
    [TestCase("灯坏了", ExpectedResult = 3)]
    public int Tokens_are_counted_with_care(string text) => TokenCount.Of(text);
}
