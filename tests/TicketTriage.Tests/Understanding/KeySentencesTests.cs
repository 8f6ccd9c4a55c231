using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class KeySentencesTests
{
    [Test]
    public void The_heaviest_two_sentences_stand_in_the_order_they_were_written()
    {
        var ticket = ATicket.Saying(
            "Guten Tag Frau Meier,\n\nmein Paket fehlt noch immer. Heute regnet es. Das Paket hat die Nummer 12.\n\nViele Grüße\nTom");

        var summary = KeySentences.Pick(ticket, sentence => sentence.Contains("Paket", StringComparison.Ordinal) ? 1 : 0);

        Assert.That(summary, Is.EqualTo("Mein Paket fehlt noch immer. Das Paket hat die Nummer 12."));
    }

    [Test]
    public void What_was_removed_is_not_quoted() =>
        Assert.That(
            KeySentences.Pick(ATicket.Saying("[quoted history removed here]\nThe parcel is late."), _ => 1),
            Is.EqualTo("The parcel is late."));

    [Test]
    public void A_full_line_of_mail_is_not_the_end_of_a_sentence()
    {
        var ticket = ATicket.Saying("the parcel that I ordered from you at the beginning of this month\nhas still not arrived.");

        Assert.That(KeySentences.Pick(ticket, _ => 1), Does.StartWith("The parcel").And.EndWith("month has still not arrived."));
    }

    [Test]
    public void An_abbreviation_does_not_end_a_sentence() =>
        Assert.That(
            KeySentences.Pick(ATicket.Saying("Es geht um Rechnung Nr. 12 vom 3. Mai."), _ => 1),
            Is.EqualTo("Es geht um Rechnung Nr. 12 vom 3. Mai."));

    [Test]
    public void Without_a_sentence_the_subject_stands_in() =>
        Assert.That(KeySentences.Pick(ATicket.Saying("Hallo!", subject: "Paket fehlt"), _ => 1), Is.EqualTo("Paket fehlt"));

    [Test]
    public void A_summary_is_never_longer_than_three_hundred_characters() =>
        Assert.That(
            KeySentences.Pick(ATicket.Saying(string.Join(' ', Enumerable.Repeat("endless words", 100))), _ => 1),
            Has.Length.InRange(150, 300).And.EndWith("…"));
}
