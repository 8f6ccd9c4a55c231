using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Helpdesks;

namespace TicketTriage.WriteBack;

public static class WriteBackServices
{
    /// <summary>Escalations have links too: who has named the address there need not name it twice.</summary>
    private const string PublicUrlOfEscalations = "Escalations:PublicUrl";

    public static void AddWriteBack(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<WriteBackOptions, WriteBackOptionsCheck>()
            .BindConfiguration(WriteBackOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .PostConfigure<IConfiguration>((options, all) => options.PublicUrl ??= all.GetValue<Uri?>(PublicUrlOfEscalations));
        builder.Services.AddSingleton<FeedbackLinks>();
        builder.Services.AddSingleton<FeedbackLedger>();
        builder.Services.AddSingleton<WriteBackLedger>();
        builder.Services.AddSingleton<WriteBackMeter>();
        builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<WriteBackMeter>());
        builder.Services.AddSingleton<GroupList>();
        builder.Services.AddSingleton<ChangePlanner>();
        builder.Services.AddSingleton<HelpdeskWriter>();
    }
}
