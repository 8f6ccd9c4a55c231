using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class Soak : IScenario
{
    public const int PerSecond = 20;

    private const double MostTimesLiveSize = 2;

    /// <summary>In megabytes an hour: 170 bytes a ticket. Where nothing is held on to, half an hour shows less than one.</summary>
    private const double MostHeapGrowth = 12;

    private static readonly TimeSpan LeastToJudgeGrowth = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KillEvery = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    public string Name => "soak";

    public string Story => "Ordinary days one after the other, and every two minutes one of two workers is killed.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var lasts = TimeSpan.FromSeconds((double)site.Deliveries / PerSecond);
        // What a process takes while it warms up, for minutes, says nothing about its growth.
        var warmUp = lasts / 2;
        var survivor = await site.StartWorkerAsync(cancellationToken);
        var victim = await site.StartWorkerAsync(cancellationToken);
        var writing = site.Customers.WriteAsync(site.Deliveries, lasts, cancellationToken);
        var (web, worker, heap) = (new Growth(), new Growth(), new Growth());
        var began = TimeProvider.System.GetTimestamp();
        var killed = TimeSpan.Zero;
        var deaths = 0;
        while (!writing.IsCompleted)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            var now = TimeProvider.System.GetElapsedTime(began);
            if (now > warmUp)
            {
                web.Note(now, site.Web?.Megabytes ?? 0);
                worker.Note(now, survivor.Megabytes);
                heap.Note(now, await survivor.ReadHeapMegabytesAsync(cancellationToken));
            }

            if (now - killed > KillEvery)
            {
                (killed, deaths) = (now, deaths + 1);
                await victim.KillAsync();
                victim = await site.StartWorkerAsync(cancellationToken);
            }
        }

        await writing;
        await site.SettleAsync(cancellationToken);
        site.Figures.Add(new Figure("workers killed", deaths, ""));
        site.Figures.Add(new Figure("memory of the web process, last", web.Last, "MB"));
        site.Figures.Add(new Figure("memory of the web process, slope in the second half", web.PerHour, "MB/h"));
        site.Figures.Add(new Figure("memory of the surviving worker, last", worker.Last, "MB"));
        site.Figures.Add(new Figure("memory of the surviving worker, slope in the second half", worker.PerHour, "MB/h"));
        site.Figures.Add(new Figure("heap of the surviving worker, last", heap.Last, "MB"));
        site.Figures.Add(new Figure(
            "heap of the surviving worker, slope in the second half",
            heap.PerHour,
            "MB/h",
            lasts - warmUp >= LeastToJudgeGrowth ? MostHeapGrowth : null));
        foreach (var (table, times) in await site.Ledger.ListTableSizesAsync(cancellationToken))
        {
            site.Figures.Add(new Figure($"table {table}, times its live size", times, "", MostTimesLiveSize));
        }
    }
}
