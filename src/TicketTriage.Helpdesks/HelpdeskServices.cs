using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks.Freshdesk;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Helpdesks.Zendesk;

namespace TicketTriage.Helpdesks;

public static class HelpdeskServices
{
    /// <summary>The client through which all calls to helpdesks go.</summary>
    public const string HttpClientName = "Helpdesks";

    /// <summary>An answer larger than this is not held in memory: a page of a hundred full comments is a tenth of it.</summary>
    private const int MostAnswerBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Connects the helpdesks under <c>Helpdesks</c>; <see cref="HelpdeskDirectory"/> finds them. None at all is no fault. Their quotas are
    /// counted in the <see cref="IQuotaLedger"/> that is registered before, or else in this process alone.
    /// </summary>
    public static void AddHelpdesks(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<ConfiguredHelpdesks, ConfiguredHelpdesks.Validator>()
            .Configure<IConfiguration>((helpdesks, configuration) => helpdesks.Read(configuration.GetSection(HelpdeskOptions.Section)));

        builder.Services
            .AddHttpClient(HttpClientName, Configure)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            // The directory keeps its clients; the handler renews its connections by itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<HelpdeskMeter>();
        builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<HelpdeskMeter>());
        builder.Services.TryAddSingleton<IQuotaLedger, QuotaNotebook>();
        builder.Services.AddSingleton<QuotaMeter>();
        builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<QuotaMeter>());
        builder.Services.AddSingleton(services => new HelpdeskDirectory(
            from configured in services.GetRequiredService<IOptions<ConfiguredHelpdesks>>().Value.ByName
            select Connect(configured.Key, configured.Value, services)));
    }

    private static void Configure(HttpClient http)
    {
        // The pipeline has the clock, for each attempt.
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = MostAnswerBytes;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("TicketTriage");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // A redirect would carry the credentials to whatever host it names.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static ConnectedHelpdesk Connect(string name, HelpdeskOptions options, IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
        http.BaseAddress = options.BaseUrl;
        var turnstile = new HelpdeskTurnstile(
            name, HelpdeskLimits.Of(options), services.GetRequiredService<IQuotaLedger>(), services.GetRequiredService<QuotaMeter>(), clock,
            services.GetRequiredService<ILogger<HelpdeskTurnstile>>());
        switch (options)
        {
            case { Kind: HelpdeskKind.Zendesk }:
                return ZendeskConnector.Connect(
                    name,
                    options,
                    http,
                    turnstile,
                    services.GetRequiredService<HelpdeskMeter>(),
                    clock,
                    services.GetRequiredService<ILogger<ZendeskHelpdesk>>());
            case { Kind: HelpdeskKind.Freshdesk }:
                return FreshdeskConnector.Connect(
                    name, options, http, turnstile, clock, services.GetRequiredService<ILogger<FreshdeskHelpdesk>>());
            default:
                throw new InvalidOperationException($"Helpdesk {name} of kind {options.Kind} was let through without being checked.");
        }
    }
}
