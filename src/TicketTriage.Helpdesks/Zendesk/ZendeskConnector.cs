using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Puts the parts of a connection to one Zendesk account together.</summary>
internal static partial class ZendeskConnector
{
    private static readonly HelpdeskDialect Dialect = new("Zendesk", ZendeskFault.ToException, "X-Zendesk-API-Warn");

    /// <summary>An account's address sends on to here, with a signature in the address.</summary>
    private static readonly FilePlace[] FilePlaces = [new(".zdusercontent.com")];

    /// <param name="options">Valid: an address, one of the two kinds of credentials, and the webhook's secret.</param>
    public static ConnectedHelpdesk Connect(
        string name,
        HelpdeskOptions options,
        HttpClient http,
        HelpdeskTurnstile turnstile,
        HelpdeskMeter meter,
        TimeProvider clock,
        ILogger logger)
    {
        var pipeline = new HelpdeskPipeline(name, options.Timeout, turnstile, clock, logger);
        var connection = new HelpdeskConnection(name, Dialect, http, pipeline, clock, logger);
        var api = new ZendeskApi(connection, Credentials(connection, options, clock, logger), meter, options.HelpCenterJsonSuffix);
        var fields = new ZendeskFields(name, api, clock);
        var abilities = new ZendeskAbilities(name, api, fields, clock, logger);
        var files = new HelpdeskFiles(name, http, FilePlaces, options.Timeout, clock, logger);
        var helpdesk = new ZendeskHelpdesk(name, api, files, fields, abilities, clock, logger);
        var secret = options.WebhookSecret ?? throw new ArgumentException($"Helpdesk {name} has no webhook secret.", nameof(options));
        var reader = new ZendeskWebhookReader(secret, options.PreviousWebhookSecret, options.WebhookFreshness, clock);
        return new ConnectedHelpdesk(helpdesk, reader)
        {
            Background = helpdesk.InBackground(),
            Turnstile = turnstile,
            People = new ZendeskPeople(name, api, abilities),
            ServiceLevels = new ZendeskServiceLevels(name, api, abilities, clock),
            Knowledge = new ZendeskKnowledge(name, api.InBackground()),
            Setup = new ZendeskSetup(helpdesk, api, fields, new ZendeskPermissions(api, clock)),
            History = new ZendeskHistory(name, api.InBackground(), fields, clock),
        };
    }

    private static IZendeskCredentials Credentials(
        HelpdeskConnection connection, HelpdeskOptions options, TimeProvider clock, ILogger logger)
    {
        if (options is { ClientId: { } clientId, ClientSecret: { } clientSecret })
        {
            return new ZendeskAccessToken(
                () => ZendeskApi.CreateTokenAsync(connection, clientId, clientSecret, CancellationToken.None), clock);
        }

        if (options is { Email: { } email, ApiToken: { } apiToken })
        {
            ApiTokensEnd(logger, connection.Helpdesk);
            return new ZendeskApiToken(email, apiToken);
        }

        throw new ArgumentException($"Helpdesk {connection.Helpdesk} has no credentials.", nameof(options));
    }

    [LoggerMessage(LogLevel.Warning,
        "Helpdesk {Helpdesk} uses an API token. Zendesk issues none since 27 October 2026 and ends all of them on 30 April 2027: "
        + "set ClientId and ClientSecret of an OAuth client instead.")]
    private static partial void ApiTokensEnd(ILogger logger, string helpdesk);
}
