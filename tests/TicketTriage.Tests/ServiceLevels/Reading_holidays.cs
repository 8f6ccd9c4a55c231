using NodaTime;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

public sealed class Reading_holidays
{
    [Test]
    public void Whole_days_are_read_also_several_in_a_row_and_what_lasts_some_hours_is_none() => Assert.That(
        Read("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", "DTSTART:20261231T120000Z\nDTEND:20261231T180000Z"),
        Is.EqualTo((LocalDate[])[new(2026, 12, 24), new(2026, 12, 25), new(2026, 12, 26)]));

    [Test]
    public void What_comes_back_every_year_does_so_until_the_last_day_asked_for() => Assert.That(
        Read("DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY"),
        Is.EqualTo((LocalDate[])[new(2025, 1, 1), new(2026, 1, 1), new(2027, 1, 1)]));

    [Test]
    public void A_leap_day_comes_back_in_leap_years() => Assert.That(
        Read("DTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY"), Is.EqualTo((LocalDate[])[new(2020, 2, 29), new(2024, 2, 29)]));

    [TestCase("20251127", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "20251127 20261126 20271125", Description = "Thanksgiving")]
    [TestCase("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "20250526 20260525 20270531", Description = "the last Monday of May")]
    [TestCase("20201103", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "20201103 20241105", Description = "an election day")]
    [TestCase("20251225", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,26", "20251225 20251226 20261225 20261226 20271225 20271226")]
    [TestCase("20250501", "FREQ=YEARLY;INTERVAL=2;WKST=MO", "20250501 20270501")]
    [TestCase("20250501", "FREQ=YEARLY;COUNT=2", "20250501 20260501")]
    [TestCase("20250501", "FREQ=YEARLY;UNTIL=20260501T000000Z", "20250501 20260501")]
    [TestCase("20241231", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "20241231 20251231 20261231 20271231")]
    public void A_rule_is_read_as_it_is_written(string start, string rule, string days) => Assert.That(
        Read($"DTSTART;VALUE=DATE:{start}\nRRULE:{rule}").Select(day => $"{day:uuuuMMdd}"), Is.EqualTo(days.Split(' ')));

    [Test]
    public void A_year_that_is_left_out_and_a_day_that_is_added_are_heeded() => Assert.That(
        Read("DTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20260501\nRDATE;VALUE=DATE:20260504"),
        Is.EqualTo((LocalDate[])[new(2025, 5, 1), new(2026, 5, 4), new(2027, 5, 1)]));

    [Test]
    public void A_number_of_days_counts_like_an_end() => Assert.That(
        Read("DTSTART;VALUE=DATE:20261224\nDURATION:P2D"), Is.EqualTo((LocalDate[])[new(2026, 12, 24), new(2026, 12, 25)]));

    [Test]
    public void A_reminder_within_a_day_says_nothing_of_the_day() => Assert.That(
        Read("DTSTART;VALUE=DATE:20261003\nBEGIN:VALARM\nTRIGGER:-P1D\nDURATION:PT15M\nEND:VALARM"), Is.EqualTo((LocalDate[])[new(2026, 10, 3)]));

    [TestCase("FREQ=YEARLY;BYSETPOS=-1;BYMONTH=5", "BYSETPOS=-1 is not understood")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20 is not understood")]
    [TestCase("FREQ=YEARLY;BYEASTER=1", "BYEASTER=1 is not understood")]
    [TestCase("FREQ=YEARLY;BYDAY=4TH", "which names no month")]
    [TestCase("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13 is not understood")]
    [TestCase("FREQ=YEARLY;BYMONTH=5;BYDAY=6MO", "BYDAY=6MO is not understood")]
    [TestCase("FREQ=YEARLY;INTERVAL=0", "INTERVAL=0 is not understood")]
    public void A_rule_that_is_not_understood_is_refused(string rule, string why) => Assert.That(
        () => Read($"DTSTART;VALUE=DATE:20260501\nRRULE:{rule}"), Throws.TypeOf<FormatException>().With.Message.Contains(why));

    [Test]
    public void A_long_line_goes_on_in_the_next() => Assert.That(
        Read("DTSTART;VALUE=DA\n TE:20261003"), Is.EqualTo((LocalDate[])[new(2026, 10, 3)]));

    [TestCase("holidays.txt", "it does not begin with BEGIN:VCALENDAR")]
    [TestCase("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026-1-1\nEND:VEVENT", "2026-1-1 is no day such as 20261225")]
    [TestCase("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nRRULE:FREQ=DAILY\nEND:VEVENT", "it has a day that comes back by FREQ=DAILY; only FREQ=YEARLY is read")]
    public void What_is_no_such_file_is_refused(string text, string why) =>
        Assert.That(() => HolidayFile.Read(text, new LocalDate(2027, 12, 31)), Throws.TypeOf<FormatException>().With.Message.EqualTo(why));

    private static IReadOnlyList<LocalDate> Read(params string[] happenings) => HolidayFile.Read(
        $"BEGIN:VCALENDAR\n{string.Concat(happenings.Select(one => $"BEGIN:VEVENT\n{one}\nEND:VEVENT\n"))}END:VCALENDAR\n", new LocalDate(2027, 12, 31));
}
