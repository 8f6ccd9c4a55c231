using AngleSharp.Html.Parser;
using TicketTriage.Drafting;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

/// <summary>Ten thousand bytes are not enough for everything: what stays, and what says that something is missing.</summary>
public sealed class The_private_notes_room
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;

    [TestCase("en", "… and 5 more, on the ticket's page in TicketTriage")]
    [TestCase("de", "… und 5 weitere, auf der Seite des Tickets in TicketTriage")]
    public void Says_how_many_remarks_it_has_no_room_for(string language, string more)
    {
        var triage = WithDraft(draft => draft with { Remarks = [.. Enumerable.Range(1, 12).Select(number => $"Look at sentence {number}.")] });

        var list = TextOf(TriageNote.Write(triage, [], text => text, language, Shipped));

        Assert.That(list, Does.Contain("Look at sentence 7.").And.Contain(more).And.Not.Contain("Look at sentence 8."));
    }

    [TestCase("a")]
    [TestCase("漢")]
    [TestCase("<")]
    public void Names_remarks_even_where_they_are_endless(string piece)
    {
        var remarks = Enumerable.Repeat(string.Concat(Enumerable.Repeat(piece, 300)), 12);

        var note = Text(WithDraft(draft => draft with { Text = new string('x', 20_000), Remarks = [.. remarks] }));

        Assert.That(note, Does.Contain("<h4>Check</h4>").And.Match("… and [0-9]+ more"));
    }

    [TestCase("en", "[… shortened here;")]
    [TestCase("de", "[… hier gekürzt;")]
    public void Cuts_a_long_draft_in_its_middle_and_says_so(string language, string gap)
    {
        const string legal = "Without prejudice. Section 4 of our terms applies, letter for letter.";
        var answer = string.Join('\n', Enumerable.Range(1, 400).Select(number => $"This is line {number} of the answer."));
        var triage = WithDraft(draft => draft with { Text = $"Dear Ms Ahlers,\n\n{answer}\n\n{legal}\n\nKind regards" });

        var draft = TextOf(TriageNote.Write(triage, [], text => text, language, Shipped));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft, Does.Contain($"Dear Ms Ahlers,").And.Contain("This is line 1 of the answer.").And.Contain(gap).And.Contain(legal + "Kind regards"));
            Assert.That(draft, Does.Not.Contain("This is line 120 of the answer."));
            Assert.That(draft, Does.Match("This is line [0-9]+ of the answer.\\[…").And.Match("…\\]This is line [0-9]+ of the answer."), "whole lines");
        }
    }

    [Test]
    public void Keeps_a_legal_text_of_a_page_whole_and_names_what_gives_way_to_it()
    {
        var legal = string.Join(' ', Enumerable.Range(1, 80).Select(number => $"§ {number}: Sie können den Vertrag widerrufen."));
        var triage = WithDraft(draft => draft with
        {
            Text = $"Guten Tag,\n\n{new string('x', 9_000)}\n\n{legal}\n\nFreundliche Grüße",
            Remarks = [.. Enumerable.Repeat(new string('y', 290), 8)],
        });
        triage = triage with
        {
            Understanding = triage.Understanding with
            {
                Summary = new string('z', 1_400),
                Missing = [.. Enumerable.Repeat(new string('m', 290), 8)],
                Fields = Enumerable.Range(0, 8).ToDictionary(number => $"field {number}", _ => new string('f', 290)),
            },
        };

        var note = TextOf(TriageNote.Write(triage, [], text => text, "de", Shipped));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(legal, Has.Length.GreaterThan(3_000));
            Assert.That(note, Does.Contain("Guten Tag,").And.Contain(legal).And.Contain("Freundliche Grüße"));
            Assert.That(note, Does.Contain("Aus Platz nur auf der Seite des Tickets in TicketTriage: Warum").And.Match("und [0-9] weitere"));
        }
    }

    [Test]
    public void Leaves_nothing_out_for_a_short_draft_that_has_room()
    {
        var line = new string('x', 250);
        var triage = WithDraft(draft => draft with { Text = "Hello." });
        triage = triage with
        {
            Understanding = triage.Understanding with
            {
                Summary = new string('y', 1_400),
                Missing = [.. Enumerable.Repeat(line, 8)],
                Fields = Enumerable.Range(0, 8).ToDictionary(number => $"field {number}", _ => line),
            },
        };

        var note = TriageNote.Write(triage, [line], text => text, "en", Shipped);

        Assert.That(note, Does.Contain("<h4>Left as it was</h4>").And.Contain("<h4>Why</h4>").And.Contain("<h4>Details</h4>").And.Contain("Hello."));
    }

    [Test]
    public void Is_known_by_its_own_last_line_whatever_a_customer_wrote_before()
    {
        var triage = WithDraft(draft => draft with { Text = "TicketTriage · local · 019ab5f0c1d27e4fa3b4c5d6e7f80912" });

        Assert.That(TriageNote.FindTriage(Text(triage)), Is.EqualTo(triage.Id));
    }

    [TestCase("en", "What was written", "2026-11-20, customer: It is late.", "2026-11-21, agent: We ask the carrier.", "2026-11-22, customer: Any news, Ms Ahlers?")]
    [TestCase("de", "Bisher geschrieben", "2026-11-20, Kunde: It is late.", "2026-11-21, Agent: We ask the carrier.", "2026-11-22, Kunde: Any news, Ms Ahlers?")]
    public void Tells_what_has_happened_so_far_where_something_has(string language, string heading, string first, string second, string third)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        Triage Having(params (bool IsFromCustomer, string Text)[] messages) => triage with
        {
            Conversation = triage.Conversation with
            {
                Messages = [.. messages.Select((message, day) => new CleanMessage(
                    message.IsFromCustomer, true, message.Text, new DateTimeOffset(2026, 11, 20 + day, 9, 0, 0, TimeSpan.Zero), []))],
            },
        };
        string Note(Triage of) => TriageNote.Write(of, [], text => text.Replace("[PERSON_1]", "Ms Ahlers", StringComparison.Ordinal), language, Shipped);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Note(Having((true, "It is late."), (false, "We ask the carrier."), (true, "Any news, [PERSON_1]?"))),
                Does.Contain($"<h4>{heading}</h4><ul><li>{first}</li><li>{second}</li><li>{third}</li></ul>"));
            Assert.That(Note(Having((true, "It is late."))), Does.Not.Contain(heading), "the summary has it");
        }
    }

    private static string Text(Triage triage) => TriageNote.Write(triage, [], text => text, "en", Shipped);

    private static string TextOf(string note) => new HtmlParser().ParseDocument(note).Body?.TextContent.Replace('\u00a0', ' ') ?? "";

    private static Triage WithDraft(Func<ReplyDraft, ReplyDraft> change)
    {
        var triage = ATriage.Of(new TicketId("acme", "7"));
        return triage with { Draft = change(triage.Draft) };
    }
}
