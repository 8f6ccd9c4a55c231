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
        NoticesOf(Everybody, level => level with { Who = [MatrixLevel.Assignee] }).Select(notice => notice.Recipient), Does.Contain("agent:42"));

    [Test]
    public void What_escalates_at_once_stands_in_the_triages_own_note() => Assert.That(
        NoticePlan.OfLevel(Level(level => level), SomeMatrix.Matrix, Everybody, isAtOnce: true, Now, []).Notices.Select(notice => notice.Channel),
        Is.EqualTo((NoticeChannel[])[NoticeChannel.Mail]));

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

    private static IReadOnlyList<PlannedNotice> NoticesOf(Reach reach, Func<MatrixLevel, MatrixLevel> change) =>
        NoticePlan.OfLevel(Level(change), SomeMatrix.Matrix, reach, isAtOnce: false, Now, []).Notices;

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
