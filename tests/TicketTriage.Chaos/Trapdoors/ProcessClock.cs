using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Chaos.Trapdoors;
using TicketTriage.Sandbox;

[assembly: HostingStartup(typeof(ProcessClock))]

namespace TicketTriage.Chaos.Trapdoors;

/// <summary>
/// Gives the product's process another clock. It is registered before the product's own, which stands back then; this assembly is brought
/// in by the same hook as a trapdoor.
/// </summary>
internal sealed class ProcessClock : IHostingStartup
{
    private const string AheadKey = "CHAOS_CLOCK_AHEAD";

    public static void WriteTo(IDictionary<string, string> environment, TimeSpan ahead)
    {
        if (ahead != TimeSpan.Zero)
        {
            environment["DOTNET_STARTUP_HOOKS"] = typeof(ProcessClock).Assembly.Location;
            environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(ProcessClock).Assembly.GetName().Name ?? "";
            environment[AheadKey] = ahead.ToString("c", CultureInfo.InvariantCulture);
        }
    }

    public void Configure(IWebHostBuilder builder)
    {
        if (TimeSpan.TryParse(Environment.GetEnvironmentVariable(AheadKey), CultureInfo.InvariantCulture, out var ahead))
        {
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new ClockAhead(ahead)));
        }
    }
}
