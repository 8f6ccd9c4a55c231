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
