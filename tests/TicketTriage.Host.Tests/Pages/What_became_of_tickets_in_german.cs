using System.Net;
using TicketTriage.Agents;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tickets;
using TicketTriage.Testing;
using TicketTriage.Understanding;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class What_became_of_tickets_in_german
{
    private static readonly Words German = new(new Look(IsGerman: true, Theme: null));

    private static readonly string[] Sources =
    [
        "src/TicketTriage/Journey/TicketReader.cs", "src/TicketTriage/Journey/LoopGuard.cs",
        "src/TicketTriage.Helpdesks/Zendesk/ZendeskFault.cs", "src/TicketTriage.Helpdesks/Freshdesk/FreshdeskFault.cs",
    ];

    [Test]
    public void Every_sentence_of_these_has_its_german()
    {
        var known = OutcomesInGerman.Texts.Select(text => text.Key).ToList();

        var said = Sources.SelectMany(source => SourceTexts.In(Repository.Read(source)))
            .Where(pieces => pieces is [.., var last] && last.EndsWith('.') && pieces.Any(piece => piece.Contains(' ', StringComparison.Ordinal))).ToList();

        Assert.That(said, Has.Count.GreaterThan(20));
        Assert.That(said.Where(pieces => !known.Exists(key => HasInOrder(key, pieces))).Select(pieces => string.Join("…", pieces)), Is.Empty);
    }

    [TestCase("The ticket was marked as spam.", "Das Ticket wurde als Spam markiert.")]
    [TestCase("Helpdesk acme refuses ticket 7 (422) because of group_id, status.", "Der Helpdesk acme lehnt es wegen group_id, status ab (ticket 7, 422).")]
    [TestCase(
        "Left out: fields. Helpdesk acme refuses ticket 7 (422 RecordInvalid).",
        "Weggelassen: fields. Der Helpdesk acme lehnt es ab (ticket 7, 422 RecordInvalid).")]
    [TestCase(
        "Helpdesk acme can't be reached for ticket 7: nothing accepts the connection.",
        "Der Helpdesk acme ist nicht erreichbar (ticket 7): Nichts nimmt die Verbindung an.")]
    [TestCase(
        "Freshdesk keeps ticket 7 from this service (403 require_feature): the plan of helpdesk acme doesn't have it.",
        "Freshdesk verwehrt es diesem Dienst (ticket 7, 403 require_feature): Der Tarif des Helpdesks acme hat es nicht.")]
    [TestCase(
        "Something unforeseen happened (FormatException); the log of this time has the details.",
        "Etwas Unvorhergesehenes ist geschehen (FormatException); Näheres steht im Protokoll dieser Zeit.")]
    [TestCase(
        "Line 4: skills, x is 9 and has to be a whole number from 1 to 5.", "Zeile 4: skills, x ist 9 und muss eine ganze Zahl von 1 bis 5 sein.")]
    [TestCase("Line 6: Mon is no working time such as Mon-Fri 09:00-17:00.", "Zeile 6: Mon ist keine Arbeitszeit wie Mon-Fri 09:00-17:00.")]
    [TestCase("9 is no time such as 09:00.", "9 ist keine Uhrzeit wie 09:00.")]
    public void Values_stay_as_they_are(string english, string german) => Assert.That(German.Sentence(english), Is.EqualTo(german));

    [Test]
    public void What_is_wrong_with_a_roster_is_said_in_german()
    {
        string[] faults =
        [
            .. RosterFile.Read("").Faults, .. RosterFile.Read("id,id,colour\n").Faults,
            .. RosterFile.Read("id,name,skills,capacity,zone,hours,absences\n1,A\n,B,,,,,\n2,,,,,,\n3,C,x,,,,\n4,D,x:9,,,,\n5,E,,,Mars,,\n6,F,,,,Mon,\n"
                + "7,G,,,,Mon-Fry 09:00-17:00,\n8,H,,,,Fri-Mon 09:00-17:00,\n9,I,,,,Mon 9-17,\n10,J,,,,,soon\n11,K,,,,,\n11,L,,,,,\n").Faults,
        ];

        Assert.That(faults, Has.Length.GreaterThan(12));
        Assert.That(
            faults.Where(fault => German.Sentence(fault).Split(' ', ';').Intersect(["Line", "the", "is", "has", "of", "there", "no"]).Any())
                .Select(fault => $"{fault} > {German.Sentence(fault)}"), Is.Empty);
    }

    [Test]
    public void Every_signal_and_every_warning_has_its_german() =>
        Assert.That(UrgencySignals.Known.Where(signal => !Words.Knows(signal)), Is.Empty);

    [Test]
    public async Task A_parked_ticket_is_told_in_german_and_a_customers_words_stay_theirs(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(6, cancellationToken);
        using var browser = await console.SignedInAsync(Roles.Admin, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update tickets set outcome = 'parked', reason = 'Helpdesk acme refuses ticket 3 (422) because of group_id.' where number = '3';
            update triages set understanding = understanding || '{"signals":["wants_person"]}',
                conversation = conversation || '{"warnings":["hidden_text"]}' where number = '3';
            update decision_lines set is_held = true, subject = 'The ticket is closed.' where number = '1';
            """);
        using var german = await Door.SubmitAsync(browser, "/rules", "/look", [new("language", "de")], cancellationToken);

        var ticket = WebUtility.HtmlDecode(await browser.GetStringAsync("/tickets/acme/3", cancellationToken));
        var jobs = WebUtility.HtmlDecode(await browser.GetStringAsync("/jobs", cancellationToken));
        var today = WebUtility.HtmlDecode(await browser.GetStringAsync("/", cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            foreach (var page in (string[])[ticket, jobs, today])
            {
                Assert.That(page, Does.Contain("Der Helpdesk acme lehnt es wegen group_id ab").And.Not.Contain("refuses"));
            }

            Assert.That(ticket, Does.Contain("verlangt einen Menschen").And.Contain("versteckter Text").And.Not.Contain("wants_person"));
            Assert.That(today, Does.Contain("The ticket is closed."));
        }
    }

    private static bool HasInOrder(string key, IReadOnlyList<string> pieces)
    {
        var at = 0;
        foreach (var found in pieces.Select(piece => key.IndexOf(piece, at, StringComparison.Ordinal)))
        {
            if (found < 0)
            {
                return false;
            }

            at = found + 1;
        }

        return true;
    }
}
