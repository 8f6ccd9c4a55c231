using TicketTriage.Escalations;
using TicketTriage.Helpdesks;

namespace TicketTriage.Tests.Escalations;

public sealed class NoticePlanTests
{
    private static DateTimeOffset Now => SomeMatrix.Start;

    private static readonly Reach Everybody = Of(("anna", [NoticeChannel.Mail]), ("ben", [NoticeChannel.Mail, NoticeChannel.Chat]), ("cleo", [NoticeChannel.Chat]));

    [Test]
    public void A_person_is_told_the_way_that_the_level_names_and_the_helpdesk_beside() => Assert.That(
        NoticesOf(Everybody, level => level).Select(notice => (notice.Channel, notice.Recipient)),
        Is.EquivalentTo(((NoticeChannel, string)[])[(NoticeChannel.Mail, "anna"), (NoticeChannel.Note, NoticePlan.Helpdesk)]));

    [Test]
    public void A_person_without_an_address_is_stood_in_for_by_the_fallback() => Assert.That(
        NoticesOf(Of(("cleo", [NoticeChannel.Chat])), level => level).Select(notice => notice.Recipient), Does.Contain("cleo"));

    [Test]
    public void Where_nobody_has_an_address_the_note_is_left() => Assert.That(
        NoticesOf(Of(), level => level with { By = [NoticeChannel.Mail] }).Select(notice => notice.Recipient).Single(), Is.EqualTo(NoticePlan.Helpdesk));

    [Test]
    public void The_assignee_gets_mail_at_the_address_that_the_helpdesk_has() => Assert.That(
        NoticesOf(Everybody, level => level with { Who = [MatrixLevel.Assignee] }).Select(notice => notice.Recipient), Does.Contain("agent:acme/42"));

    [TestCase(TicketPriority.High, 10)]
    [TestCase(TicketPriority.Urgent, 0)]
    public void The_assignee_sleeps_too(TicketPriority priority, int hours)
    {
        var matrix = SomeMatrix.Matrix with { AgentQuietHours = new QuietHours("20:00-07:00", "Etc/UTC") };
        var evening = new DateTimeOffset(2026, 11, 23, 21, 0, 0, TimeSpan.Zero);
        var level = Level(level => level with { Who = [MatrixLevel.Assignee] });

        var notices = NoticePlan.OfLevel(
            level with { Ticket = level.Ticket with { Priority = priority } }, matrix, Everybody, isAtOnce: false, evening, []).Notices;

        Assert.That(notices.Single(notice => notice.Channel == NoticeChannel.Mail).NotBefore, Is.EqualTo(evening.AddHours(hours)));
    }

    [TestCase("agent:acme/42", "acme", "42")]
    [TestCase("agent:42", null, null)]
    [TestCase("lead", null, null)]
    public void An_agent_is_one_of_a_helpdesk(string recipient, string? helpdesk, string? id) => Assert.That(
        NoticePlan.FindAgent(recipient), Is.EqualTo(helpdesk is null || id is null ? ((string, string)?)null : (helpdesk, id)));

    [Test]
    public void What_escalates_at_once_stands_in_the_triages_own_note() => Assert.That(
        NoticePlan.OfLevel(Level(level => level), SomeMatrix.Matrix, Everybody, isAtOnce: true, Now, []).Notices.Select(notice => notice.Channel),
        Is.EqualTo((NoticeChannel[])[NoticeChannel.Mail]));

    [Test]
    public void What_a_level_does_to_the_ticket_is_done_although_it_has_no_note([Values] bool isAtOnce) => Assert.That(
        Told(NoticePlan.OfLevel(
            Level(level => level with { By = isAtOnce ? level.By : [NoticeChannel.Mail], RaiseTo = TicketPriority.High }), SomeMatrix.Matrix,
            Everybody, isAtOnce, Now, [])),
        Is.EqualTo("Mail anna, Note mark"));

    [TestCase("assignee group")]
    [TestCase("group")]
    [TestCase("assignee")]
    public void At_once_and_with_nobody_on_it_the_next_level_that_can_be_reached_is_told(string who)
    {
        var nobodys = Level(level => level with { Who = who.Split(' ') });
        nobodys = nobodys with { Ticket = nobodys.Ticket with { AssigneeId = null } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Told(NoticePlan.OfLevel(nobodys, SomeMatrix.Matrix, Everybody, isAtOnce: true, Now, [])), Is.EqualTo("Mail ben"));
            Assert.That(
                Told(NoticePlan.OfLevel(nobodys, SomeMatrix.Matrix, Of(("cleo", [NoticeChannel.Chat])), isAtOnce: true, Now, [])),
                Is.EqualTo("Chat cleo"), "nobody of the next level has an address");
            Assert.That(
                Told(NoticePlan.OfLevel(nobodys, SomeMatrix.Matrix, Of(), isAtOnce: true, Now, [])), Is.Empty, "the triage's own note says it");
        }
    }

    [Test]
    public void The_groups_own_note_needs_nobody_to_stand_in() => Assert.That(
        NoticesOf(Everybody, level => level with { Who = [MatrixLevel.Group] }).Select(notice => notice.Recipient), Is.EqualTo([NoticePlan.Helpdesk]));

    [TestCase(NoticeChannel.Mail, "ben", NoticeChannel.Chat, "ben")]
    [TestCase(NoticeChannel.Mail, "anna", NoticeChannel.Note, NoticePlan.Helpdesk)]
    [TestCase(NoticeChannel.Webhook, NoticePlan.Webhook, NoticeChannel.Note, NoticePlan.Helpdesk)]
    public void What_fails_goes_another_way(NoticeChannel channel, string recipient, NoticeChannel other, string to) => Assert.That(
        NoticePlan.Instead(channel, recipient, Everybody, Now), Is.EqualTo(new PlannedNotice(other, to, Now)));

    [Test]
    public void After_the_last_level_the_mark_comes_at_once_and_the_list_in_the_morning()
    {
        var repeat = NoticePlan.OfRepeat(SomeMatrix.Matrix, SomeMatrix.Matrix.Rows[0].Levels[2], Everybody, Now);

        Assert.That(repeat, Is.EquivalentTo((PlannedNotice[])
        [
            new(NoticeChannel.Note, NoticePlan.Helpdesk, Now),
            new(NoticeChannel.Chat, "cleo", new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero)),
        ]));
    }

    [Test]
    public void The_signed_call_is_made_again_too() => Assert.That(
        NoticePlan.OfRepeat(
            SomeMatrix.Matrix, SomeMatrix.Matrix.Rows[0].Levels[2] with { By = [NoticeChannel.Webhook] }, Everybody with { HasWebhook = true }, Now),
        Does.Contain(new PlannedNotice(NoticeChannel.Webhook, NoticePlan.Webhook, Now)));

    private static IReadOnlyList<PlannedNotice> NoticesOf(Reach reach, Func<MatrixLevel, MatrixLevel> change) =>
        NoticePlan.OfLevel(Level(change), SomeMatrix.Matrix, reach, isAtOnce: false, Now, []).Notices;

    private static string Told(LevelNotices told) => string.Join(", ", told.Notices.Select(notice => $"{notice.Channel} {notice.Recipient}"));

    private static OpenLevel Level(Func<MatrixLevel, MatrixLevel> change)
    {
        var row = SomeMatrix.Matrix.Rows[0];
        return SomeMatrix.Open(SomeMatrix.Ticket() with { AssigneeId = "42", Priority = TicketPriority.High }) with
        {
            Row = row with { Levels = [change(row.Levels[0]), .. row.Levels.Skip(1)] },
        };
    }

    private static Reach Of(params (string Person, IReadOnlyList<NoticeChannel> Channels)[] people) =>
        new(people.ToDictionary(person => person.Person, person => person.Channels)) { HasMail = true };
}
