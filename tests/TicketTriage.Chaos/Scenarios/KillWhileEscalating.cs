using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class KillWhileEscalating : IScenario
{
    private const int Levels = 3;
    private const int Tickets = 40;
    private const double MostSecondsOff = 5;

    /// <summary>From a ticket's beginning to its first level, and from each level to the next.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WritingTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public string Name => "kill-while-escalating";

    public string Story => "Nobody takes what escalates, in the night in which Berlin's clocks go back; a worker dies in the middle of each level.";

    /// <summary>Four minutes before 03:00 becomes 02:00 in Berlin: before that there is the start, and after it the most of the night.</summary>
    public DateTimeOffset? BeginsAt => new(2027, 10, 31, 0, 56, 0, TimeSpan.Zero);

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await using var pager = await Pager.StartAsync(site.Clock);
        var folder = Directory.CreateTempSubdirectory("tickettriage-policies-").FullName;
        try
        {
            await ConfigureAsync(site, folder, pager.Address, cancellationToken);
            await PlayNightAsync(site, pager, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PlayNightAsync(Site site, Pager pager, CancellationToken cancellationToken)
    {
        var workers = new Queue<ServiceProcess>();
        workers.Enqueue(await site.StartWorkerAsync(cancellationToken));
        workers.Enqueue(await site.StartWorkerAsync(cancellationToken));
        for (var ticket = 0; ticket < Tickets; ticket++)
        {
            await site.Customers.InsistAsync(1, ticketsAtMost: 1, cancellationToken);
            await Task.Delay(WritingTime / Tickets, TimeProvider.System, cancellationToken);
        }

        for (var level = 1; level <= Levels; level++)
        {
            await WaitForAsync(pager, level, Tickets / 3, (level * Step) + Patience, cancellationToken);
            await workers.Dequeue().KillAsync();
            workers.Enqueue(await site.StartWorkerAsync(cancellationToken));
        }

        await WaitForAsync(pager, Levels, Tickets, WritingTime + Patience, cancellationToken);
        await site.SettleAsync(cancellationToken);
        var opened = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes
            .Where(change => change.What == "Created").ToDictionary(change => change.Ticket, change => change.At);
        AddFigures(site, opened, pager.Pages);
    }

    private static async Task ConfigureAsync(Site site, string folder, Uri pager, CancellationToken cancellationToken)
    {
        var (matrix, promises) = (Path.Combine(folder, "matrix.json"), Path.Combine(folder, "service-levels.json"));
        await File.WriteAllTextAsync(matrix, Matrix, cancellationToken);
        await File.WriteAllTextAsync(promises, Promises, cancellationToken);
        site.Settings["Escalations:MatrixFile"] = matrix;
        site.Settings["Escalations:ServiceLevelsFile"] = promises;
        site.Settings["Escalations:WebhookUrl"] = $"{pager}";
        site.Settings["Escalations:WebhookSecret"] = "a-secret-with-letters-enough";
    }

    private static async Task WaitForAsync(Pager pager, int level, int least, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (pager.Pages.Count(page => page.Level == level) < least && TimeProvider.System.GetElapsedTime(began) < atMost)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The helpdesk says when each ticket was opened, and whoever is paged what they heard and when: the product isn't asked.</summary>
    private static void AddFigures(Site site, Dictionary<long, DateTimeOffset> opened, IReadOnlyList<Page> pages)
    {
        var byTicket = pages.GroupBy(page => page.Ticket).ToDictionary(ticket => ticket.Key, ticket => ticket.ToList());
        var wanted = opened.Keys.SelectMany(ticket => Enumerable.Range(1, Levels).Select(level => (Ticket: ticket, Level: level))).ToList();
        var heard = wanted.ToDictionary(
            one => one, one => byTicket.GetValueOrDefault(one.Ticket, []).Where(page => page.Level == one.Level).ToList());
        var off = new List<TimeSpan>();
        foreach (var (one, own) in heard.Where(one => one.Value.Count > 0))
        {
            var before = one.Level == 1 ? opened[one.Ticket] : heard[(one.Ticket, one.Level - 1)].Select(page => page.At).FirstOrDefault();
            if (before != default)
            {
                off.Add((own[0].At - before - Step).Duration());
            }
        }

        site.Figures.Add(new Figure("workers killed", Levels, ""));
        site.Figures.Add(new Figure("tickets, each with three levels", opened.Count, "") { Least = Tickets });
        site.Figures.Add(new Figure("levels that were told twice", heard.Count(one => one.Value.Count > 1), "", 0));
        site.Figures.Add(new Figure("levels that nobody heard of", heard.Count(one => one.Value.Count == 0), "", 0));
        site.Figures.Add(new Figure("furthest from its time", off.Count == 0 ? 0 : off.Max().TotalSeconds, "s", MostSecondsOff));
        site.Figures.Add(new Figure("p95 of the distances", Percentiles.Of(off.Select(distance => distance.TotalSeconds), 95), "s"));
    }

    private const string Matrix =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 1, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 0.1, "direction": "functional", "who": ["lead"], "acknowledgeMinutes": 2, "by": ["webhook"] },
            { "atShare": 0.5, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 2, "by": ["webhook"] },
            { "atShare": 1, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 600, "by": ["webhook"] }] }]
        }
        """;

    private const string Promises =
        """
        {
          "calendars": { "berlin": { "zone": "Europe/Berlin", "week": {
            "monday": ["00:00-24:00"], "tuesday": ["00:00-24:00"], "wednesday": ["00:00-24:00"], "thursday": ["00:00-24:00"],
            "friday": ["00:00-24:00"], "saturday": ["00:00-24:00"], "sunday": ["00:00-24:00"] } } },
          "rules": [{ "name": "all", "calendar": "berlin", "requesterWait": 20 }]
        }
        """;
}
