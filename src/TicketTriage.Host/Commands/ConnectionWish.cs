using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Commands;

/// <summary>What this service would like to find in a helpdesk.</summary>
internal static class ConnectionWish
{
    private static readonly string[] Sentiments = ["negative", "neutral", "positive"];

    /// <param name="address">Where the helpdesk reaches this service.</param>
    /// <param name="secret">What deliveries shall carry, where the helpdesk lets its caller choose.</param>
    public static SetupWish Of(string helpdesk, Uri address, string secret, Taxonomy taxonomy, IConfiguration configuration)
    {
        var values = new Dictionary<TriageField, IReadOnlyList<string>>
        {
            [TriageField.Intent] = [.. taxonomy.Intents.Select(intent => intent.Name), Finding.Unclear],
            [TriageField.Sentiment] = Sentiments,
        };
        if (taxonomy.Products.Count > 0)
        {
            values[TriageField.Product] = [.. taxonomy.Products.Select(product => product.Name)];
        }

        var writeBack = configuration.GetSection(WriteBackOptions.Section).Get<WriteBackOptions>() ?? new WriteBackOptions();
        return new SetupWish(new Uri(address, $"webhooks/{helpdesk}"), secret, writeBack.TagPrefix, values);
    }

    /// <summary>The address that was given, or else the first that the service listens on and that others can reach.</summary>
    /// <returns><see langword="null"/> where it listens on this machine alone, behind something that is reached.</returns>
    public static Uri? FindAddress(string? given, IConfiguration configuration)
    {
        if (given is not null)
        {
            return Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/")
                : throw new UsageException($"{given} is no address: --address takes one such as https://triage.acme.example. See --help.");
        }

        return (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null)
            .FirstOrDefault(address => address is { Scheme: "https", IsLoopback: false });
    }
}
