using NodaTime;
using TicketTriage.ServiceLevels;
using static TicketTriage.Tests.ServiceLevels.Calendars;

namespace TicketTriage.Tests.ServiceLevels;

public sealed class Counting_working_time
{
    [Test]
    public void What_is_left_on_Friday_evening_goes_on_on_Monday_morning()
    {
        var due = Due(OfficeHours("Europe/Berlin"), "2026-03-06T15:45:00Z", minutes: 30);

        Assert.That(due, Is.EqualTo(At("2026-03-09T08:15:00Z")));
    }

    [Test]
    public void A_target_that_ends_with_the_day_is_due_at_closing_time()
    {
        var due = Due(OfficeHours("Europe/Berlin"), "2026-03-06T15:30:00Z", minutes: 30);

        Assert.That(due, Is.EqualTo(At("2026-03-06T16:00:00Z")));
    }

    [Test]
    public void Seconds_are_kept()
    {
        var due = Due(OfficeHours("Europe/Berlin"), "2026-03-06T15:45:20Z", minutes: 30);

        Assert.That(due, Is.EqualTo(At("2026-03-09T08:15:20Z")));
    }

    [Test]
    public void An_hour_that_the_clock_skips_does_not_count()
    {
        var due = Due(NightShift("Europe/Berlin"), "2026-03-28T21:00:00Z", minutes: 8 * 60);

        Assert.That(due, Is.EqualTo(At("2026-03-29T21:00:00Z")), "22:00 to 06:00 has seven hours in that night, one is left for the next");
    }

    [Test]
    public void An_hour_that_the_clock_repeats_counts_twice()
    {
        var due = Due(NightShift("Europe/Berlin"), "2026-10-24T20:00:00Z", minutes: 9 * 60);

        Assert.That(due, Is.EqualTo(At("2026-10-25T05:00:00Z")));
    }

    [Test]
    public void A_window_that_closes_inside_a_repeated_hour_opens_again_with_it()
    {
        var calendar = Always("Europe/Berlin", new OpenWindow(60, 150));

        var open = BusinessTime.Measure(calendar, At("2026-10-24T22:00:00Z"), At("2026-10-25T05:00:00Z"), []);

        Assert.That(open, Is.EqualTo(Duration.FromMinutes(90 + 30)));
    }

    [Test]
    public void A_clock_that_moves_by_half_an_hour_is_followed()
    {
        var due = Due(Always("Australia/Lord_Howe", new OpenWindow(0, 1440)), "2026-04-04T12:00:00Z", minutes: 1440);

        Assert.That(due, Is.EqualTo(At("2026-04-05T12:00:00Z")));
    }

    [Test]
    public void A_holiday_has_no_window_but_the_night_shift_before_it_ends_as_usual()
    {
        var calendar = NightShift("Europe/Berlin") with { Holidays = new HashSet<LocalDate> { new(2026, 3, 4) } };

        var open = BusinessTime.Measure(calendar, At("2026-03-03T21:00:00Z"), At("2026-03-05T12:00:00Z"), []);

        Assert.That(open, Is.EqualTo(Duration.FromHours(8)));
    }

    [Test]
    public void A_half_day_has_its_own_windows_and_a_holiday_outweighs_it()
    {
        LocalDate christmasEve = new(2026, 12, 24), newYearsEve = new(2026, 12, 31);
        var calendar = OfficeHours("Europe/Berlin") with
        {
            HalfDays = new Dictionary<LocalDate, IReadOnlyList<OpenWindow>>
            {
                [christmasEve] = [new OpenWindow(540, 720)],
                [newYearsEve] = [new OpenWindow(540, 720)],
            },
            Holidays = new HashSet<LocalDate> { newYearsEve },
        };

        var eve = BusinessTime.Measure(calendar, At("2026-12-23T23:00:00Z"), At("2026-12-24T23:00:00Z"), []);
        var sylvester = BusinessTime.Measure(calendar, At("2026-12-30T23:00:00Z"), At("2026-12-31T23:00:00Z"), []);

        Assert.That((eve, sylvester), Is.EqualTo((Duration.FromHours(3), Duration.Zero)));
    }

    [Test]
    public void Windows_that_overlap_count_once()
    {
        var calendar = Always("UTC", new OpenWindow(1320, 360), new OpenWindow(300, 600), new OpenWindow(310, 320));

        var open = BusinessTime.Measure(calendar, At("2026-03-02T00:00:00Z"), At("2026-03-03T00:00:00Z"), []);

        Assert.That(open, Is.EqualTo(Duration.FromHours(12)));
    }

    [Test]
    public void Pauses_rest_the_clock_however_they_overlap()
    {
        Interval[] pauses =
        [
            new(At("2026-03-03T10:00:00Z"), At("2026-03-03T11:00:00Z")),
            new(At("2026-03-03T08:30:00Z"), At("2026-03-03T10:30:00Z")),
            new(At("2026-03-03T09:00:00Z"), At("2026-03-03T09:10:00Z")),
        ];

        var due = BusinessTime.FindDue(OfficeHours("UTC"), At("2026-03-03T08:00:00Z"), Duration.FromMinutes(60), pauses);

        Assert.That(due, Is.EqualTo(At("2026-03-03T12:00:00Z")), "closed until 09:00, paused until 11:00");
    }

    [Test]
    public void A_pause_over_closing_time_goes_on_the_next_morning()
    {
        Interval[] pauses = [new(At("2026-03-03T16:00:00Z"), At("2026-03-04T10:00:00Z"))];

        var due = BusinessTime.FindDue(OfficeHours("UTC"), At("2026-03-03T15:30:00Z"), Duration.FromMinutes(60), pauses);

        Assert.That(due, Is.EqualTo(At("2026-03-04T10:30:00Z")));
    }

    [Test]
    public void Without_any_window_a_target_is_never_reached()
    {
        Assert.That(Due(Always("Europe/Berlin"), "2026-03-03T08:00:00Z", minutes: 1), Is.Null);
    }

    [Test]
    public void Half_days_alone_are_used_up_and_then_nothing_follows()
    {
        var calendar = Always("Pacific/Chatham") with
        {
            HalfDays = new Dictionary<LocalDate, IReadOnlyList<OpenWindow>> { [new(2027, 9, 25)] = [new OpenWindow(1320, 360)] },
        };

        Assert.That(Due(calendar, "2026-03-03T08:00:00Z", minutes: 7 * 60), Is.EqualTo(At("2027-09-25T16:15:00Z")), "the night loses an hour");
        Assert.That(Due(calendar, "2026-03-03T08:00:00Z", minutes: (7 * 60) + 1), Is.Null);
    }

    [Test]
    public void Nothing_to_count_is_due_at_once_even_when_closed()
    {
        Assert.That(Due(OfficeHours("Europe/Berlin"), "2026-03-07T12:00:00Z", minutes: 0), Is.EqualTo(At("2026-03-07T12:00:00Z")));
    }

    [TestCase(-1, 60)]
    [TestCase(1440, 60)]
    [TestCase(0, 0)]
    [TestCase(0, 1441)]
    [TestCase(540, 540)]
    public void A_window_outside_the_day_or_of_two_meanings_is_refused(int from, int to)
    {
        Assert.That(new OpenWindow(from, to).FindFault(), Does.Contain("window"));
    }

    private static Instant? Due(BusinessCalendar calendar, string start, int minutes) =>
        BusinessTime.FindDue(calendar, At(start), Duration.FromMinutes(minutes), []);
}
