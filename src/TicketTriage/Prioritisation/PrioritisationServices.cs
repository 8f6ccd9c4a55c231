using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Prioritisation;

public static class PrioritisationServices
{
    /// <summary>Offers the configured policy, or else the shipped one, as <c>PolicyDocument&lt;PriorityPolicy&gt;</c>.</summary>
    public static void AddPrioritisation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<PolicyOptions>, PriorityFileCheck>();
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IOptions<PolicyOptions>>().Value));
    }

    private static PolicyDocument<PriorityPolicy> Load(PolicyOptions options) => string.IsNullOrWhiteSpace(options.PriorityFile)
        ? PriorityPolicy.LoadShipped()
        : PriorityPolicy.Parse(File.ReadAllBytes(options.PriorityFile));
}
