using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Policies;

namespace TicketTriage.Routing;

public static class RoutingServices
{
    /// <summary>Registers <see cref="RoutingOptions"/>, checked while the host starts, and <see cref="RulesInForce"/>.</summary>
    public static void AddRouting(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<RoutingOptions, RoutingOptionsValidator>()
            .BindConfiguration(RoutingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .PostConfigure(FillWhatIsAbsent);
        builder.Services.AddSingleton<RulesInForce>();
        builder.Services.AddSingleton<IPublishedPolicy>(services => services.GetRequiredService<RulesInForce>());
        builder.Services.AddSingleton<NamesAtHelpdesks>();
        builder.Services.AddHostedService<RoutingWatch>();
        builder.Services.AddSingleton<AssignmentPool>();
        builder.Services.AddSingleton<DueTimes>();
        builder.Services.AddSingleton<HandlingTimes>();
        builder.Services.AddSingleton<AgentDesk>();
        builder.Services.AddSingleton<SkillDesk>();
    }

    // Defaults in the lists themselves would shine through: the binder adds to a list, and settings files override entry by entry.
    private static void FillWhatIsAbsent(RoutingOptions options)
    {
        if (options.Rules.Count == 0)
        {
            foreach (var rule in RoutingOptions.ShippedRules)
            {
                options.Rules.Add(rule);
            }
        }

        if (options.MayMoveFrom.Count == 0)
        {
            options.MayMoveFrom.Add(options.FallbackGroup);
        }
    }
}
