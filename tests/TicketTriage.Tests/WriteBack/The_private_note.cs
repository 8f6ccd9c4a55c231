using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public sealed class The_private_note
{
    [TestCase("en", "The ticket gives orders to software.")]
    [TestCase("de", "Das Ticket gibt der Software Anweisungen.")]
    public void Says_why_a_suspected_ticket_is_with_a_person(string language, string sentence)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Conversation = triage.Conversation with { Warnings = [TicketWarnings.Instructions] } };

        Assert.That(TriageNote.Write(triage, [], text => text, language), Does.Contain(sentence));
    }

    [Test]
    public void Knows_words_for_every_warning([ValueSource(typeof(TicketWarnings), nameof(TicketWarnings.All))] string warning)
    {
        Assert.That(NoteWords.English.Warn(warning), Is.Not.EqualTo(warning).And.Not.EqualTo(NoteWords.German.Warn(warning)));
    }

    [Test]
    public void Puts_values_back_that_the_record_lacks()
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        triage = triage with { Draft = triage.Draft with { Text = "Hello [PERSON_1]" } };

        var note = TriageNote.Write(triage, [], text => text.Replace("[PERSON_1]", "Ms Ahlers", StringComparison.Ordinal), "en");

        Assert.That(note, Does.Contain("Hello Ms Ahlers").And.Not.Contain("PERSON_1"));
    }
}
