using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Puts the parts of a connection to one Freshdesk account together.</summary>
internal static class FreshdeskConnector
{
    private static readonly HelpdeskDialect Dialect = new("Freshdesk", FreshdeskFault.ToException);

    /// <summary>Where Freshdesk's files lie, by region. Bucket by bucket: anybody may call one of theirs something-cdn.freshdesk.com.</summary>
    private static readonly FilePlace[] FilePlaces =
    [
        new("attachment.freshdesk.com"),
        new("s3.amazonaws.com", "/cdn.freshdesk.com/"),
        new("s3.eu-central-1.amazonaws.com", "/euc-cdn.freshdesk.com/"),
        new("s3.ap-south-1.amazonaws.com", "/ind-cdn.freshdesk.com/"),
        new("s3.ap-southeast-2.amazonaws.com", "/aus-cdn.freshdesk.com/"),
    ];

    /// <param name="options">Valid: an address, an API key, and the webhook's secret.</param>
    public static ConnectedHelpdesk Connect(
        string name, HelpdeskOptions options, HttpClient http, HelpdeskTurnstile turnstile, TimeProvider clock, ILogger logger)
    {
        var apiKey = options.ApiToken ?? throw new ArgumentException($"Helpdesk {name} has no API key.", nameof(options));
        var secret = options.WebhookSecret ?? throw new ArgumentException($"Helpdesk {name} has no webhook secret.", nameof(options));
        var pipeline = new HelpdeskPipeline(name, options.Timeout, turnstile, clock, logger);
        var api = new FreshdeskApi(new HelpdeskConnection(name, Dialect, http, pipeline, clock, logger), apiKey);
        var abilities = new FreshdeskAbilities(api, clock);
        var writer = new FreshdeskWriter(name, api, abilities, clock);
        var files = new HelpdeskFiles(name, http, FilePlaces, options.Timeout, clock, logger);
        var helpdesk = new FreshdeskHelpdesk(name, api, files, abilities, writer);
        return new ConnectedHelpdesk(helpdesk, new FreshdeskWebhookReader(secret, options.PreviousWebhookSecret, clock))
        {
            Background = new FreshdeskHelpdesk(name, api.InBackground(), files, abilities, writer),
            Turnstile = turnstile,
            People = new FreshdeskPeople(api, abilities),
            ServiceLevels = new FreshdeskServiceLevels(api, clock),
            Knowledge = new FreshdeskKnowledge(api.InBackground(), options.BaseUrl, clock),
            Setup = new FreshdeskSetup(name, api, abilities),
            History = new FreshdeskHistory(api.InBackground(), abilities),
        };
    }
}
