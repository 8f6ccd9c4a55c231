using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TicketTriage.Host.Webhooks;

/// <summary>
/// What a connection may cost that sends nothing, or a byte now and then. Their number is not limited: the genuine ones among them
/// would be refused with the others.
/// </summary>
internal static class ConnectionLimits
{
    public static void AddConnectionLimits(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        // The webhook's door says 413 itself, before this is reached; nothing else takes as much.
        limits.MaxRequestBodySize = 4 * 1024 * 1024;
    });
}
