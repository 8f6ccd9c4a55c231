using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Knowledge;
using TicketTriage.Models;

namespace TicketTriage.Drafting;

public static class DraftingServices
{
    public static void AddDrafting(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(services => new DraftWriter(
            services.GetRequiredService<AnswerFinder>(),
            services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local
                ? null
                : new ModelDrafter(services.GetRequiredService<ChatModel>()),
            services.GetRequiredService<ILogger<DraftWriter>>()));
}
