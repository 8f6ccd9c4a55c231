using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace TicketTriage.Host.Tests;

/// <summary>A service's builder whose configuration is these settings and nothing of the machine's.</summary>
internal static class InMemory
{
    /// <param name="folder">Where it keeps its files.</param>
    public static WebApplicationBuilder CreateBuilder(TemporaryFolder folder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = folder.Path });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings) { ["DataDirectory"] = folder.Path });
        return builder;
    }
}
