using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Policies;

namespace TicketTriage.Escalations;

public static class EscalationServices
{
    /// <param name="works">False in a process that only takes in and shows.</param>
    public static void AddEscalations(this IHostApplicationBuilder builder, bool works)
    {
        var services = builder.Services;
        services
            .AddOptionsWithValidateOnStart<EscalationOptions, EscalationOptionsCheck>()
            .BindConfiguration(EscalationOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton<EscalationPolicies>();
        services.AddSingleton<IPublishedPolicy>(provider => provider.GetRequiredService<EscalationPolicies>());
        services.AddSingleton<WatchLedger>();
        services.AddSingleton<EscalationLedger>();
        services.AddSingleton<NoticeLedger>();
        services.AddSingleton<EscalationRecords>();
        services.AddSingleton<TicketWatch>();
        services.AddSingleton<Contacts>();
        services.AddSingleton<GroupsAtWork>();
        services.AddSingleton<BreachRisks>();
        services.AddSingleton<ToldClocks>();
        services.AddSingleton<EscalationWatch>();
        services.AddSingleton<AcknowledgeLinks>();
        services.AddSingleton<EscalationNote>();
        services.AddSingleton<HelpdeskMark>();
        services.AddSingleton<FollowUp>();
        services.AddTransient<INoticeSender, MailSender>();
        AddCaller<ChatSender>(services);
        AddCaller<SignedWebhookSender>(services);
        services.AddTransient<NoticeCourier>();
        if (works && builder.Configuration.GetSection(EscalationOptions.Section).GetValue(nameof(EscalationOptions.Enabled), defaultValue: true))
        {
            services.AddHostedService<EscalationWorker>();
        }
    }

    private static void AddCaller<TSender>(IServiceCollection services)
        where TSender : class, INoticeSender
    {
        services.AddHttpClient<TSender>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            // The addresses of incoming webhooks are secrets, and the client's own log would show them.
            .RemoveAllLoggers();
        services.AddTransient<INoticeSender>(provider => provider.GetRequiredService<TSender>());
    }
}
