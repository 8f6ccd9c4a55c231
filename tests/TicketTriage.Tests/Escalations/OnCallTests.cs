using TicketTriage.Escalations;
using TicketTriage.Helpdesks;

namespace TicketTriage.Tests.Escalations;

public sealed class OnCallTests
{
    private static readonly Roster Berlin = new()
    {
        Zone = "Europe/Berlin",
        Shifts =
        [
            new Shift("anna", "08:00-16:00", ["monday", "tuesday", "wednesday", "thursday", "friday"]),
            new Shift("ben", "22:00-06:00"),
        ],
        Swaps = [new Swap("cleo", At("2026-12-24T00:00Z"), At("2026-12-27T00:00Z"))],
    };

    [TestCase("2026-11-23T08:00Z", "anna")]
    [TestCase("2026-11-23T06:59Z", null)]
    [TestCase("2026-11-23T15:00Z", null)]
    [TestCase("2026-11-23T22:00Z", "ben")]
    [TestCase("2026-11-24T04:59Z", "ben")]
    [TestCase("2026-11-24T05:00Z", null)]
    [TestCase("2026-11-22T10:00Z", null)]
    [TestCase("2026-12-24T10:00Z", "cleo")]
    [TestCase("2026-10-25T00:30Z", "ben", Description = "the hour that the clock repeats")]
    [TestCase("2026-10-25T01:30Z", "ben", Description = "and again")]
    [TestCase("2026-10-25T05:00Z", null)]
    [TestCase("2026-03-29T03:59Z", "ben", Description = "the night that lacks an hour ends at six all the same")]
    [TestCase("2026-03-29T04:00Z", null)]
    public void The_shift_is_read_by_the_wall_clock(string moment, string? person) =>
        Assert.That(OnCall.Find(Berlin, At(moment)), Is.EqualTo(person));

    [Test]
    public void In_a_gap_the_fallback_stands_in_and_the_gap_is_named()
    {
        var matrix = SomeMatrix.Matrix with { Rosters = new Dictionary<string, Roster> { ["berlin"] = Berlin } };
        var gaps = new List<string>();

        var people = OnCall.PeopleOf(SomeMatrix.Level(1, "berlin", 10), matrix, At("2026-11-22T10:00Z"), gaps);

        Assert.That((people.Single(), gaps.Single()), Is.EqualTo(("cleo", "berlin")));
    }

    [TestCase("2026-11-23T20:59Z", "2026-11-23T20:59Z")]
    [TestCase("2026-11-23T21:00Z", "2026-11-24T05:00Z")]
    [TestCase("2026-11-24T04:59Z", "2026-11-24T05:00Z")]
    [TestCase("2026-10-25T00:30Z", "2026-10-25T05:00Z", Description = "the long night")]
    [TestCase("2026-03-29T00:30Z", "2026-03-29T04:00Z", Description = "the short night")]
    public void Quiet_hours_end_by_the_wall_clock(string now, string free) => Assert.That(
        OnCall.MayDisturbFrom(new Responder(new QuietHours("22:00-06:00", "Europe/Berlin")), TicketPriority.High, At(now)), Is.EqualTo(At(free)));

    [Test]
    public void An_urgent_ticket_waits_for_nobodys_rest() => Assert.That(
        OnCall.MayDisturbFrom(new Responder(new QuietHours("22:00-06:00", "Europe/Berlin")), TicketPriority.Urgent, At("2026-11-23T23:00Z")),
        Is.EqualTo(At("2026-11-23T23:00Z")));

    [TestCase("anna", "2026-11-23T20:00Z", "2026-11-24T06:00Z", Description = "her quiet hours last until seven in Berlin")]
    [TestCase("anna", "2026-11-24T05:30Z", "2026-11-25T06:00Z", Description = "six has passed today")]
    [TestCase("anna", "2026-03-28T20:00Z", "2026-03-29T05:00Z", Description = "the night that lacks an hour")]
    [TestCase("ben", "2026-11-23T20:00Z", "2026-11-24T05:00Z", Description = "by the zone of his roster")]
    [TestCase("cleo", "2026-11-23T20:00Z", "2026-11-24T06:00Z", Description = "nobody knows where she is")]
    public void The_morning_is_a_persons_own(string person, string now, string morning)
    {
        var matrix = SomeMatrix.Matrix with
        {
            People = new Dictionary<string, Responder>
            {
                ["anna"] = new(new QuietHours("20:00-07:00", "Europe/Berlin")), ["ben"] = new(), ["cleo"] = new(),
            },
            Rosters = new Dictionary<string, Roster> { ["berlin"] = Berlin },
        };

        Assert.That(OnCall.MorningOf(person, matrix, 6, At(now)), Is.EqualTo(At(morning)));
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
}
