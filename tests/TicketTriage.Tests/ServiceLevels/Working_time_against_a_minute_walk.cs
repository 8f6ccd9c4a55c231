using NodaTime;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

/// <summary>Random calendars around the days on which clocks change, counted by leaps and minute by minute.</summary>
public sealed class Working_time_against_a_minute_walk
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "Africa/Casablanca",
        "America/Sao_Paulo", "UTC",
    ];

    [TestCaseSource(nameof(Zones))]
    public void Both_find_the_same_minute(string zone) => Compare(zone, cases: 300, seed: 1);

    [Explicit("A minute's work for each zone; 100,000 cases in all.")]
    [TestCaseSource(nameof(Zones))]
    public void Both_find_the_same_minute_in_many_cases(string zone) => Compare(zone, cases: 11_200, seed: 2);

    [TestCaseSource(nameof(Zones))]
    public void Many_moments_at_once_are_measured_as_each_by_itself(string zoneName)
    {
        var chance = new Random(3);
        var zone = DateTimeZoneProviders.Tzdb[zoneName];
        for (var i = 0; i < 20; i++)
        {
            var calendar = Calendar(zone, chance);
            var from = Instant.FromUtc(2026, 6, 1, 0, 0) + Duration.FromMinutes(chance.Next(90 * 1440));
            Instant[] moments = [from, .. Enumerable.Range(0, 40).Select(_ => from + Duration.FromMinutes(chance.Next(-30 * 1440, 30 * 1440)))];

            var all = BusinessTime.MeasureAll(calendar, from, moments);

            Assert.That(all, Is.EqualTo(moments.Select(moment => moment >= from
                ? BusinessTime.Measure(calendar, from, moment, [])
                : -BusinessTime.Measure(calendar, moment, from, []))), () => $"case {i} in {zoneName}");
        }
    }

    private static void Compare(string zoneName, int cases, int seed)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneName];
        var walk = new MinuteWalk(zone);
        var chance = new Random(seed);
        for (var i = 0; i < cases; i++)
        {
            var calendar = Calendar(zone, chance);
            var start = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(chance.Next(365 * 1440));
            var target = chance.Next(1, 2400);
            Interval[] pauses = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => Pause(start, chance))];

            var leapt = BusinessTime.FindDue(calendar, start, Duration.FromMinutes(target), pauses);
            var walked = walk.FindDue(calendar, start, target, pauses);

            Assert.That(leapt <= MinuteWalk.End ? leapt : null, Is.EqualTo(walked), () => $"case {i} in {zoneName}: {target} minutes from {start}");
            if (leapt is { } due)
            {
                Assert.That(BusinessTime.Measure(calendar, start, due, pauses), Is.EqualTo(Duration.FromMinutes(target)), () => $"case {i}");
            }
        }
    }

    private static BusinessCalendar Calendar(DateTimeZone zone, Random chance)
    {
        var openDays = chance.Next(1, 128);
        return new BusinessCalendar
        {
            Zone = zone,
            Week = Enumerable.Range(0, 7)
                .Where(day => (openDays & (1 << day)) != 0)
                .ToDictionary(day => IsoDayOfWeek.Monday + day, _ => (IReadOnlyList<OpenWindow>)Windows(chance)),
            Holidays = Enumerable.Range(0, chance.Next(20)).Select(_ => Date(chance)).ToHashSet(),
            HalfDays = Enumerable.Range(0, chance.Next(20)).Select(_ => Date(chance)).Distinct().ToDictionary(day => day, _ => (IReadOnlyList<OpenWindow>)Windows(chance)),
        };
    }

    private static List<OpenWindow> Windows(Random chance)
    {
        var windows = new List<OpenWindow>();
        for (var i = chance.Next(4); i > 0; i--)
        {
            var from = chance.Next(1440);
            var to = chance.Next(1, 1441);
            if (from != to)
            {
                windows.Add(new OpenWindow(from, to));
            }
        }

        return windows;
    }

    private static LocalDate Date(Random chance) => new LocalDate(2026, 1, 1).PlusDays(chance.Next(400));

    private static Interval Pause(Instant start, Random chance)
    {
        var from = start + Duration.FromMinutes(chance.Next(-600, 6000));
        return new Interval(from, from + Duration.FromMinutes(chance.Next(3000)));
    }
}
