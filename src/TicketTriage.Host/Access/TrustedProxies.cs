using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace TicketTriage.Host.Access;

/// <summary>
/// Believes of a request's scheme and sender what a trusted proxy says in <c>X-Forwarded-Proto</c> and <c>X-Forwarded-For</c>, and nobody
/// else. <c>X-Forwarded-Host</c> is never believed: many proxies pass on the one that a client made up; they shall pass on <c>Host</c>.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>A sentence for each entry that is neither an address nor a network.</summary>
    public static IEnumerable<string> FindFaults(IConfigurationSection section)
    {
        if (section.Value is { Length: > 0 } single)
        {
            yield return $"{section.Path} is '{single}': expected a list; the first goes to {section.Path}:0.";
        }

        foreach (var entry in section.GetChildren())
        {
            if (!TryRead(entry.Value, out var network) || network.PrefixLength == 0)
            {
                yield return $"{entry.Path} is '{entry.Value}': expected an address such as 10.0.0.7, or a network such as 10.0.0.0/8 that "
                    + "is not all there is.";
            }
        }
    }

    public static void AddTrustedProxies(this IServiceCollection services) => services
        .AddOptions<ForwardedHeadersOptions>()
        // Last, so that the framework's own switch (ASPNETCORE_FORWARDEDHEADERS_ENABLED) trusts nobody beside.
        .PostConfigure<IOptions<AccessOptions>>((headers, access) => Configure(headers, access.Value.TrustedProxies));

    private static void Configure(ForwardedHeadersOptions headers, IReadOnlyList<string> entries)
    {
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (TryRead(entry, out var network))
            {
                headers.KnownIPNetworks.Add(network);
            }
        }

        // Without an address to compare with the framework would believe everybody.
        headers.ForwardedHeaders = headers.KnownIPNetworks.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
        // From the last proxy back to the first address that none of them has: what a client wrote before that stays unread.
        headers.ForwardLimit = null;
    }

    private static bool TryRead(string? entry, out IPNetwork network)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(entry, out network);
    }
}
