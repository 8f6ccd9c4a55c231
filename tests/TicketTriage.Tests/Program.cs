using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Tests;

/// <summary>A host that runs a private cluster until its input closes: a process of its own, for tests that kill it.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var options = new PrivateClusterOptions { DataDirectory = args[0], IsDurable = false };
        await using var cluster = await PrivateCluster.StartAsync(
            options, TimeProvider.System, NullLogger<PrivateCluster>.Instance, CancellationToken.None);
        Console.WriteLine(cluster.ConnectionString);
        await Console.In.ReadToEndAsync();
    }
}
