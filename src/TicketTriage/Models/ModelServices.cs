using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Models;

public static class ModelServices
{
    /// <summary>The model and its options. Nothing is connected before the first question.</summary>
    public static void AddModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsCheck>();
        builder.Services
            .AddOptionsWithValidateOnStart<ModelOptions>()
            .BindConfiguration(ModelOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        builder.Services.AddSingleton<ModelMeter>();
        builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<ModelMeter>());
        builder.Services.TryAddSingleton<ITokenLedger, TokenLedger>();
        builder.Services.AddSingleton<ChatModel>();
        builder.Services.AddSingleton<EmbeddingModel>();
        builder.Services.AddSingleton<ModelPrompts>();
    }
}
