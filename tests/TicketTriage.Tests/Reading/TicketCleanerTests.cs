using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Reading;

public sealed class TicketCleanerTests
{
    [Test]
    public void Messages_come_in_the_order_they_were_written()
    {
        var clean = Some.Clean([Some.Message("second", minute: 2), Some.Message("first", minute: 1), Some.Message("third", minute: 3)]);

        Assert.That(clean.Messages.Select(message => message.Text), Is.EqualTo(new[] { "first", "second", "third" }));
    }

    [Test]
    public void A_ticket_without_comments_is_its_subject()
    {
        var clean = Some.Clean([], subject: " Re:  Rechnung\r\nist falsch und zu hoch ");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clean.Subject, Is.EqualTo("Re: Rechnung ist falsch und zu hoch"));
            Assert.That(clean.Messages, Is.Empty);
            Assert.That(clean.Language.Value, Is.EqualTo("de"));
        }
    }

    [Test]
    public void A_ticket_of_only_an_image_has_no_language()
    {
        var clean = Some.Clean([Some.Message("", html: "<img src='cid:a.png@1'>")], subject: "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clean.Messages[0].Text, Is.EqualTo("[image: a.png]"));
            Assert.That(clean.Language.Value, Is.EqualTo(Finding.Unclear));
            Assert.That(clean.Language.Confidence, Is.Zero);
        }
    }

    [Test]
    public void Five_thousand_comments_are_all_read()
    {
        var comments = Enumerable.Range(0, 5_000)
            .Select(i => Some.Message($"message {i}", minute: i, html: $"<p>message <b>{i}</b></p>")).ToList();

        var clean = Some.Clean(comments);

        Assert.That(clean.Messages, Has.Count.EqualTo(5_000));
        Assert.That(clean.Messages[^1].Text, Is.EqualTo("message 4999"));
    }

    [Test]
    public void A_megabyte_of_text_is_cut_and_says_so()
    {
        var clean = Some.Clean([Some.Message(new string('x', 1_000_000))]);

        Assert.That(
            clean.Messages[0].Text,
            Is.EqualTo(new string('x', TicketCleaner.MostCharactersKept) + "\n[text cut: 980000 more characters]"));
    }

    [TestCase("<div>", 10_000)]
    [TestCase("<b><i><font size=1>", 40_000)]
    [TestCase("<blockquote>", 40_000)]
    [TestCase("<ul><li>", 60_000)]
    [TestCase("<span style='display:none'>", 20_000)]
    [TestCase("<", 500_000)]
    [CancelAfter(60_000)]
    public void Deep_nesting_is_read_to_its_end(string tag, int times)
    {
        var clean = Some.Clean([Some.Message("seen", html: string.Concat(Enumerable.Repeat(tag, times)) + "deep")]);

        Assert.That(clean.Messages[0].Text, Does.Contain("deep").Or.EqualTo("seen").Or.Contain("text cut"));
    }

    [Test]
    public void The_names_that_people_sign_with_are_collected()
    {
        var clean = Some.Clean(
        [
            Some.Message("Defekt.\n\nMit freundlichen Grüßen\nDr. Jutta Ahlers-Kern\nTel. 040 1234"),
            Some.Message("It broke.\nBest regards, Owen Tate", minute: 2),
            Some.Message("Kaputt.\nViele Grüße\nIhr Team vom Laden", minute: 3),
        ]);

        Assert.That(clean.Names, Is.EquivalentTo(new[] { "Dr. Jutta Ahlers-Kern", "Owen Tate" }));
    }

    [Test]
    public void The_hash_changes_with_what_the_customer_says_and_with_nothing_else()
    {
        var first = Some.Message("Die Lampe ist kaputt.");
        var hash = Some.Clean([first]).ContentHash;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Some.Clean([first, Some.Message("intern", isFromCustomer: false, isPublic: false)]).ContentHash, Is.EqualTo(hash));
            Assert.That(Some.Clean([first, Some.Message("Antwort", isFromCustomer: false)]).ContentHash, Is.EqualTo(hash));
            Assert.That(Some.Clean([first with { Html = "<p>Die Lampe  ist kaputt.</p>" }]).ContentHash, Is.EqualTo(hash));
            Assert.That(Some.Clean([first, Some.Message("Und?", minute: 2)]).ContentHash, Is.Not.EqualTo(hash));
            Assert.That(Some.Clean([first], subject: "anders").ContentHash, Is.Not.EqualTo(hash));
            Assert.That(hash, Does.Match("^[0-9a-f]{64}$"));
        }
    }

    [Test]
    public void Two_messages_hash_unlike_one_of_both()
    {
        var two = Some.Clean([Some.Message("a"), Some.Message("b", minute: 2)]);
        var one = Some.Clean([Some.Message("a\nb")]);

        Assert.That(two.ContentHash, Is.Not.EqualTo(one.ContentHash));
    }

    [Test]
    public void The_language_is_what_the_customer_writes_whatever_the_agents_and_markers_say()
    {
        var clean = Some.Clean(
        [
            Some.Message("Die Lampe ist leider kaputt angekommen.\n-- \nUwe Blank"),
            Some.Message("Thank you for your message, we are looking into it and will be back to you soon.",
                isFromCustomer: false, minute: 2),
        ], subject: "New contact form message from the web shop");

        Assert.That(clean.Language.Value, Is.EqualTo("de"));
    }

    [Test]
    public void Attachments_keep_their_names_on_one_line()
    {
        var message = Some.Message("x") with { Attachments = [new HelpdeskAttachment("a\n\u202Egpj.exe", "image/png", 5)] };

        Assert.That(Some.Clean([message]).Messages[0].Attachments, Is.EqualTo(new[] { new CleanFile("a gpj.exe", FileKinds.Program, 5) }));
        Assert.That(Some.Clean([message]).Warnings, Is.EqualTo(new[] { TicketWarnings.ProgramAttached }));
    }
}
